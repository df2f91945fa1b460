/** Seeded choices. */
import { randomStream } from '../../../src/base/random.ts';

export interface Chance {
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

export function chance(seed: number): Chance {
  const random = randomStream(seed);
  const below = (limit: number) => Math.floor(random.next() * limit);
  return {
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) {
        throw new Error('nothing to pick from');
      }
      return item;
    },
  };
}
