/**
 * The sandbox that Ctrl+S will want, started before it is pressed: starting one takes a quarter of a second and more, and everything
 * else of an apply a few milliseconds.
 *
 * Invariants: one sandbox at most is kept, starting or ready, and the next is started only when the one before is over; it is given for
 * the very code and limit that it was started with; whoever takes it owns it, and what nobody takes is closed.
 */
import type { CodeBundle, Sandbox, SandboxHost, SandboxOptions } from '../../sandbox/sandbox-api.ts';

interface Kept {
  readonly key: string;
  readonly sandbox: Promise<Sandbox>;
}

export class NextCode {
  readonly #host: SandboxHost;
  #kept: Kept | null = null;
  /** Counts what was wanted: a start that had to wait is not made when something else is wanted by then. */
  #wanted = 0;
  /** Resolves when the sandbox that was let go of last is closed. */
  #over: Promise<unknown> = Promise.resolve();

  constructor(host: SandboxHost) {
    this.#host = host;
  }

  /** Resolves when a sandbox of this code is ready, or will not be: taking starts one then, and says why if it cannot. */
  async prepare(bundle: CodeBundle, options: SandboxOptions): Promise<void> {
    const key = keyOf(bundle, options);
    if (this.#kept?.key !== key) {
      this.close();
      const mine = this.#wanted;
      await this.#over;
      if (mine !== this.#wanted) {
        return;
      }
      const kept = { key, sandbox: this.#host.start(bundle, options) };
      this.#kept = kept;
      kept.sandbox.catch(() => {
        this.#kept = this.#kept === kept ? null : this.#kept;
      });
    }
    await this.#kept?.sandbox.catch(() => undefined);
  }

  /** A sandbox of this code: the one kept where there is one, else a new one. Nothing is kept any more. */
  async take(bundle: CodeBundle, options: SandboxOptions): Promise<Sandbox> {
    const kept = this.#kept;
    if (kept?.key !== keyOf(bundle, options)) {
      this.close();
      return this.#host.start(bundle, options);
    }
    this.#kept = null;
    this.#wanted += 1;
    try {
      return await kept.sandbox;
    } catch {
      return this.#host.start(bundle, options);
    }
  }

  /** Keeps a sandbox that was taken and is not used yet after all. */
  giveBack(sandbox: Sandbox, options: SandboxOptions): void {
    this.close();
    this.#kept = { key: keyOf(sandbox.bundle, options), sandbox: Promise.resolve(sandbox) };
  }

  close(): void {
    this.#wanted += 1;
    const kept = this.#kept;
    this.#kept = null;
    if (kept !== null) {
      this.#over = kept.sandbox.then(
        (sandbox) => sandbox.close(),
        () => undefined,
      );
    }
  }
}

/** The hash is that of the sources; what an import leads to depends on the project's other files as well. */
function keyOf({ hash, files }: CodeBundle, { invocationLimitMillis, loadLimitMillis }: SandboxOptions): string {
  return JSON.stringify([hash, invocationLimitMillis, loadLimitMillis ?? null, files.map(({ imports, missing }) => [imports, missing])]);
}
