/**
 * Feeds of studio.json as the engine takes them.
 *
 * 1. A record follows from (run seed, feed, ordinal) alone; only a poisson arrival also needs the time before it. So a
 *    position is two numbers, and seeking costs nothing.
 * 2. Times never go back.
 * 3. A feed with anything for {@link checkFeed} to say gives no record at all: half a file would look like a whole one.
 */
import { virtualTime } from '../../base/ids.ts';
import { hash32 } from '../../base/random.ts';
import type { Feed } from '../../model/feed.ts';
import type { SimulationSettings } from '../../model/simulation-settings.ts';
import { arrivalTime } from './arrival-times.ts';
import { planFeed } from './feed-plan.ts';
import type { FeedPlan, FeedProblem } from './feed-plan.ts';
import type { FeedRecord, FeedSource } from './feed-api.ts';

interface Place {
  /** Records given so far. */
  readonly taken: number;
  /** Arrival of the last of them, not rounded. */
  readonly last: number;
}

/** @param files Text of the project's files that file feeds read, by path. */
export function createFeedSource(feed: Feed, files: Readonly<Record<string, string>>, settings: SimulationSettings): FeedSource {
  const plan = planFeed(feed, files);
  return sourceOf(feed, feed.enabled && plan.ok ? plan.value : NOTHING, settings);
}

/**
 * What stands in the way of a feed, for its form: `field` is the feed's own field, e.g. `value` or `headers.0.value`.
 * Fills in the first records of a generator, to see that they are JSON where the template looks like JSON.
 */
export function checkFeed(feed: Feed, files: Readonly<Record<string, string>>): readonly FeedProblem[] {
  const plan = planFeed(feed, files);
  return plan.ok ? [] : plan.error;
}

const NOTHING: FeedPlan = { count: 0, record: () => ({ key: null, value: null, headers: [] }) };

function sourceOf(feed: Feed, plan: FeedPlan, settings: SimulationSettings): FeedSource {
  const feedSeed = hash32(feed.id, hash32(settings.seed));
  const start: Place = { taken: 0, last: feed.startAfterMillis };
  let place = start;
  let next: { readonly record: FeedRecord; readonly place: Place } | null = null;

  const look = (): { readonly record: FeedRecord; readonly place: Place } | null => {
    if (next === null && place.taken < plan.count) {
      const ordinal = place.taken + 1;
      const last = arrivalTime(feed.arrival, feed.startAfterMillis, ordinal, place.last, feedSeed);
      const at = virtualTime(Math.floor(last));
      next = {
        record: { at, ...plan.record({ feedSeed, ordinal, key: null, now: settings.startAt + at }) },
        place: { taken: ordinal, last },
      };
    }
    return next;
  };

  return {
    peek() {
      return look()?.record ?? null;
    },
    take() {
      const found = look();
      if (found === null) {
        return null;
      }
      place = found.place;
      next = null;
      return found.record;
    },
    position() {
      return place;
    },
    seek(position) {
      place = isPlace(position) ? { taken: position.taken, last: position.last } : start;
      next = null;
    },
  };
}

function isPlace(position: unknown): position is Place {
  const { taken, last } = (position ?? {}) as Partial<Place>;
  return typeof taken === 'number' && typeof last === 'number';
}
