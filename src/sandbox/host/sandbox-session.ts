/**
 * One running sandbox: batches go to a worker, answers come back, and a worker that falls silent or dies is replaced.
 *
 * A worker in an endless loop cannot say which call it is in. So when it falls silent (nothing heard for the limit, while
 * answers of long batches are flushed far more often), it is ended, and the calls of its batch that have no answer yet are run
 * again in a new worker, one a message. The call that is silent again, alone, is the culprit; those behind it go on as a batch.
 * Running a call again is harmless: nothing of an unanswered call was seen by anyone, and it computes the same.
 *
 * A call that did not come back is then looked into by another worker (batch-jobs.ts), while this one goes on with what is behind it.
 *
 * Invariants: every call of a batch gets exactly one reply; batches are answered in the order given; only a call that ran
 * alone is ever blamed; one worker at a time, but for looking into a call.
 */
import { packFrames } from '../../base/frames.ts';
import type { CallOutcome, CallRequest } from '../../protocol/call.ts';
import { assembleScript } from '../assemble-script.ts';
import type { CodeBundle, LoadReport, Sandbox, SandboxOptions, SandboxReply } from '../sandbox-api.ts';
import type { BatchMessage, ModuleTable } from '../wire.ts';
import { Jobs } from './batch-jobs.ts';
import type { Job } from './batch-jobs.ts';
import { replyOf, replyWithout } from './call-replies.ts';
import { failedReport, reportOf, withRejection } from './loaded-report.ts';
import { StallFinder } from './stall-finder.ts';
import type { OpenLink, WorkerLink } from './worker-link.ts';
import { readWorkerMessage } from './worker-message.ts';
import type { AnswerMessage } from './worker-message.ts';

/** Loading is slower than a call: the SDK itself is compiled first. Real ms. */
const LEAST_LOAD_MILLIS = 10_000;
/** Answers that already wait to be read are read before a worker is called silent. Real ms. */
const GRACE_MILLIS = 50;
const OPEN_FAILED = 'No sandbox could be started';

/** Calls of one job that are sent as one message, or one by one. */
interface Unit {
  readonly job: Job;
  indices: readonly number[];
  oneByOne: boolean;
  /** The message under way, and what it holds. */
  sent: { readonly batch: number; readonly indices: readonly number[]; answered: number } | null;
}

/** `silent`: nothing more was heard; else the worker ended. */
interface LoadFailure {
  readonly failure: string;
  readonly silent: boolean;
}

interface Loading {
  readonly resolve: (outcome: LoadReport | LoadFailure) => void;
  file: number | null;
}

export interface SessionDeps {
  readonly open: OpenLink;
  readonly harness: string;
  readonly prelude: string;
}

export async function startSession(deps: SessionDeps, bundle: CodeBundle, options: SandboxOptions): Promise<Sandbox> {
  const session = new SandboxSession(deps, bundle, options);
  await session.load();
  return session;
}

class SandboxSession implements Sandbox {
  readonly bundle: CodeBundle;
  report: LoadReport = { functions: [], problems: [] };
  onReport: () => void = () => undefined;
  readonly #deps: SessionDeps;
  readonly #limit: number;
  readonly #loadLimit: number;
  readonly #parts: readonly string[];
  readonly #table: ModuleTable;
  readonly #jobs: Jobs;
  readonly #loadStalls: StallFinder;
  #link: WorkerLink | null = null;
  #opening = false;
  #closed = false;
  #loading: Loading | null = null;
  #functions = new Map<string, number>();
  #units: Unit[] = [];
  #lastBatch = 0;
  #watch: ReturnType<typeof setTimeout> | null = null;

  constructor(deps: SessionDeps, bundle: CodeBundle, options: SandboxOptions) {
    this.#deps = deps;
    this.bundle = bundle;
    this.#limit = options.invocationLimitMillis;
    this.#loadLimit = options.loadLimitMillis ?? Math.max(LEAST_LOAD_MILLIS, this.#limit);
    const { parts, table } = assembleScript(deps.harness, bundle, deps.prelude);
    this.#parts = parts;
    this.#table = table;
    const plain = options.plain ?? bundle;
    this.#jobs = new Jobs(new StallFinder(deps, plain, this.#limit));
    this.#loadStalls = new StallFinder(deps, plain, this.#loadLimit);
  }

