import { StateFun, messageBuilder } from 'apache-flink-statefun';
import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';
import { ConfirmFraud, ExpireFraud, FraudCount, QueryFraud, valueOf } from './types.ts';

const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000;

/**
 * Counts the confirmed frauds of one account over the last 30 days. There is no list of dates to go through: each
 * confirmation sends its own expiry ahead, as a message that arrives in 30 days.
 */
export const FraudCounter: FunctionOpts = {
  typename: 'fraud/fraud-count',
  specs: [{ name: 'fraud_count', type: StateFun.intType() }],

  fn(context: Context, message: Message) {
    const count: number = context.storage.fraud_count ?? 0;

    if (message.is(ConfirmFraud)) {
      const { transaction } = valueOf(message, ConfirmFraud);
      context.storage.fraud_count = count + 1;
      context.sendAfter(
        THIRTY_DAYS,
        messageBuilder({
          typename: 'fraud/fraud-count',
          id: context.self.id,
          value: { transaction },
          valueType: ExpireFraud,
        }),
      );
    } else if (message.is(ExpireFraud)) {
      context.storage.fraud_count = count > 1 ? count - 1 : null;
    } else if (message.is(QueryFraud) && context.caller !== null) {
      const { transaction } = valueOf(message, QueryFraud);
      context.send(
        messageBuilder({
          typename: context.caller.typename,
          id: context.caller.id,
          value: { transaction, count },
          valueType: FraudCount,
        }),
      );
    }
  },
};
