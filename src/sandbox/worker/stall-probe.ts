/**
 * What code reports to that is executed once more to find where it stays. The host ends a worker that does not come back, and then knows
 * what was told last: so it is told on the way, over the port, which needs no turn of the event loop.
 *
 * Invariants: once it is sure the code goes no further, whatever it would catch; user code that calls any of this moves only its own place.
 */
import { TOLD_STATEMENTS } from '../wire.ts';
import { arrayPush, createObject, freeze, isInteger, NativePromise, promiseThen, realNow } from './primordials.ts';

export type RawStallType = 'loop' | 'calls' | 'statement';

export interface StallProbe {
  /** What code gets as its fourth parameter. */
  readonly given: object;
  begin(): void;
  /** Awaits that are not over, the newest first. */
  waits(): readonly number[];
}

export type TellStall = (stall: RawStallType, point: number, sure: boolean) => void;

/** Statements behind those that are told one by one are told at this distance. Real ms. */
const TOLD_EVERY = 5;
/** A loop counts as going round when it did so in this last part of the time. */
const RECENT = 0.25;
const MAX_WAITS = 100;

export function createStallProbe(count: number, afterMillis: number, tell: TellStall): StallProbe {
  const since = new Float64Array(count);
  const round = new Float64Array(count);
  const entries = new Float64Array(count);
  const halfway = new Float64Array(count);
  let pending: { readonly point: number; over: boolean }[] = [];
  let begun = realNow();
  let told = 0;
  let toldAt = 0;
  let isHalfway = false;
  /** When a loop or a function reported before the report of now. */
  let heard = begun;

  const known = (point: unknown): point is number => isInteger(point) && (point as number) >= 0 && (point as number) < count;

  /** The loop that has gone on for the longest and still goes round; an outer one that waits for it has not. */
  function lastingLoop(): number | null {
    // The thread may have stood still since: what went round until then would have done so again.
    const recent = heard - (heard - begun) * RECENT;
    let found: number | null = null;
    for (let point = 0; point < count; point += 1) {
      if ((round[point] ?? 0) >= recent && (found === null || (since[point] ?? 0) < (since[found] ?? 0))) {
        found = point;
      }
    }
    return found;
  }

  function busiestFunction(): number | null {
    let found: number | null = null;
    let most = 1;
    for (let point = 0; point < count; point += 1) {
      const entered = (entries[point] ?? 0) - (halfway[point] ?? 0);
      if (entered > most) {
        most = entered;
        found = point;
      }
    }
    return found;
  }

  function judge(now: number): void {
    if (!isHalfway && now - begun > afterMillis / 2) {
      isHalfway = true;
      for (let point = 0; point < count; point += 1) {
        halfway[point] = entries[point] ?? 0;
      }
    }
    if (now - begun <= afterMillis) {
      heard = now;
      return;
    }
    const loop = lastingLoop();
    const point = loop ?? busiestFunction();
    if (point !== null) {
      tell(loop === null ? 'calls' : 'loop', point, true);
      // The host ends the worker; what the code would do until then might fill memory.
      for (;;);
    }
    heard = now;
  }

  function hasRoom(): boolean {
    if (pending.length >= MAX_WAITS) {
      const left: typeof pending = [];
      for (let index = 0; index < pending.length; index += 1) {
        const wait = pending[index];
        if (wait !== undefined && !wait.over) {
          arrayPush(left, wait);
        }
      }
      pending = left;
    }
    return pending.length < MAX_WAITS;
  }

  const given = createObject(null) as Record<string, unknown>;
  given['s'] = freeze((point: unknown) => {
    if (known(point)) {
      const now = realNow();
      since[point] = now;
      told += 1;
      if (told <= TOLD_STATEMENTS || now - toldAt > TOLD_EVERY) {
        toldAt = now;
        tell('statement', point, false);
      }
    }
  });
  given['i'] = freeze((point: unknown) => {
    if (known(point)) {
      const now = realNow();
      round[point] = now;
      judge(now);
    }
  });
  given['f'] = freeze((point: unknown) => {
    if (known(point)) {
      entries[point] = (entries[point] ?? 0) + 1;
      judge(realNow());
    }
  });
  given['w'] = freeze((point: unknown, value: unknown) => {
    if (known(point) && value instanceof NativePromise && hasRoom()) {
      const wait = { point, over: false };
      arrayPush(pending, wait);
      const end = (): void => {
        wait.over = true;
      };
      try {
        void promiseThen(value, end, end);
      } catch {
        // Its class is the user's, and refuses.
      }
    }
    return value;
  });
  freeze(given);

  return {
    given,
    begin() {
      begun = realNow();
      heard = begun;
      told = 0;
      toldAt = 0;
      isHalfway = false;
      pending = [];
      for (let point = 0; point < count; point += 1) {
        since[point] = 0;
        round[point] = 0;
        entries[point] = 0;
        halfway[point] = 0;
      }
    },
    waits() {
      const points: number[] = [];
      for (let index = pending.length - 1; index >= 0; index -= 1) {
        const wait = pending[index];
        if (wait !== undefined && !wait.over) {
          arrayPush(points, wait.point);
        }
      }
      return points;
    },
  };
}
