/** What functions threw, by call, until the engine reaches the call: it pauses there, and the error is shown. */
import type { CallReply, FunctionError } from '../protocol/call.ts';
import type { PausedFailure } from '../runtime/engine-api.ts';

export class CallErrors {
  readonly #errors = new Map<number, FunctionError>();

  note({ call, outcome }: CallReply): void {
    if (outcome.type === 'threw') {
      this.#errors.set(call, outcome.error);
    }
  }

  /** Null for a failure without a call, or one in which nothing was thrown. */
  of({ call, failure }: PausedFailure): FunctionError | null {
    if (call === null) {
      return null;
    }
    const told = failure.type === 'call' && failure.reason.type === 'threw' ? failure.reason.error : null;
    return this.#errors.get(call) ?? told;
  }

  clear(): void {
    this.#errors.clear();
  }
}
