/**
 * Observing sandboxes that are ready: starting one takes a tenth of a second and more, a call in one a few milliseconds.
 *
 * Invariants: one sandbox for one code version, logpoints and limit; a sandbox with a call under way is never closed by the pool
 * itself, only by `drop`.
 */
import type { ObservableCode, ObservingSandbox } from '../../sandbox/observe/observing-sandbox.ts';
import { startObserving } from '../../sandbox/observe/observing-sandbox.ts';
import type { SandboxHost } from '../../sandbox/sandbox-api.ts';
import type { Logpoint } from '../trial-contract.ts';

/** The bench's own, and two of recorded code versions. Each is a worker with the SDK in it. */
const KEPT = 3;

export interface ObserverWanted {
  readonly code: ObservableCode;
  readonly logpoints: readonly Logpoint[];
  readonly limitMillis: number;
}

interface Entry {
  readonly key: string;
  readonly sandbox: Promise<ObservingSandbox>;
  busy: number;
}

export class ObserverPool {
  readonly #host: SandboxHost;
  /** The one used last stands last. */
  #entries: Entry[] = [];

  constructor(host: SandboxHost) {
    this.#host = host;
  }

  /** Starts the sandbox if there is none; resolves when it is ready. Rejects when none can be had. */
  async warm(wanted: ObserverWanted): Promise<void> {
    await this.#entry(wanted).sandbox;
  }

  /** Lends the sandbox for the time of `work`. */
  async lend<T>(wanted: ObserverWanted, work: (sandbox: ObservingSandbox) => Promise<T>): Promise<T> {
    const entry = this.#entry(wanted);
    entry.busy += 1;
    try {
      return await work(await entry.sandbox);
    } finally {
      entry.busy -= 1;
    }
  }

  /** Ends the sandbox whatever it is doing; calls under way come back as lost. */
  drop(wanted: ObserverWanted): void {
    const key = keyOf(wanted);
    const entry = this.#entries.find((other) => other.key === key);
    if (entry !== undefined) {
      this.#remove(entry);
    }
  }

  close(): void {
    for (const entry of this.#entries) {
      this.#remove(entry);
    }
  }

  #entry(wanted: ObserverWanted): Entry {
    const key = keyOf(wanted);
    const known = this.#entries.find((entry) => entry.key === key);
    const entry = known ?? { key, busy: 0, sandbox: this.#start(wanted) };
    this.#entries = [...this.#entries.filter((other) => other !== entry), entry];
    if (known === undefined) {
      entry.sandbox.catch(() => this.#remove(entry));
      this.#trim();
    }
    return entry;
  }

  #start({ code, logpoints, limitMillis }: ObserverWanted): Promise<ObservingSandbox> {
    return startObserving(this.#host, code, logpoints, { invocationLimitMillis: limitMillis });
  }

  #trim(): void {
    for (const entry of this.#entries.slice(0, -1)) {
      if (this.#entries.length > KEPT && entry.busy === 0) {
        this.#remove(entry);
      }
    }
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
    entry.sandbox.then(
      (sandbox) => sandbox.close(),
      () => undefined,
    );
  }
}

function keyOf({ code, logpoints, limitMillis }: ObserverWanted): string {
  return JSON.stringify([code.bundle.hash, limitMillis, logpoints.map(({ path, line, expression }) => [path, line, expression])]);
}
