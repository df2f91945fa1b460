/**
 * Where the browser has few processors, a run at full speed takes from the page what it needs to show a key or a step of a drag.
 * While somebody types or drags, it rests twice as long as it worked. Real time is all that this touches: what a run does stays as it is (R1).
 */
import type { RealTime } from './run-host-api.ts';

/** Real ms: so long after a key the next one is expected. */
const BUSY_MS = 400;
/** The longest rest: acts of the user wait for it. */
const REST_MS = 60;

export interface ConsiderateTime extends RealTime {
  userBusy(): void;
}

export function considerateTime(time: RealTime): ConsiderateTime {
  let busy = Number.NEGATIVE_INFINITY;
  let resumed = time.now();
  const rested = async (pause: () => Promise<void>): Promise<void> => {
    const worked = time.now() - resumed;
    await pause();
    if (time.now() - busy < BUSY_MS) {
      await time.sleep(Math.min(2 * worked, REST_MS), new Promise(() => undefined));
    }
    resumed = time.now();
  };
  return {
    now: time.now,
    sleep: (ms, wake) => rested(() => time.sleep(ms, wake)),
    breathe: () => rested(time.breathe),
    userBusy() {
      busy = time.now();
    },
  };
}
