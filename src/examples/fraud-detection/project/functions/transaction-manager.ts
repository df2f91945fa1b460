import { StateFun, kafkaEgressMessage, messageBuilder } from 'apache-flink-statefun';
import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';
import { Alert, FeatureVector, FraudCount, FraudScore, MerchantScore, QueryFraud, QueryMerchant, Transaction, valueOf } from './types.ts';

/** Transactions with a higher score raise an alert. */
const THRESHOLD = 80;

/** A transaction that is not decided yet, with what is known of it so far. */
interface Pending {
  merchant: string;
  amount: number;
  fraudCount: number | null;
  merchantScore: number | null;
}
const PendingTransactions = StateFun.jsonType<Record<string, Pending>>('fraud.types/pending-transactions');

/**
 * Leads each transaction of one account to its decision: asks for the account's fraud count and the merchant's score,
 * gives both to the model, and raises an alert when the model says so. Nothing here waits: each answer is a message of
 * its own, and may come in any order.
 */
export const TransactionManager: FunctionOpts = {
  typename: 'fraud/transaction-manager',
  specs: [{ name: 'pending', type: PendingTransactions }],

  fn(context: Context, message: Message) {
    if (message.is(Transaction)) {
      begin(context, valueOf(message, Transaction));
    } else if (message.is(FraudCount)) {
      const { transaction, count } = valueOf(message, FraudCount);
      learn(context, transaction, { fraudCount: count });
    } else if (message.is(MerchantScore)) {
      const { transaction, score } = valueOf(message, MerchantScore);
      learn(context, transaction, { merchantScore: score });
    } else if (message.is(FraudScore)) {
      const { transaction, score } = valueOf(message, FraudScore);
      decide(context, transaction, score);
    }
  },
};

function begin(context: Context, transaction: Transaction) {
  const { id, merchant, amount } = transaction;
  remember(context, id, { merchant, amount, fraudCount: null, merchantScore: null });
  context.send(
    messageBuilder({
      typename: 'fraud/fraud-count',
      id: context.self.id,
      value: { transaction: id },
      valueType: QueryFraud,
    }),
  );
  context.send(
    messageBuilder({
      typename: 'fraud/merchant-scorer',
      id: merchant,
      value: { transaction: id },
      valueType: QueryMerchant,
    }),
  );
}

function learn(context: Context, id: string, answer: Partial<Pending>) {
  const before = pendingOf(context)[id];
  if (before === undefined) {
    return; // Decided already.
  }
  const known: Pending = { ...before, ...answer };
  remember(context, id, known);
  if (known.fraudCount !== null && known.merchantScore !== null) {
    context.send(
      messageBuilder({
        typename: 'fraud/model',
        id: context.self.id,
        value: { transaction: id, fraudCount: known.fraudCount, merchantScore: known.merchantScore, amount: known.amount },
        valueType: FeatureVector,
      }),
    );
  }
}

function decide(context: Context, id: string, score: number) {
  const { [id]: decided, ...others } = pendingOf(context);
  if (decided === undefined) {
    return; // Decided already.
  }
  // Null removes the state: an account without open transactions costs nothing.
  context.storage.pending = Object.keys(others).length > 0 ? others : null;
  if (score > THRESHOLD) {
    console.log(`alert: ${id} at ${decided.merchant} scores ${score}`);
    context.send(
      kafkaEgressMessage({
        typename: 'fraud/alerts',
        topic: 'alerts',
        key: context.self.id,
        value: { transaction: id, account: context.self.id, merchant: decided.merchant, amount: decided.amount, score },
        valueType: Alert,
      }),
    );
  }
}

function pendingOf(context: Context): Record<string, Pending> {
  return context.storage.pending ?? {};
}

/**
 * Reading `context.storage.pending` gives a fresh copy each time, so that `context.storage.pending[id] = …` would be
 * lost without a word. Only an assignment to `context.storage.pending` itself is kept.
 */
function remember(context: Context, id: string, transaction: Pending) {
  context.storage.pending = { ...pendingOf(context), [id]: transaction };
}
