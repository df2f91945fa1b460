/** What a run's trace comes to: its hash, its counts, its failures. Keeps no events. */
import type { Typename } from '../../base/ids.ts';
import type { CodePlace, FunctionError } from '../../protocol/call.ts';
import { codePlaceText } from '../../runtime/call-failure-text.ts';
import type { JobFailed, TraceEvent, TraceEventType } from '../../runtime/trace-event.ts';
import { createTraceHash } from '../../runtime/trace-hash.ts';
import { traceLine } from '../../runtime/trace-line.ts';
import { CallFailures } from './call-failures.ts';

export interface FailureCount {
  readonly code: JobFailed['code'];
  readonly message: string;
  /** What the function threw, where that is why, and where. */
  readonly thrown: string | null;
  readonly times: number;
}

/** Different failures that are told apart; the rest only count. */
const FAILURES_KEPT = 100;

export class TraceTally {
  readonly #hash = createTraceHash(null);
  readonly #counts = new Map<TraceEventType, number>();
  readonly #failures = new Map<string, FailureCount>();
  readonly #types = new Set<Typename>();
  readonly callFailures = new CallFailures();
  readonly #places = new Map<string, CodePlace>();
  #thrown: { readonly call: number; readonly text: string; readonly place: CodePlace | null } | null = null;
  #events = 0;
  #ended = false;

  /** Counts the events and gives their lines. */
  add(events: readonly TraceEvent[]): readonly string[] {
    return events.map((event) => {
      this.#events += 1;
      this.#counts.set(event.type, (this.#counts.get(event.type) ?? 0) + 1);
      this.callFailures.note(event);
      if (event.type === 'message-sent') {
        this.#types.add(event.to.typename);
      } else if (event.type === 'call-failed') {
        this.#thrown =
          event.reason.type === 'threw'
            ? { call: event.call, text: thrownText(event.reason.error), place: event.reason.error.stack[0] ?? null }
            : null;
      } else if (event.type === 'job-failed') {
        this.#ended = event.decision === 'ended';
        this.#noteFailure(event);
      } else if (event.type === 'job-restarted') {
        this.#ended = false;
      }
      const line = traceLine(event);
      this.#hash.add(line);
      return line;
    });
  }

  #noteFailure({ code, message, call, place }: JobFailed): void {
    const cause = this.#thrown !== null && this.#thrown.call === call ? this.#thrown : null;
    const thrown = cause?.text ?? null;
    const key = `${code}\n${message}\n${thrown}`;
    const known = this.#failures.get(key);
    if (known !== undefined || this.#failures.size < FAILURES_KEPT) {
      this.#failures.set(key, { code, message, thrown, times: (known?.times ?? 0) + 1 });
      const where = place ?? cause?.place ?? null;
      if (where !== null) {
        this.#places.set(key, where);
      }
    }
  }

  get events(): number {
    return this.#events;
  }

  /** The job failed, and was not started again. */
  get ended(): boolean {
    return this.#ended;
  }

  count(type: TraceEventType): number {
    return this.#counts.get(type) ?? 0;
  }

  hash(): string {
    return this.#hash.hex();
  }

  /** Function types that messages were sent to. */
  types(): readonly Typename[] {
    return [...this.#types].sort();
  }

  /** Where the failures lie in the user's files, in the order of `failures`. */
  places(): readonly (CodePlace | null)[] {
    return [...this.#failures.keys()].map((key) => this.#places.get(key) ?? null);
  }

  failures(): readonly FailureCount[] {
    return [...this.#failures.values()];
  }
}

function thrownText({ name, message, stack }: FunctionError): string {
  const [place] = stack;
  return `${name}: ${message}${place === undefined ? '' : ` (${codePlaceText(place)})`}`;
}
