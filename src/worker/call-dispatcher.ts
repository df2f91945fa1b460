/**
 * Carries calls from the engine to the sandbox and replies back: at most two batches under way, those calls first that
 * the engine needs first. A sandbox that cannot be had answers every call with `sandbox-lost`: none is forgotten.
 * Calls of functions outside the Studio go to a caller of their own, one by one, and hold no batch up.
 */
import type { CallReply, CallRequest } from '../protocol/call.ts';
import type { Engine } from '../runtime/engine-api.ts';
import type { Sandbox } from '../sandbox/sandbox-api.ts';
import type { RemoteCaller } from './remote/remote-caller.ts';

/** Calls a batch (256 to 1024 were measured to be best, two in flight). */
const BATCH_CALLS = 256;
const BATCHES_IN_FLIGHT = 2;
/** A second batch goes out only when it is worth a message of its own. */
const SECOND_BATCH_MINIMUM = 64;

export interface AnsweredBatch {
  readonly requests: readonly CallRequest[];
  readonly replies: readonly CallReply[];
}

export class CallDispatcher {
  #sandbox: Sandbox;
  readonly #onAnswer: () => void;
  readonly #onReport: () => void;
  readonly #underWay = new Set<Promise<void>>();
  #answered: AnsweredBatch[] = [];

  readonly #batch: number;
  readonly #remote: RemoteCaller | null;
  #remoteUnderWay = 0;
  #remoteAnswered: { readonly requests: CallRequest[]; readonly replies: CallReply[] } = { requests: [], replies: [] };

  /**
   * @param options `batch`: calls handed out at once; `remote`: who answers for functions outside the Studio; `onReport`:
   *   called when more is known of the code that answers now
   */
  constructor(
    sandbox: Sandbox,
    onAnswer: () => void,
    {
      batch = BATCH_CALLS,
      remote = null,
      onReport = () => undefined,
    }: { readonly batch?: number | undefined; readonly remote?: RemoteCaller | null; readonly onReport?: () => void } = {},
  ) {
    this.#sandbox = sandbox;
    this.#onAnswer = onAnswer;
    this.#batch = batch;
    this.#remote = remote;
    this.#onReport = onReport;
    sandbox.onReport = onReport;
  }

  get sandbox(): Sandbox {
    return this.#sandbox;
  }

  /** Only while nothing is under way: calls are answered by the code they went to. */
  replaceSandbox(next: Sandbox): void {
    this.#sandbox.close();
    this.#sandbox = next;
    next.onReport = this.#onReport;
  }

  hasCallsUnderWay(): boolean {
    return this.#underWay.size > 0 || this.#remoteUnderWay > 0;
  }

  /** Gives up what is under way outside the Studio; it will be asked for again where the run goes on. Then lets go of the sandbox. */
  close(): void {
    this.cancelRemote();
    this.#sandbox.close();
  }

  cancelRemote(): void {
    this.#remote?.close();
  }

  /** Resolves when every batch that is under way in the sandbox now is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  hasAnswers(): boolean {
    return this.#answered.length > 0 || this.#remoteAnswered.replies.length > 0;
  }

  takeAnswers(): readonly AnsweredBatch[] {
    const remote = this.#remoteAnswered;
    if (remote.replies.length === 0) {
      return this.#answered.splice(0);
    }
    this.#remoteAnswered = { requests: [], replies: [] };
    return [...this.#answered.splice(0), remote];
  }

  /** One call apart from the run, to whoever answers for its function now. */
  async callAlone(request: CallRequest): Promise<CallReply> {
    const { hash } = this.#sandbox.bundle;
    try {
      const remote = this.#remote?.answersFor(request.typename) === true ? await this.#remote.call(request) : null;
      const [reply] = remote === null ? await this.#sandbox.invoke([request]) : [remote];
      return reply ?? lostReply(request, hash, 'No answer came.');
    } catch (error) {
      return lostReply(request, hash, error);
    }
  }

  dispatch(engine: Engine): void {
    while (this.#underWay.size < BATCHES_IN_FLIGHT) {
      const pending = engine.pendingCalls();
      // Which of them go out of the Studio is known when they are taken.
      const minimum = this.#underWay.size > 0 && this.#remote === null ? SECOND_BATCH_MINIMUM : 1;
      if (pending < minimum) {
        return;
      }
      const taken = engine.takeCalls(this.#batch);
      const { remote, local } = this.#split(taken);
      remote.forEach(({ caller, request }) => this.#sendOut(caller, request));
      if (local.length > 0) {
        this.#send(local);
      }
    }
  }

  #split(taken: readonly CallRequest[]) {
    const caller = this.#remote;
    return {
      remote: caller === null ? [] : taken.filter(({ typename }) => caller.answersFor(typename)).map((request) => ({ caller, request })),
      local: caller === null ? taken : taken.filter(({ typename }) => !caller.answersFor(typename)),
    };
  }

  #sendOut(caller: RemoteCaller, request: CallRequest): void {
    this.#remoteUnderWay += 1;
    caller
      .call(request)
      .then((reply) => {
        this.#remoteUnderWay -= 1;
        // Null: given up, nobody waits for it.
        if (reply !== null) {
          this.#remoteAnswered.requests.push(request);
          this.#remoteAnswered.replies.push(reply);
          this.#onAnswer();
        }
      })
      .catch((error: unknown) => {
        throw error;
      });
  }

  #send(requests: readonly CallRequest[]): void {
    const { hash } = this.#sandbox.bundle;
    const answer = this.#sandbox
      .invoke(requests)
      .catch((error: unknown) => requests.map((request) => lostReply(request, hash, error)))
      .then((replies) => {
        this.#underWay.delete(answer);
        this.#answered.push({ requests, replies });
        this.#onAnswer();
      });
    this.#underWay.add(answer);
  }
}

function lostReply(request: CallRequest, code: string, error: unknown): CallReply {
  const message = error instanceof Error ? error.message : String(error);
  return {
    call: request.call,
    attempt: request.attempt,
    outcome: { type: 'sandbox-lost', message },
    extraMillis: 0,
    logs: [],
    fetches: [],
    code,
  };
}