  /** Starts the first worker and takes its report. Rejects when no worker can be had. */
  async load(): Promise<void> {
    const link = await this.#deps.open(this.#parts);
    const outcome = await this.#watchLoading(link);
    if ('failure' in outcome) {
      const stall = outcome.silent ? await this.#loadStalls.ofLoading() : null;
      this.report = failedReport(this.bundle, this.#table, outcome.failure, this.#loading?.file ?? null, stall);
    } else {
      this.report = outcome;
      this.#link = link;
    }
    this.#loading = null;
    this.report.functions.forEach(({ typename }, index) => this.#functions.set(typename, index));
  }

  invoke(batch: readonly CallRequest[]): Promise<readonly SandboxReply[]> {
    const { job, answered } = this.#jobs.add(batch);
    const indices: number[] = [];
    batch.forEach((request, index) => {
      if (this.#functions.has(request.typename)) {
        indices.push(index);
      } else {
        this.#settle(job, index, { type: 'no-such-function' });
      }
    });
    if (indices.length > 0) {
      this.#units.push({ job, indices, oneByOne: false, sent: null });
      this.#pump();
    }
    return answered;
  }

  close(): void {
    this.#closed = true;
    this.#link?.close();
    this.#link = null;
    this.#stopWatch();
    this.#jobs.close();
    this.#giveUp('The sandbox was closed');
  }

  /** Resolves with the report, or with why there is none; ends the worker in that case. */
  #watchLoading(link: WorkerLink): Promise<LoadReport | LoadFailure> {
    return new Promise((resolve) => {
      const limit = this.#loadLimit;
      const failure = `The code did not finish loading within ${limit / 1000} s: look for an endless loop outside of functions.`;
      const silence = setTimeout(() => done({ failure, silent: true }), limit);
      const done = (outcome: LoadReport | LoadFailure): void => {
        clearTimeout(silence);
        if ('failure' in outcome) {
          link.close();
        }
        resolve(outcome);
      };
      this.#loading = { resolve: done, file: null };
      link.listen((data) => this.#hear(link, data));
      void this.#expectFailure(link, done);
    });
  }

  async #expectFailure(link: WorkerLink, whileLoading: (outcome: LoadFailure) => void): Promise<void> {
    const failure = await link.failed;
    whileLoading({ failure, silent: false });
    this.#lose(link, failure);
  }

  #hear(link: WorkerLink, data: unknown): void {
    const message = readWorkerMessage(data);
    if (message === null || message.type === 'broken') {
      const failure = message === null ? 'The sandbox sent something that is not an answer' : `The sandbox failed: ${message.message}`;
      this.#loading?.resolve({ failure, silent: false });
      this.#lose(link, failure);
    } else if (message.type === 'answered') {
      if (this.#link === link) {
        this.#take(link, message);
      }
    } else if (message.type === 'rejected') {
      const report = withRejection(this.bundle, this.report, message.error);
      if (report !== this.report) {
        this.report = report;
        this.onReport();
      }
    } else if (message.type === 'loading' && this.#loading !== null) {
      this.#loading.file = message.file;
    } else if (message.type === 'loaded') {
      const { functions, problems } = reportOf(this.bundle, message.report);
      this.#loading?.resolve({ functions, problems: [...problems, ...this.report.problems] });
    }
  }

