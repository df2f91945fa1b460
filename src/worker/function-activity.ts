/**
 * What the calls of each function came to, counted as the run goes: asking costs nothing, however long the trace is. Goes into
 * snapshots of the run, so that a reload need not read the trace again.
 */
import type { Typename } from '../base/ids.ts';
import { callFailureText } from '../runtime/call-failure-text.ts';
import type { TraceEvent } from '../runtime/trace-event.ts';
import type { FunctionActivity } from './trial-contract.ts';

interface Counted {
  messages: number;
  lastCall: number | null;
  lastError: FunctionActivity['lastError'];
}

/** Plain data; only this module reads it. */
export interface ActivityState {
  readonly functions: readonly (readonly [typename: string, counted: Counted])[];
  readonly open: readonly (readonly [call: number, seq: number, messages: number])[];
}

export class ActivityIndex {
  readonly #functions = new Map<string, Counted>();
  /** Calls that have no answer yet. */
  readonly #open = new Map<number, { readonly seq: number; readonly messages: number }>();

  constructor(state: ActivityState | null) {
    for (const [name, counted] of state?.functions ?? []) {
      this.#functions.set(name, { ...counted });
    }
    for (const [call, seq, messages] of state?.open ?? []) {
      this.#open.set(call, { seq, messages });
    }
  }

  add(event: TraceEvent): void {
    switch (event.type) {
      case 'call-started':
        this.#open.set(event.call, { seq: event.seq, messages: event.messages.length });
        break;
      case 'call-completed': {
        const counted = this.#of(event.address.typename);
        const started = this.#open.get(event.call);
        counted.messages += started?.messages ?? 0;
        counted.lastCall = started?.seq ?? counted.lastCall;
        this.#open.delete(event.call);
        break;
      }
      case 'call-failed': {
        const counted = this.#of(event.address.typename);
        // A call that ended its sandbox gave no answer: looking at it again would end one more.
        if (event.reason.type === 'threw') {
          counted.lastCall = this.#open.get(event.call)?.seq ?? counted.lastCall;
        }
        counted.lastError = { seq: event.seq, error: callFailureText(event.reason) };
        break;
      }
      case 'state-registered':
        this.#open.delete(event.call);
        break;
      case 'job-restarted':
        this.#open.clear();
        break;
      default:
        break;
    }
  }

  of(name: Typename): FunctionActivity {
    const { messages, lastCall, lastError } = this.#functions.get(name) ?? { messages: 0, lastCall: null, lastError: null };
    return { typename: name, messages, lastCall, lastError };
  }

  state(): ActivityState {
    return {
      functions: [...this.#functions].map(([name, counted]) => [name, { ...counted }] as const),
      open: [...this.#open].map(([call, { seq, messages }]) => [call, seq, messages] as const),
    };
  }

  #of(name: string): Counted {
    let counted = this.#functions.get(name);
    if (counted === undefined) {
      counted = { messages: 0, lastCall: null, lastError: null };
      this.#functions.set(name, counted);
    }
    return counted;
  }
}
