/**
 * Runs calls through the SDK's handler, one after the other, each in its own virtual moment.
 *
 * Invariants: nothing of one call is left when the next begins (timers cancelled, microtasks drained for code that can outlive
 * its handler); a call's reply depends on its request, time, seed and the code alone, never on its neighbours in a batch.
 */
import { packFrames, unpackFrames } from '../../base/frames.ts';
import type { BatchMessage, CallDetails, WorkerMessage } from '../wire.ts';
import { beginCall, call } from './call-record.ts';
import type { RawError } from './call-record.ts';
import { describeThrown } from './describe-thrown.ts';
import type { FoundFunction } from './discover.ts';
import { arrayPush, jsonStringify, NativePromise, promiseThen, realNow } from './primordials.ts';
import { bindTo, handleWith, onHandlerFailure, StateFun } from './sdk.ts';
import type { BindOptions } from './sdk.ts';
import type { Probe } from './probe.ts';
import type { StallProbe } from './stall-probe.ts';
import { placesOfError, resetStackLimit } from './stack-places.ts';
import { cancelAllTimers, fireNextTimer, noteLastingWork, onLasting } from './virtual-clock.ts';

/** Answers of a long batch are sent on at least this often, so that the host can tell a slow batch from a dead call. Real ms. */
const FLUSH_MILLIS = 100;
/** And when what the calls logged is so much, in characters: the host takes no message without end. */
const FLUSH_WEIGHT = 4_000_000;
const EMPTY = new Uint8Array(0);

/** Where the SDK's handler writes its answer, as it would to Node's HTTP response. */
class Answer {
  status = 0;
  body: Uint8Array = EMPTY;
  done = false;
  onEnd: () => void = () => undefined;
  writeHead(status: number): void {
    this.status = status;
  }
  end(body?: Uint8Array): void {
    this.body = body ?? EMPTY;
    this.done = true;
    this.onEnd();
  }
}

interface Moment {
  readonly at: number;
  readonly seed: number;
  readonly attempt: number;
}

export interface Server {
  serve(message: BatchMessage, send: (message: WorkerMessage, transfer: Transferable[]) => void): Promise<void>;
}

export function createServer(
  functions: readonly FoundFunction[],
  outliving: readonly boolean[],
  hop: () => Promise<void>,
  probe: Probe | null,
  stalls: StallProbe | null,
): Server {
  const statefun = new StateFun();
  for (const { options } of functions) {
    bindTo(statefun, { ...options, fn: observed(options.fn) });
  }
  let answer = new Answer();
  let driver: Promise<void> | null = null;
  onLasting(() => {
    driver ??= drive(answer);
  });
  onHandlerFailure((error) => {
    call.error ??= readError(error, null);
  });

  /** Moves the virtual clock while the handler waits; ends when it has answered, or can never answer. */
  async function drive(owner: Answer): Promise<void> {
    await hop();
    while (!owner.done) {
      if (!fireNextTimer()) {
        call.stuck = true;
        owner.done = true;
        owner.onEnd();
        return;
      }
      await hop();
    }
  }

  async function run(request: Uint8Array, { at, seed, attempt }: Moment, outlives: boolean): Promise<Uint8Array> {
    beginCall(at, seed, attempt);
    probe?.begin();
    stalls?.begin();
    resetStackLimit();
    const own = new Answer();
    answer = own;
    driver = null;
    await new NativePromise<void>((resolve) => {
      own.onEnd = resolve;
      void handleWith(statefun, [request], own);
      if (outlives) {
        driver ??= drive(own);
      }
    });
    if (driver !== null) {
      await driver;
      cancelAllTimers();
    }
    return own.status === 200 && !call.stuck ? own.body : EMPTY;
  }

  return {
    async serve(message, send) {
      const requests = unpackFrames(message.frames) ?? [];
      let from = 0;
      let replies: Uint8Array[] = [];
      let details: CallDetails[] = [];
      let flushed = realNow();
      let weight = 0;
      for (let index = 0; index < requests.length; index += 1) {
        const request = requests[index] ?? EMPTY;
        const at = message.meta[4 * index] ?? 0;
        const seed = message.meta[4 * index + 1] ?? 0;
        const outlives = outliving[message.meta[4 * index + 2] ?? -1] ?? true;
        const attempt = message.meta[4 * index + 3] ?? 1;
        const reply = await run(request, { at, seed, attempt }, outlives);
        arrayPush(replies, reply);
        if (probe !== null) {
          const { error, stuck, extraMillis, logs, fetches } = call;
          arrayPush(details, { index, error, stuck, extraMillis, logs, fetches, observed: probe.take() });
        } else if (stalls !== null && call.stuck) {
          const { error, stuck, extraMillis, logs, fetches } = call;
          arrayPush(details, { index, error, stuck, extraMillis, logs, fetches, waits: stalls.waits() });
        } else if (reply.length === 0 || call.logs !== null || call.fetches !== null || call.extraMillis > 0) {
          const { error, stuck, extraMillis, logs, fetches } = call;
          arrayPush(details, { index, error, stuck, extraMillis, logs, fetches });
        }
        const last = index === requests.length - 1;
        weight += call.weight + reply.length;
        if (last || weight > FLUSH_WEIGHT || realNow() - flushed > FLUSH_MILLIS) {
          const frames = packFrames(replies);
          send({ type: 'answered', batch: message.batch, from, frames, details: details.length === 0 ? null : jsonStringify(details) }, [
            frames.buffer,
          ]);
          from = index + 1;
          replies = [];
          details = [];
          weight = 0;
          flushed = realNow();
        }
      }
    },
  };
}

/** The user's function with its errors noted before the SDK's handler swallows them. */
function observed(fn: BindOptions['fn']): BindOptions['fn'] {
  return (context, message) => {
    call.message += 1;
    const index = call.message;
    let result: unknown;
    try {
      result = fn(context, message);
    } catch (error) {
      call.error = readError(error, index);
      throw error;
    }
    if (!(result instanceof NativePromise)) {
      return undefined;
    }
    noteLastingWork();
    return promiseThen(result, undefined, (error) => {
      call.error = readError(error, index);
      throw error;
    }) as Promise<void>;
  };
}

function readError(error: unknown, messageIndex: number | null): RawError {
  const { name, message } = describeThrown(error);
  return { name, message, stack: placesOfError(error), messageIndex };
}
