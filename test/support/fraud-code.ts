/** A small fraud application's code, with the ways of writing that function files use: shared constants, helpers, replies. */
export const FRAUD_FILES: Readonly<Record<string, string>> = {
  'functions/types.ts': `import { StateFun } from 'apache-flink-statefun';

export const FRAUD_COUNT = 'fraud/fraud-count';
export const NAMES = { scorer: 'fraud/merchant-scorer', model: \`fraud/model\` } as const;
export const Transaction = StateFun.jsonType<{ account: string }>('fraud/transaction');
export const DAY = 24 * 60 * 60 * 1000;
export const days = (count: number) => count * DAY;
`,
  'functions/fraud-count.ts': `import { StateFun, Context, Message, messageBuilder } from 'apache-flink-statefun';
import { FRAUD_COUNT, Transaction, days } from './types';

export const FraudCount = {
  typename: FRAUD_COUNT,
  specs: [{ name: 'count', type: StateFun.intType() }],
  fn(context: Context, message: Message) {
    context.storage.count = (context.storage.count ?? 0) + 1;
    context.sendAfter(days(30), messageBuilder({ typename: context.self.typename, id: context.self.id, value: 'expire' }));
    reply(context, context.storage.count);
  },
};

function reply(context: Context, count: number) {
  if (context.caller !== null) {
    context.send(messageBuilder({ typename: context.caller!.typename, id: context.caller!.id, value: count }));
  }
}
`,
  'functions/transaction-manager.ts': `import { StateFun, Context, Message, messageBuilder, kafkaEgressMessage } from 'apache-flink-statefun';
import { FRAUD_COUNT, NAMES, Transaction } from './types.ts';
import { ask } from './shared/ask';

export const TransactionManager = {
  typename: 'fraud/transaction-manager',
  specs: [
    { name: 'transaction', type: Transaction, expireAfterWrite: 60_000 },
    { name: 'score', type: StateFun.floatType(), expireAfterCall: 1000 * 60 },
  ],
  fn: async (context: Context, message: Message) => {
    ask(context, FRAUD_COUNT, 'query');
    const toScorer = messageBuilder({ typename: NAMES.scorer, id: 'm', value: 'q' });
    context.send(toScorer);
    for (const target of [NAMES.model]) {
      ask(context, target, 'features');
    }
    context.send(kafkaEgressMessage({ typename: 'fraud/alerts', topic: 'alerts', value: 'x' }));
  },
};
`,
  'functions/shared/ask.ts': `import { Context, messageBuilder } from 'apache-flink-statefun';

export function ask(context: Context, typename: string, value: string) {
  context.send(messageBuilder({ typename, id: context.self.id, value }));
}
`,
  'functions/merchant-scorer.ts': `import { Context, Message, messageBuilder } from 'apache-flink-statefun';
export class MerchantScorer {
  static typename = 'fraud/merchant-scorer';
  static async fn(context: Context, message: Message) {
    const caller = context.caller;
    const response = await fetch(\`https://merchants.example/score/\${context.self.id}\`);
    context.send(messageBuilder({ typename: caller.typename, id: caller.id, value: await response.text() }));
  }
}
`,
};
