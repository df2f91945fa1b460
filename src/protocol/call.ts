/**
 * One call of a function's endpoint, as the runtime asks for it and the sandbox answers it. The bytes are the
 * request-reply protocol's own; everything else is what an HTTP connection would have told.
 */
import type { FilePath, Typename, VirtualTime } from '../base/ids.ts';

export interface CallRequest {
  /** Unique in a run, counted from 1 in the order of issue. */
  readonly call: number;
  /** 1 for the first try; a retry of the same request counts up (S61). */
  readonly attempt: number;
  readonly typename: Typename;
  readonly id: string;
  /** Virtual time at which the request was built; the clock that the function sees. */
  readonly at: VirtualTime;
  /** Seeds Math.random and crypto in this call: from run seed, address, ordinal and attempt. */
  readonly seed: number;
  /** A serialized ToFunction. */
  readonly request: Uint8Array;
}

export interface LogLine {
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug';
  readonly text: string;
  /** Index of the message in the batch that was being handled. */
  readonly message: number;
  readonly place: CodePlace | null;
  /** The request of which the line says that no stub answered it. */
  readonly unanswered?: FetchRecord;
}

/** One-based line and column in the user's own source. */
export interface CodePlace {
  readonly path: FilePath;
  readonly line: number;
  readonly column: number;
}

/** A call to a third-party service and what the stub answered. */
export interface FetchRecord {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** Virtual ms the stub took. */
  readonly latencyMillis: number;
  /** The stub file that answered, or null where none did. */
  readonly stub: FilePath | null;
  /** What was sent, where no stub answered; null for nothing. */
  readonly body?: string | null;
}

export interface FunctionError {
  readonly name: string;
  readonly message: string;
  /** Frames in the user's files only, innermost first. */
  readonly stack: readonly CodePlace[];
  /** Index of the message in the batch whose handler threw; null when it was not a handler. */
  readonly messageIndex: number | null;
  /** The last request of this call that no stub answered, if there was one. */
  readonly unanswered?: FetchRecord;
}

/** Where a call stays that does not come back, as executing it once more showed. */
export interface Stall {
  readonly type: /** A loop that goes round and round. */
    | 'loop'
    /** A function that is entered again and again: recursion, a chain of promises, an interval. */
    | 'calls'
    /** An `await` of a promise that nothing settles. */
    | 'await'
    /** The last statement that began. */
    | 'statement';
  readonly place: CodePlace;
}

export type CallOutcome =
  /** 200: `reply` is a serialized FromFunction. */
  | { readonly type: 'replied'; readonly reply: Uint8Array }
  /** The SDK's handler answered 500 because user code threw (S69). */
  | { readonly type: 'threw'; readonly error: FunctionError }
  /** No answer within the real-time limit, and the worker was ended; a limit of 0: it waits for a promise that nothing can settle. */
  | { readonly type: 'timed-out'; readonly limitMillis: number; readonly stall?: Stall }
  /** The sandbox died under the call (memory), or could not start. */
  | { readonly type: 'sandbox-lost'; readonly message: string }
  /** The endpoint serves the type by its pattern, but no code defines it: the SDK answers 500 (S60). */
  | { readonly type: 'no-such-function' }
  /** What a function server outside the Studio does instead of answering (S61); `CallReply.remote` says more. */
  | { readonly type: 'http-status'; readonly status: number }
  | { readonly type: 'wrong-content-type'; readonly contentType: string }
  /** No connection came about, or it ended before the answer did. */
  | { readonly type: 'refused' }
  | { readonly type: 'dropped' }
  /** Nothing came within the real-time limit: on the virtual clock the attempt takes all the time that it has. */
  | { readonly type: 'no-answer' };

/** An exchange with a function server outside the Studio. */
export interface RemoteExchange {
  readonly url: string;
  /** Real ms that it took; no part of virtual time. */
  readonly realMillis: number;
  /** Of a failure: what happened, and the first bytes of what was answered. Null where the answer is one. */
  readonly detail: string | null;
}

/** What answered in place of code that the Studio knows, for `CallReply.code`. */
export const REMOTE_CODE = 'remote';

export interface CallReply {
  readonly call: number;
  readonly attempt: number;
  readonly outcome: CallOutcome;
  /** Virtual ms that stubs and awaited timers added to the call's duration. */
  readonly extraMillis: number;
  readonly logs: readonly LogLine[];
  readonly fetches: readonly FetchRecord[];
  /** Hash of the code that answered, or REMOTE_CODE. */
  readonly code: string;
  /** Absent where the function's code ran in the Studio. */
  readonly remote?: RemoteExchange;
}
