/** When a feed's records arrive. A time follows from the ordinal, or from the time before it and the ordinal, never from a running stream. */
import { hash32, randomStream } from '../../base/random.ts';
import type { RandomStream } from '../../base/random.ts';
import type { Arrival } from '../../model/feed.ts';

/**
 * The arrival of record `ordinal` (from 1), in virtual ms since the start of the run, not rounded.
 * @param last Arrival of the record before it; the feed's start for the first.
 */
export function arrivalTime(arrival: Arrival, startAfterMillis: number, ordinal: number, last: number, feedSeed: number): number {
  if (arrival.type === 'backlog') {
    return 0;
  }
  const gap = 1000 / arrival.perSecond;
  if (arrival.jitter === 'none') {
    // Rounded here, so that a spacing of 10 s lies on full 10 s whatever 1000 / 0.1 comes to.
    return Math.round(startAfterMillis + (ordinal - 1) * gap);
  }
  return last + gap * exponential(randomStream(hash32(`${ordinal}/arrival`, feedSeed)));
}

/** Exponentially distributed, mean 1, by von Neumann's comparison method: exact in every engine, where Math.log need not be. */
function exponential(chance: RandomStream): number {
  for (let whole = 0; ; whole += 1) {
    const first = chance.next();
    let previous = first;
    let drawn = 2;
    for (let next = chance.next(); next < previous; next = chance.next()) {
      previous = next;
      drawn += 1;
    }
    if (drawn % 2 === 0) {
      return whole + first;
    }
  }
}
