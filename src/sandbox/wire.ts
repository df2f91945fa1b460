/**
 * What a host and the worker it started tell each other over their port. The worker runs hostile code: everything it
 * sends is `unknown` to the host, and read through `worker-message.ts`.
 */
import type { RawError, RawFetch, RawLog, RawPlace } from './worker/call-record.ts';
import type { RawObservation } from './worker/probe.ts';
import type { RawStallType } from './worker/stall-probe.ts';

/** How the script's trailing part describes the bundle to the harness. */
export interface ModuleTable {
  readonly hash: string;
  readonly files: readonly ModuleEntry[];
  readonly rules: readonly { readonly path: string; readonly rules: readonly unknown[] }[];
  /** The files are instrumented, with so many points, and take a fourth parameter: what they report to. */
  readonly observed?: number;
  /** The files say where they stay, with so many points, after so much real time. */
  readonly stalls?: { readonly points: number; readonly afterMillis: number };
}

export interface ModuleEntry {
  readonly path: string;
  readonly role: 'function' | 'stub';
  readonly firstLine: number;
  readonly lines: number;
  readonly imports: Readonly<Record<string, string>>;
  readonly missing: Readonly<Record<string, string>>;
  readonly async: boolean;
  readonly empty: boolean;
}

export interface BatchMessage {
  readonly type: 'batch';
  readonly batch: number;
  /** Four numbers a call: virtual time, seed, index of the function in the worker's report, attempt. */
  readonly meta: Float64Array;
  /** The requests, packed (base/frames.ts). */
  readonly frames: Uint8Array;
}

export type WorkerMessage =
  /** Module code of this file begins to run: names the culprit when it never ends. */
  | { readonly type: 'loading'; readonly file: number }
  | { readonly type: 'loaded'; readonly report: RawReport }
  /** A promise was rejected that nothing handles. When the engine says so has no place in a call's order: it is told beside the answers. */
  | { readonly type: 'rejected'; readonly error: RawError }
  /** Only of code that says where it stays (stall-probe.ts); `sure`: it goes no further. */
  | { readonly type: 'at'; readonly stall: RawStallType; readonly point: number; readonly sure: boolean }
  /** The harness itself failed. */
  | { readonly type: 'broken'; readonly message: string }
  /** Answers to the calls `from`, `from + 1`, … of a batch. A long batch is answered in several such messages. */
  | {
      readonly type: 'answered';
      readonly batch: number;
      readonly from: number;
      readonly frames: Uint8Array;
      readonly details: string | null;
    };

export interface RawReport {
  readonly functions: readonly RawFunction[];
  readonly problems: readonly RawProblem[];
}

export interface RawFunction {
  readonly typename: string;
  readonly file: number;
  readonly states: readonly {
    readonly name: string;
    readonly typename: string;
    readonly expireAfterWrite: number | null;
    readonly expireAfterCall: number | null;
  }[];
}

export interface RawProblem {
  readonly code: string;
  readonly message: string;
  readonly file: number;
  readonly place: RawPlace | null;
  /** A text in the file to point at where there is no place. */
  readonly near: string | null;
}

/** Beside a reply, for the calls that have any of it. An empty reply without `error` and `stuck` is a fault of the harness. */
export interface CallDetails {
  readonly index: number;
  readonly error: RawError | null;
  readonly stuck: boolean;
  readonly extraMillis: number;
  readonly logs: readonly RawLog[] | null;
  readonly fetches: readonly RawFetch[] | null;
  /** Only of instrumented code. */
  readonly observed?: RawObservation;
  /** Only of code that says where it stays, and of a call that waits for ever: the points of its awaits, the newest first. */
  readonly waits?: readonly number[];
}

/** So many statements of a call are told one by one: any of them may be one that never ends (a regular expression, a library's loop). */
export const TOLD_STATEMENTS = 2000;

/** The name under which the script's trailing part finds the harness; gone before user code runs. */
export const START_NAME = '__statefunStudioStart';
/** Node's host leaves the worker's port here; a browser's worker gets it as its first message. */
export const PORT_NAME = '__statefunStudioPort';
/** Node's host leaves `{ listen }` here, to be told of rejections that nothing handles; a browser's worker has an event for them. */
export const REJECTED_NAME = '__statefunStudioRejected';