  #take(link: WorkerLink, message: AnswerMessage): void {
    const [unit] = this.#units;
    const sent = unit?.sent ?? null;
    if (unit === undefined || sent === null || sent.batch !== message.batch || sent.answered !== message.from) {
      this.#lose(link, 'The sandbox answered a batch that it was not given');
      return;
    }
    message.replies.forEach((reply, offset) => {
      const index = sent.indices[message.from + offset];
      const request = index === undefined ? undefined : unit.job.requests[index];
      if (index !== undefined && request !== undefined) {
        const details = message.details.get(message.from + offset) ?? null;
        this.#jobs.put(unit.job, index, replyOf(this.bundle, request, reply, details));
      }
    });
    sent.answered += message.replies.length;
    const left = new Set(sent.indices.slice(sent.answered));
    unit.indices = unit.indices.filter((index) => left.has(index) || !sent.indices.includes(index));
    if (left.size === 0) {
      unit.sent = null;
      if (unit.indices.length === 0) {
        this.#units.shift();
      }
    }
    this.#stopWatch();
    this.#pump();
  }

  /** Sends what may be sent, and keeps watch while something is under way. */
  #pump(): void {
    if (this.#closed || this.#units.length === 0) {
      return;
    }
    if (this.#link === null) {
      void this.#reopen(null);
      return;
    }
    for (const [position, unit] of this.#units.entries()) {
      // A unit under suspicion has the worker for itself.
      if (unit.oneByOne && position > 0) {
        break;
      }
      if (unit.sent === null) {
        this.#send(this.#link, unit);
      }
      if (unit.oneByOne) {
        break;
      }
    }
    this.#startWatch(this.#link);
  }

  #send(link: WorkerLink, unit: Unit): void {
    const indices = unit.oneByOne ? unit.indices.slice(0, 1) : unit.indices;
    const meta = new Float64Array(4 * indices.length);
    const requests = indices.flatMap((index, at) => {
      const request = unit.job.requests[index];
      if (request === undefined) {
        return [];
      }
      meta[4 * at] = request.at;
      meta[4 * at + 1] = request.seed;
      meta[4 * at + 2] = this.#functions.get(request.typename) ?? -1;
      meta[4 * at + 3] = request.attempt;
      return [request.request];
    });
    this.#lastBatch += 1;
    unit.sent = { batch: this.#lastBatch, indices, answered: 0 };
    const frames = packFrames(requests);
    const message: BatchMessage = { type: 'batch', batch: this.#lastBatch, meta, frames };
    link.send(message, [frames.buffer, meta.buffer]);
  }

  #startWatch(link: WorkerLink): void {
    this.#watch ??= setTimeout(() => {
      this.#watch = setTimeout(() => this.#lose(link, null), GRACE_MILLIS);
    }, this.#limit);
  }

  #stopWatch(): void {
    if (this.#watch !== null) {
      clearTimeout(this.#watch);
      this.#watch = null;
    }
  }

  /** The worker is silent (`failure` null) or gone: finds or prepares to find the culprit, and starts anew. */
  #lose(link: WorkerLink, failure: string | null): void {
    if (this.#link !== link) {
      return;
    }
    this.#stopWatch();
    this.#link = null;
    link.close();
    for (const unit of this.#units.slice(1)) {
      unit.sent = null;
    }
    const [head] = this.#units;
    if (head?.sent === undefined || head.sent === null) {
      return;
    }
    const alone = head.sent.indices.length === 1;
    head.sent = null;
    if (!alone) {
      head.oneByOne = true;
      void this.#reopen(null);
      return;
    }
    void this.#reopen({ unit: head, link, failure });
  }

  /** Starts a new worker. What ended the old one is known for sure only then: a page notices a dead process late. */
  async #reopen(blamed: { readonly unit: Unit; readonly link: WorkerLink; readonly failure: string | null } | null): Promise<void> {
    if (this.#opening || this.#closed) {
      return;
    }
    this.#opening = true;
    let refused: string | null = null;
    try {
      const link = await this.#deps.open(this.#parts);
      const outcome = await this.#watchLoading(link);
      if ('failure' in outcome) {
        refused = outcome.failure;
      } else {
        this.#link = link;
      }
    } catch (error) {
      refused = error instanceof Error ? error.message : String(error);
    }
    this.#loading = null;
    this.#opening = false;
    if (this.#closed) {
      this.#link?.close();
      return;
    }
    if (blamed !== null) {
      const died = blamed.failure ?? (await firstOf(blamed.link.failed));
      this.#convict(blamed.unit, died === null ? { type: 'timed-out', limitMillis: this.#limit } : { type: 'sandbox-lost', message: died });
    }
    if (refused !== null) {
      this.#giveUp(`${OPEN_FAILED}: ${refused}`);
    }
    this.#pump();
  }

  #convict(unit: Unit, outcome: CallOutcome): void {
    const [culprit, ...rest] = unit.indices;
    if (culprit !== undefined) {
      this.#settle(unit.job, culprit, outcome);
    }
    unit.indices = rest;
    unit.oneByOne = false;
    if (rest.length === 0) {
      this.#units = this.#units.filter((other) => other !== unit);
    }
  }

  #giveUp(message: string): void {
    const units = this.#units;
    this.#units = [];
    for (const { job, indices } of units) {
      for (const index of indices) {
        this.#settle(job, index, { type: 'sandbox-lost', message });
      }
    }
  }

  #settle(job: Job, index: number, outcome: CallOutcome): void {
    const request = job.requests[index];
    if (request !== undefined) {
      this.#jobs.put(job, index, replyWithout(this.bundle, request, outcome));
    }
  }
}

/** What the promise has been resolved with already, or null. */
function firstOf(promise: Promise<string>): Promise<string | null> {
  return Promise.race([promise, Promise.resolve(null)]);
}
