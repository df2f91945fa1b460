/**
 * Carries calls from the engine to the sandbox and replies back: at most two batches under way, those calls first that
 * the engine needs first. A sandbox that cannot be had answers every call with `sandbox-lost`: none is forgotten.
 */
import type { CallReply, CallRequest } from '../protocol/call.ts';
import type { Engine } from '../runtime/engine-api.ts';
import type { Sandbox } from '../sandbox/sandbox-api.ts';

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
  readonly #underWay = new Set<Promise<void>>();
  #answered: AnsweredBatch[] = [];

  readonly #batch: number;

  /** @param batch calls handed out at once */
  constructor(sandbox: Sandbox, onAnswer: () => void, batch: number = BATCH_CALLS) {
    this.#sandbox = sandbox;
    this.#onAnswer = onAnswer;
    this.#batch = batch;
  }

  get sandbox(): Sandbox {
    return this.#sandbox;
  }

  /** Only while nothing is under way: calls are answered by the code they went to. */
  replaceSandbox(next: Sandbox): void {
    this.#sandbox.close();
    this.#sandbox = next;
  }

  hasCallsUnderWay(): boolean {
    return this.#underWay.size > 0;
  }

  /** Resolves when every batch that is under way now is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  hasAnswers(): boolean {
    return this.#answered.length > 0;
  }

  takeAnswers(): readonly AnsweredBatch[] {
    return this.#answered.splice(0);
  }

  dispatch(engine: Engine): void {
    while (this.#underWay.size < BATCHES_IN_FLIGHT) {
      const pending = engine.pendingCalls();
      if (pending === 0 || (this.#underWay.size > 0 && pending < SECOND_BATCH_MINIMUM)) {
        return;
      }
      this.#send(engine.takeCalls(this.#batch));
    }
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
