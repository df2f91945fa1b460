import { StateFun, messageBuilder } from 'apache-flink-statefun';
import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';
import { MerchantScore, QueryMerchant, valueOf } from './types.ts';

const ONE_HOUR = 60 * 60 * 1000;

/**
 * Knows how risky one merchant is. The score comes from a third-party service and is kept for an hour after it was
 * asked for; StateFun forgets it by itself, so there is nothing to clean up.
 */
export const MerchantScorer: FunctionOpts = {
  typename: 'fraud/merchant-scorer',
  specs: [{ name: 'score', type: StateFun.intType(), expireAfterWrite: ONE_HOUR }],

  async fn(context: Context, message: Message) {
    if (!message.is(QueryMerchant) || context.caller === null) {
      return;
    }
    const { transaction } = valueOf(message, QueryMerchant);
    let score: number | null = context.storage.score;
    if (score === null) {
      score = await askService(context.self.id);
      context.storage.score = score;
    }
    context.send(
      messageBuilder({
        typename: context.caller.typename,
        id: context.caller.id,
        value: { transaction, score },
        valueType: MerchantScore,
      }),
    );
  },
};

/** While this waits, messages to other merchants go on; those to this one wait and come as one batch. */
async function askService(merchant: string): Promise<number> {
  const response = await fetch(`https://merchants.example/score/${encodeURIComponent(merchant)}`);
  if (!response.ok) {
    // The runtime calls again, with growing pauses, as with anything that a function throws.
    throw new Error(`The merchant service answered ${response.status} for ${merchant}`);
  }
  const answer = (await response.json()) as { score: number };
  return answer.score;
}
