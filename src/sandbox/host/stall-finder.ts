/**
 * Finds where code stays that does not come back, by executing it once more in a worker of its own, whose code says where it is
 * (observe/watch-stalls.ts). What was executed was ended after its limit: here it gets a part of that time, and never more. In the same
 * way it finds what a call did last that failed with a value which knows no place (`throw 'text'`, `Promise.reject(7)`).
 */
import { packFrames } from '../../base/frames.ts';
import type { CallRequest, Stall } from '../../protocol/call.ts';
import { assembleScript } from '../assemble-script.ts';
import type { CodeBundle } from '../sandbox-api.ts';
import { watchStalls } from '../observe/watch-stalls.ts';
import type { StallCode } from '../observe/watch-stalls.ts';
import { TOLD_STATEMENTS } from '../wire.ts';
import type { BatchMessage } from '../wire.ts';
import type { OpenLink, WorkerLink } from './worker-link.ts';
import { readWorkerMessage } from './worker-message.ts';
import type { AnswerMessage } from './worker-message.ts';

/** Real ms that code is watched for: what came before an endless loop must be a small part of it. */
const LEAST = 1000;
const MOST = 10_000;
/** Of the time that the code had. */
const PART = 0.2;
/** Starting the worker, and what cannot be interrupted to be asked where it is; a busy machine lets both wait. */
const ROOM = 1500;
const OPEN_MILLIS = 10_000;

export interface StallDeps {
  readonly open: OpenLink;
  readonly harness: string;
  readonly prelude: string;
}

export class StallFinder {
  readonly #deps: StallDeps;
  readonly #plain: CodeBundle;
  readonly #afterMillis: number;
  #code: StallCode | null = null;
  readonly #searches = new Set<Search>();
  #closed = false;

  /** @param limitMillis real ms that the code had before it was ended */
  constructor(deps: StallDeps, plain: CodeBundle, limitMillis: number) {
    this.#deps = deps;
    this.#plain = plain;
    this.#afterMillis = Math.min(limitMillis, Math.max(LEAST, limitMillis * PART), MOST);
  }

  /** Where module code stays. */
  async ofLoading(): Promise<Stall | null> {
    const [stall = null] = await this.#search([]);
    return stall;
  }

  /** Where each of these calls stays, or what it did last before it failed, one after the other in one worker: at most one that has to be ended, as the last. */
  ofCalls(requests: readonly CallRequest[]): Promise<readonly (Stall | null)[]> {
    return this.#search(requests);
  }

  close(): void {
    this.#closed = true;
    for (const search of this.#searches) {
      search.end();
    }
  }

  async #search(requests: readonly CallRequest[]): Promise<readonly (Stall | null)[]> {
    this.#code ??= watchStalls(this.#plain, this.#afterMillis);
    const code = this.#code;
    const { parts } = assembleScript(this.#deps.harness, code.bundle, this.#deps.prelude);
    let link: WorkerLink;
    try {
      link = await this.#deps.open(parts);
    } catch {
      return requests.map(() => null);
    }
    if (this.#closed) {
      link.close();
      return requests.map(() => null);
    }
    const search = new Search(link, code, requests, this.#afterMillis + ROOM);
    this.#searches.add(search);
    const found = await search.found;
    this.#searches.delete(search);
    return found;
  }
}

/** One worker, from its start to its end. */
class Search {
  readonly found: Promise<readonly (Stall | null)[]>;
  readonly #link: WorkerLink;
  readonly #code: StallCode;
  readonly #requests: readonly CallRequest[];
  readonly #limit: number;
  readonly #stalls: (Stall | null)[] = [];
  /** What was told last. */
  #last: Stall | null = null;
  /** Statements of the call that were told. */
  #told = 0;
  #watch: ReturnType<typeof setTimeout>;
  #resolve: (stalls: readonly (Stall | null)[]) => void = () => undefined;

  constructor(link: WorkerLink, code: StallCode, requests: readonly CallRequest[], limit: number) {
    this.#link = link;
    this.#code = code;
    this.#requests = requests;
    this.#limit = limit;
    this.found = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#watch = setTimeout(() => this.end(), OPEN_MILLIS);
    link.listen((data) => this.#hear(data));
    void this.#endWithWorker();
  }

  /** Whatever it is doing: what is known by then is the answer. */
  end(): void {
    clearTimeout(this.#watch);
    this.#link.close();
    const left = Math.max(1, this.#requests.length) - this.#stalls.length;
    this.#resolve([...this.#stalls, ...Array.from({ length: left }, (_, index) => (index === 0 ? this.#last : null))]);
  }

  async #endWithWorker(): Promise<void> {
    await this.#link.failed;
    this.end();
  }

  #hear(data: unknown): void {
    const message = readWorkerMessage(data);
    switch (message?.type) {
      case 'loading':
        this.#allow(this.#limit);
        return;
      case 'at':
        this.#told += 1;
        this.#last = this.#code.stallAt(message.stall, message.point) ?? this.#last;
        if (message.sure) {
          this.end();
        }
        return;
      case 'loaded': {
        this.#forget();
        const functions = new Map(message.report.functions.map(({ typename }, index) => [typename, index]));
        if (this.#requests.length === 0) {
          this.end();
        } else {
          this.#send(functions);
        }
        return;
      }
      case 'answered':
        this.#take(message);
        return;
      case 'rejected':
        return;
      case 'broken':
      case undefined:
        this.end();
    }
  }

  /** One message each, so that each has its own time. */
  #send(functions: ReadonlyMap<string, number>): void {
    this.#requests.forEach((request, batch) => {
      const meta = new Float64Array([request.at, request.seed, functions.get(request.typename) ?? -1, request.attempt]);
      const frames = packFrames([request.request]);
      const message: BatchMessage = { type: 'batch', batch, meta, frames };
      this.#link.send(message, [frames.buffer, meta.buffer]);
    });
    this.#allow(this.#limit);
  }

  #take({ details }: AnswerMessage): void {
    const { waits, stuck, error } = details.get(0) ?? {};
    // Behind many statements not each one is told, and which ones depends on the machine: a trace may not.
    const isLastKnown = stuck === true || ((error ?? null) !== null && this.#told < TOLD_STATEMENTS);
    this.#stalls.push((waits === undefined ? null : this.#code.stallOf(waits)) ?? (isLastKnown ? this.#last : null));
    this.#forget();
    if (this.#stalls.length >= this.#requests.length) {
      this.end();
    } else {
      this.#allow(this.#limit);
    }
  }

  #forget(): void {
    this.#last = null;
    this.#told = 0;
  }

  #allow(millis: number): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.end(), millis);
  }
}
