import type { Stall } from '../protocol/call.ts';
import type { PausedFailure } from '../runtime/engine-api.ts';

/** Where the code stays of the call for which the run is paused, when that did not come back. */
export function stallOf(paused: PausedFailure | null): Stall | null {
  const failure = paused?.failure;
  return failure?.type === 'call' && failure.reason.type === 'timed-out' ? (failure.reason.stall ?? null) : null;
}
