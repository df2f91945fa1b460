/**
 * What a host and the worker it started tell each other over their port. The worker runs hostile code: everything it
 * sends is `unknown` to the host, and read through `worker-message.ts`.
 */
import type { RawError, RawFetch, RawLog, RawPlace } from './worker/call-record.ts';

/** How the script's trailing part describes the bundle to the harness. */
export interface ModuleTable {
  readonly hash: string;
  readonly files: readonly ModuleEntry[];
  readonly rules: readonly { readonly path: string; readonly rules: readonly unknown[] }[];
}

export interface ModuleEntry {
  readonly path: string;
  readonly role: 'function' | 'stub';
  readonly firstLine: number;
  readonly lines: number;
  readonly imports: Readonly<Record<string, string>>;
  readonly async: boolean;
  readonly empty: boolean;
}

export interface BatchMessage {
  readonly type: 'batch';
  readonly batch: number;
  /** Three numbers a call: virtual time, seed, index of the function in the worker's report. */
  readonly meta: Float64Array;
  /** The requests, packed (base/frames.ts). */
  readonly frames: Uint8Array;
}

export type WorkerMessage =
  /** Module code of this file begins to run: names the culprit when it never ends. */
  | { readonly type: 'loading'; readonly file: number }
  | { readonly type: 'loaded'; readonly report: RawReport }
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
}

/** The name under which the script's trailing part finds the harness; gone before user code runs. */
export const START_NAME = '__statefunStudioStart';
/** Node's host leaves the worker's port here; a browser's worker gets it as its first message. */
export const PORT_NAME = '__statefunStudioPort';
