/**
 * Notices that a job fails of the same thing again and again: a poison message holds it for ever, and months of virtual time pass
 * in seconds. Failures that were asked for do not count.
 */
import type { AddressRef, JobFailed, StateRegistered, TraceEvent } from '../../runtime/trace-event.ts';
import { INJECTED } from '../../scenario/failure-kinds.ts';

export interface RepeatedFailure {
  readonly failure: Pick<JobFailed, 'message'> & { readonly code: JobFailed['code'] | 'never-ready' };
  /** How often the job failed of it, or the function gave such an answer. */
  readonly times: number;
}

/** A function that asks so often in a row for states that it has would be asked for ever (S16). */
const PATIENCE = 1000;

export class FailureLoop {
  readonly #limit: number;
  readonly #times = new Map<string, number>();
  /** Addresses by incomplete answers in a row that named nothing new. */
  readonly #unready = new Map<string, number>();
  #last: RepeatedFailure | null = null;
  #found: RepeatedFailure | null = null;

  /** @param limit restarts for the same failure after which it counts as a loop; Infinity for never */
  constructor(limit: number) {
    this.#limit = limit;
  }

  note(events: readonly TraceEvent[]): void {
    for (const event of events) {
      if (event.type === 'job-failed' && !INJECTED.includes(event.code)) {
        const key = [event.code, event.address?.typename, event.address?.id, event.message].join('\n');
        const times = (this.#times.get(key) ?? 0) + 1;
        this.#times.set(key, times);
        this.#last = { failure: event, times };
      } else if (event.type === 'job-restarted' && this.#last !== null && this.#last.times >= this.#limit) {
        this.#found ??= this.#last;
      } else if (event.type === 'state-registered') {
        this.#noteUnready(event);
      } else if (event.type === 'call-completed' && this.#unready.size > 0) {
        this.#unready.delete(addressKey(event.address));
      } else if (event.type === 'code-applied') {
        // Other code may do better.
        this.#times.clear();
        this.#last = null;
      }
    }
  }

  #noteUnready({ address, states }: StateRegistered): void {
    const key = addressKey(address);
    const times = states.length > 0 ? 0 : (this.#unready.get(key) ?? 0) + 1;
    this.#unready.set(key, times);
    if (times >= PATIENCE && this.#limit !== Infinity) {
      const message = `${address.typename} / ${address.id} answers again and again that states are missing which it has (S16)`;
      this.#found ??= { failure: { code: 'never-ready', message }, times };
    }
  }

  found(): RepeatedFailure | null {
    return this.#found;
  }
}

function addressKey({ typename, id }: AddressRef): string {
  return `${typename}\n${id}`;
}
