/**
 * Calls functions outside the Studio: over HTTP, so many at once, each with a time limit of real time. Virtual time knows nothing
 * of how long an answer took: a call's duration is drawn from the latency model, as for code in the Studio, so that a run is
 * the same on a slow and on a fast machine.
 *
 * Every call gets one reply, or null after `close`: then nobody waits for it.
 */
import type { Typename } from '../../base/ids.ts';
import { remoteTarget } from '../../model/remote-target.ts';
import type { RemoteTarget } from '../../model/remote-target.ts';
import type { RemoteEndpoint } from '../../model/studio-file.ts';
import type { CallReply, CallRequest } from '../../protocol/call.ts';
import { REMOTE_CODE } from '../../protocol/call.ts';
import type { RunConfig } from '../../runtime/engine-api.ts';
import { readAnswer } from './http-answer.ts';
import type { HttpAnswer } from './http-answer.ts';

export interface HttpRequest {
  readonly target: RemoteTarget;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
}

/** Sends requests. Never rejects; what it resolves with after an abort is looked at by nobody. */
export interface HttpTransport {
  post(request: HttpRequest): Promise<HttpAnswer>;
  now(): number;
  close(): void;
}

/** Requests under way at once; the others wait. */
const MOST_AT_ONCE = 64;

export class RemoteCaller {
  readonly #module: RunConfig['module'];
  readonly #transport: HttpTransport;
  readonly #cancel = new AbortController();
  readonly #targets = new Map<Typename, RemoteTarget | null>();
  readonly #waiting: (() => void)[] = [];
  #remotes: readonly RemoteEndpoint[];
  #underWay = 0;

  constructor({ module, remotes = [] }: Pick<RunConfig, 'module' | 'remotes'>, transport: HttpTransport) {
    this.#module = module;
    this.#remotes = remotes;
    this.#transport = transport;
  }

  /** Other URLs and limits for the functions that are remote already; which ones those are stays as it was. */
  useSettings(next: readonly RemoteEndpoint[]): void {
    this.#remotes = this.#remotes.map((remote) => next.find(({ functions }) => functions === remote.functions) ?? remote);
    this.#targets.clear();
  }

  /** As they are used now. */
  settings(): readonly RemoteEndpoint[] {
    return this.#remotes;
  }

  answersFor(type: Typename): boolean {
    return this.#targetOf(type) !== null;
  }

  async call(request: CallRequest): Promise<CallReply | null> {
    if (this.#underWay >= MOST_AT_ONCE) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    if (this.#cancel.signal.aborted) {
      return null;
    }
    this.#underWay += 1;
    try {
      return await this.#ask(request);
    } finally {
      this.#underWay -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Gives up everything that is under way or waits. */
  close(): void {
    this.#cancel.abort();
    this.#transport.close();
    this.#waiting.splice(0).forEach((go) => go());
  }

  async #ask({ call, attempt, typename, request }: CallRequest): Promise<CallReply | null> {
    const target = this.#targetOf(typename);
    if (target === null) {
      throw new Error(`${typename} is not remote`);
    }
    const { signal } = this.#cancel;
    const from = this.#transport.now();
    const answer = await this.#transport.post({ target, body: request, signal });
    if (signal.aborted) {
      return null;
    }
    const { outcome, detail } = readAnswer(answer, target.transport);
    const realMillis = Math.round(this.#transport.now() - from);
    const remote = { url: target.url, realMillis, detail };
    return { call, attempt, outcome, extraMillis: 0, logs: [], fetches: [], code: REMOTE_CODE, remote };
  }

  #targetOf(type: Typename): RemoteTarget | null {
    const known = this.#targets.get(type);
    if (known !== undefined) {
      return known;
    }
    const target = remoteTarget(this.#module, this.#remotes, type);
    this.#targets.set(type, target);
    return target;
  }
}

/** The caller that a run needs, or null where all its functions are in the Studio. */
export function remoteCallerFor(config: RunConfig, transport: () => HttpTransport): RemoteCaller | null {
  return config.remotes === undefined || config.remotes.length === 0 ? null : new RemoteCaller(config, transport());
}
