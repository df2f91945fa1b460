/**
 * Notices that a job fails of the same thing again and again: a poison message holds it for ever, and months of virtual time pass
 * in seconds. Failures that were asked for do not count.
 */
import type { JobFailed, TraceEvent } from '../runtime/trace-event.ts';

export interface RepeatedFailure {
  readonly failure: JobFailed;
  /** How often the job failed of it. */
  readonly times: number;
}

const ASKED_FOR: ReadonlySet<JobFailed['code']> = new Set(['injected-crash', 'process-crash']);

export class FailureLoop {
  readonly #limit: number;
  readonly #times = new Map<string, number>();
  #last: { readonly failure: JobFailed; readonly times: number } | null = null;
  #found: RepeatedFailure | null = null;

  /** @param limit restarts for the same failure after which it counts as a loop; Infinity for never */
  constructor(limit: number) {
    this.#limit = limit;
  }

  note(events: readonly TraceEvent[]): void {
    for (const event of events) {
      if (event.type === 'job-failed' && !ASKED_FOR.has(event.code)) {
        const key = [event.code, event.address?.typename, event.address?.id, event.message].join('\n');
        const times = (this.#times.get(key) ?? 0) + 1;
        this.#times.set(key, times);
        this.#last = { failure: event, times };
      } else if (event.type === 'job-restarted' && this.#last !== null && this.#last.times >= this.#limit) {
        this.#found ??= this.#last;
      } else if (event.type === 'code-applied') {
        // Other code may do better.
        this.#times.clear();
        this.#last = null;
      }
    }
  }

  found(): RepeatedFailure | null {
    return this.#found;
  }
}
