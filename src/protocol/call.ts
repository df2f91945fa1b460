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
}

export interface FunctionError {
  readonly name: string;
  readonly message: string;
  /** Frames in the user's files only, innermost first. */
  readonly stack: readonly CodePlace[];
  /** Index of the message in the batch whose handler threw; null when it was not a handler. */
  readonly messageIndex: number | null;
}

export type CallOutcome =
  /** 200: `reply` is a serialized FromFunction. */
  | { readonly type: 'replied'; readonly reply: Uint8Array }
  /** The SDK's handler answered 500 because user code threw (S69). */
  | { readonly type: 'threw'; readonly error: FunctionError }
  /** No answer within the real-time limit; the worker was ended. */
  | { readonly type: 'timed-out'; readonly limitMillis: number }
  /** The sandbox died under the call (memory), or could not start. */
  | { readonly type: 'sandbox-lost'; readonly message: string }
  /** The endpoint serves the type by its pattern, but no code defines it: the SDK answers 500 (S60). */
  | { readonly type: 'no-such-function' };

export interface CallReply {
  readonly call: number;
  readonly attempt: number;
  readonly outcome: CallOutcome;
  /** Virtual ms that stubs and awaited timers added to the call's duration. */
  readonly extraMillis: number;
  readonly logs: readonly LogLine[];
  readonly fetches: readonly FetchRecord[];
  /** Hash of the code that answered. */
  readonly code: string;
}
