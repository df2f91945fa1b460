/**
 * Runs trials and observations. Invariants: one of each kind at a time, the newer one ends the older; whatever happens to a
 * sandbox, each request gets its one answer; nothing here touches a run.
 */
import type { CallReply, CallRequest } from '../../protocol/call.ts';
import type { ObservingSandbox } from '../../sandbox/observe/observing-sandbox.ts';
import type { RealTime } from '../run-host-api.ts';
import type { TrialResult } from '../trial-contract.ts';
import type { ObserverPool, ObserverWanted } from './observer-pool.ts';
import { resultWithout, trialResult } from './trial-result.ts';

export type RunKind = 'try' | 'observe';

/** A quick call under way is let finish before it is ended: starting its sandbox anew would take longer. Real ms. */
const PATIENCE = 250;
const REPLACED = 'Ended, because another one was started before this one had an answer.';
const CANCELLED = 'Cancelled before the function returned.';

interface Ticket {
  readonly kind: RunKind;
  cancel(why: string): void;
  /** Resolves when it has its answer; never rejects. */
  readonly over: Promise<unknown>;
}

export interface Executed {
  readonly result: TrialResult;
  /** Null where the call was cancelled. */
  readonly reply: CallReply | null;
}

/** What to call, once the sandbox is there; a result where there is nothing to call. */
export type Preparation = (sandbox: ObservingSandbox) => CallRequest | TrialResult;

export class TrialRunner {
  readonly #pool: ObserverPool;
  readonly #time: RealTime;
  /** Those without an answer, the newest last. */
  #tickets: readonly Ticket[] = [];

  constructor(pool: ObserverPool, time: RealTime) {
    this.#pool = pool;
    this.#time = time;
  }

  /** @param find looks up the code; what it rejects with is passed on */
  async run(kind: RunKind, find: () => Promise<ObserverWanted>, prepare: Preparation): Promise<Executed> {
    const before = this.#tickets.filter((ticket) => ticket.kind === kind);
    const lookup = find();
    let cancelled: string | null = null;
    let stop: () => void = () => undefined;
    const cancelling = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const called = async (): Promise<Executed> => {
      await this.#makeRoom(before, cancelling);
      const wanted = await lookup;
      if (cancelled !== null) {
        return ended(wanted, cancelled);
      }
      return Promise.race([
        this.#pool.lend(wanted, (sandbox) => this.#call(sandbox, prepare)),
        cancelling.then(() => {
          this.#pool.drop(wanted);
          return ended(wanted, cancelled ?? CANCELLED);
        }),
      ]);
    };
    const work = called();
    const ticket: Ticket = {
      kind,
      cancel: (why) => {
        cancelled ??= why;
        stop();
      },
      over: work.catch(() => undefined),
    };
    this.#tickets = [...this.#tickets, ticket];
    try {
      return await work;
    } finally {
      this.#tickets = this.#tickets.filter((other) => other !== ticket);
    }
  }

  cancelAll(): void {
    for (const ticket of this.#tickets) {
      ticket.cancel(CANCELLED);
    }
  }

  async #makeRoom(before: readonly Ticket[], cancelling: Promise<void>): Promise<void> {
    if (before.length > 0) {
      const over = Promise.all(before.map((ticket) => ticket.over)).then(() => undefined);
      await this.#time.sleep(PATIENCE, Promise.race([over, cancelling]));
      before.forEach((ticket) => ticket.cancel(REPLACED));
      await over;
    }
  }

  async #call(sandbox: ObservingSandbox, prepare: Preparation): Promise<Executed> {
    const prepared = prepare(sandbox);
    if ('outcome' in prepared) {
      return { result: prepared, reply: null };
    }
    const begun = this.#time.now();
    const observed = await sandbox.observe(prepared);
    const realMillis = this.#time.now() - begun;
    const result = trialResult({ request: prepared, observed, realMillis, logpointFaults: sandbox.logpointFaults });
    return { result, reply: observed.reply };
  }
}

function ended({ code }: ObserverWanted, why: string): Executed {
  return { result: resultWithout(code.bundle.hash, { type: 'failed', message: why, place: null }), reply: null };
}
