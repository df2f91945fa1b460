/** What functions threw, by call, until the engine reaches the call: it pauses there, and the error is shown. */
import type { CallReply, FunctionError } from '../protocol/call.ts';
import type { PausedFailure } from '../runtime/engine-api.ts';

/** More calls than are ever under way at once: those of a failing job that starts again and again are not kept for ever. */
const LIMIT = 40_000;

export class CallErrors {
  readonly #errors = new Map<number, { readonly error: FunctionError; readonly code: string }>();

  note({ call, outcome, code }: CallReply): void {
    if (outcome.type === 'threw') {
      this.#errors.set(call, { error: outcome.error, code });
      const [oldest] = this.#errors.keys();
      if (this.#errors.size > LIMIT && oldest !== undefined) {
        this.#errors.delete(oldest);
      }
    } else {
      this.#errors.delete(call);
    }
  }

  /** Null for a failure without a call, or one in which nothing was thrown. */
  of({ call, failure }: PausedFailure): FunctionError | null {
    if (call === null) {
      return null;
    }
    const told = failure.type === 'call' && failure.reason.type === 'threw' ? failure.reason.error : null;
    return this.#errors.get(call)?.error ?? told;
  }

  /** Thrown by other code than that of now: it was replaced between the answer and the moment at which the answer counts. */
  isOfOldCode(failure: PausedFailure | null, code: string): boolean {
    const noted = failure === null || failure.call === null ? undefined : this.#errors.get(failure.call);
    return noted !== undefined && noted.code !== code;
  }
}
