/** AbortController and AbortSignal on the virtual clock. */
import { after, reportUncaught } from './virtual-clock.ts';

type Listener = (event: { readonly type: 'abort'; readonly target: AbortSignal }) => void;
const NativeDomException = DOMException;
const key = Symbol('made by the sandbox');

export class AbortSignal {
  #aborted = false;
  #reason: unknown = undefined;
  #listeners: Listener[] = [];
  onabort: Listener | null = null;

  constructor(made?: symbol) {
    if (made !== key) {
      throw new TypeError('Illegal constructor');
    }
  }
  get aborted(): boolean {
    return this.#aborted;
  }
  get reason(): unknown {
    return this.#reason;
  }
  throwIfAborted(): void {
    if (this.#aborted) {
      throw this.#reason;
    }
  }
  addEventListener(type: string, listener: Listener): void {
    if (type === 'abort' && typeof listener === 'function' && !this.#listeners.includes(listener)) {
      this.#listeners.push(listener);
    }
  }
  removeEventListener(type: string, listener: Listener): void {
    if (type === 'abort') {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    }
  }
  static abort(reason?: unknown): AbortSignal {
    const signal = new AbortSignal(key);
    fire(signal, reason);
    return signal;
  }
  static timeout(millis: number): AbortSignal {
    const signal = new AbortSignal(key);
    after(
      Math.max(0, Number(millis)),
      () => fire(signal, new NativeDomException('The operation was aborted due to timeout', 'TimeoutError')),
      null,
    );
    return signal;
  }
  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const joined = new AbortSignal(key);
    for (const signal of signals) {
      if (signal.aborted) {
        fire(joined, signal.reason);
        break;
      }
      signal.addEventListener('abort', () => fire(joined, signal.reason));
    }
    return joined;
  }
  /** The harness's own; user code holds a controller for it. */
  static fire(signal: AbortSignal, reason: unknown): void {
    if (signal.#aborted) {
      return;
    }
    signal.#aborted = true;
    signal.#reason = reason ?? new NativeDomException('This operation was aborted', 'AbortError');
    const listeners = signal.onabort === null ? signal.#listeners : [signal.onabort, ...signal.#listeners];
    for (const listener of listeners) {
      try {
        listener.call(signal, { type: 'abort', target: signal });
      } catch (error) {
        reportUncaught(error);
      }
    }
  }
}

const { fire } = AbortSignal;
// User code gets the class without the way to fire someone else's signal.
Reflect.deleteProperty(AbortSignal, 'fire');

export class AbortController {
  readonly signal = new AbortSignal(key);
  abort(reason?: unknown): void {
    fire(this.signal, reason);
  }
}
