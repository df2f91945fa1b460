import { Greet } from '../../src/examples/greeter/project/functions/greet.ts';

/** The example's greeter, but for one thing: it counts the second visit for ten. */
export const MISCOUNTING_GREET = {
  ...Greet,
  async fn(...[context, message]: Parameters<typeof Greet.fn>) {
    await Greet.fn(context, message);
    if (context.storage.visits === 2) {
      context.storage.visits = 12;
    }
  },
};
