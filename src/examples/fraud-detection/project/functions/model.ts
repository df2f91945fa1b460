import { messageBuilder } from 'apache-flink-statefun';
import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';
import { FeatureVector, FraudScore, valueOf } from './types.ts';

/** Turns features into a score. Without state: in production this would load a trained model. */
export const Model: FunctionOpts = {
  typename: 'fraud/model',

  fn(context: Context, message: Message) {
    if (!message.is(FeatureVector) || context.caller === null) {
      return;
    }
    const features = valueOf(message, FeatureVector);
    context.send(
      messageBuilder({
        typename: context.caller.typename,
        id: context.caller.id,
        value: { transaction: features.transaction, score: scoreOf(features) },
        valueType: FraudScore,
      }),
    );
  },
};

/** Whole numbers only, so that a score is the same on every machine. */
function scoreOf({ fraudCount, merchantScore, amount }: FeatureVector): number {
  const history = 10 * Math.min(fraudCount, 4);
  const merchant = Math.floor((merchantScore * 3) / 5);
  const size = Math.min(Math.floor(amount / 1000), 30);
  return Math.min(history + merchant + size, 100);
}
