/** What the user last asked of a run: how far the engine is to go. */
import type { VirtualTime } from '../base/ids.ts';
import type { AdvanceStop, Engine } from '../runtime/engine-api.ts';
import type { TraceEvent } from '../runtime/trace-event.ts';

/** `timer`: as fast as it goes until the skip to the next timer has ended, then on with the goal that it interrupted. */
export type Goal =
  | { readonly type: 'play' }
  | { readonly type: 'step' }
  | { readonly type: 'until'; readonly at: VirtualTime }
  | { readonly type: 'timer'; readonly after: Goal }
  | null;

/** Whether the run goes on by itself once a skip, if there is one, has ended. */
export function playsOn(goal: Goal): boolean {
  return goal?.type === 'timer' ? playsOn(goal.after) : goal?.type === 'play';
}

/** Goes on event by event, at most `limit` of them: the run is to stand right where the skip ends. */
export function skipSlice(
  engine: Engine,
  limit: number,
  takeTrace: () => readonly TraceEvent[],
): { readonly stop: AdvanceStop; readonly over: boolean } {
  for (let handled = 0; handled < limit; handled += 1) {
    const stop = engine.advance({ until: null, events: 1 });
    const over = takeTrace().some((event) => event.type === 'time-skipped');
    if (over || stop !== 'events') {
      return { stop, over };
    }
  }
  return { stop: 'events', over: false };
}
