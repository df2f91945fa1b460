/**
 * The batches that a sandbox was given and has not answered. When all replies of one are there, calls that did not come back are looked
 * into once more, so that their replies say where they stay; so are those that failed with a value which knows no place. Invariant: batches are answered in the order given.
 */
import type { CallRequest } from '../../protocol/call.ts';
import type { SandboxReply } from '../sandbox-api.ts';
import { withStall, withThrowPlace } from './call-replies.ts';
import type { StallFinder } from './stall-finder.ts';

/** Calls of a batch that had to be ended and are looked into: each takes a second. */
const MOST_ENDED = 3;
/** Calls of a batch that failed without a place and are looked into: each takes no longer than it did. */
const MOST_PLACELESS = 20;

export interface Job {
  readonly requests: readonly CallRequest[];
  readonly replies: (SandboxReply | undefined)[];
  missing: number;
  /** All replies are there, with all that will be known of them. */
  isDone: boolean;
  readonly resolve: (replies: readonly SandboxReply[]) => void;
}

export class Jobs {
  readonly #stalls: StallFinder;
  #jobs: Job[] = [];
  #closed = false;

  constructor(stalls: StallFinder) {
    this.#stalls = stalls;
  }

  add(requests: readonly CallRequest[]): { readonly job: Job; readonly answered: Promise<readonly SandboxReply[]> } {
    let resolve: Job['resolve'] = () => undefined;
    const answered = new Promise<readonly SandboxReply[]>((resolved) => {
      resolve = resolved;
    });
    const job: Job = { requests, replies: requests.map(() => undefined), missing: requests.length, isDone: false, resolve };
    this.#jobs.push(job);
    if (requests.length === 0) {
      this.#finish(job);
    }
    return { job, answered };
  }

  /** The first reply of a call counts. */
  put(job: Job, index: number, reply: SandboxReply): void {
    if (job.replies[index] !== undefined) {
      return;
    }
    job.replies[index] = reply;
    job.missing -= 1;
    if (job.missing === 0) {
      void this.#explain(job);
    }
  }

  /** Nothing is looked into any more. */
  close(): void {
    this.#closed = true;
    this.#stalls.close();
  }

  /** Those that wait for ever or threw come to their end at once, in one worker; of those that were ended each takes its time. */
  async #explain(job: Job): Promise<void> {
    const waiting = stalled(job, (limitMillis) => limitMillis === 0);
    const ended = stalled(job, (limitMillis) => limitMillis > 0).slice(0, MOST_ENDED);
    const placeless = threwWithoutPlace(job).slice(0, MOST_PLACELESS);
    for (const group of [waiting, placeless, ...ended.map((index) => [index])]) {
      if (group.length > 0 && !this.#closed) {
        const found = await this.#stalls.ofCalls(group.flatMap((index) => job.requests[index] ?? []));
        group.forEach((index, at) => {
          const reply = job.replies[index];
          const stall = found[at] ?? null;
          if (reply !== undefined && stall !== null) {
            job.replies[index] = withThrowPlace(withStall(reply, stall), stall);
          }
        });
      }
    }
    this.#finish(job);
  }

  #finish(job: Job): void {
    job.isDone = true;
    for (let [first] = this.#jobs; first?.isDone === true; [first] = this.#jobs) {
      this.#jobs.shift();
      first.resolve(first.replies.filter((reply) => reply !== undefined));
    }
  }
}

function stalled({ replies }: Job, fits: (limitMillis: number) => boolean): readonly number[] {
  return replies.flatMap((reply, index) => (reply?.outcome.type === 'timed-out' && fits(reply.outcome.limitMillis) ? [index] : []));
}

/** Of handlers only: what else fails has no line of the user's. */
function threwWithoutPlace({ replies }: Job): readonly number[] {
  return replies.flatMap((reply, index) =>
    reply?.outcome.type === 'threw' && reply.outcome.error.stack.length === 0 && reply.outcome.error.messageIndex !== null ? [index] : [],
  );
}
