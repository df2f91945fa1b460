/**
 * What a run on the real engine left behind, as data: the contract between the driver that records, the golden files, and
 * whatever drives the simulator with it. Times are milliseconds since the recording began.
 */

/** An address as text: `namespace/type/id`. The id may hold slashes, the two others do not. */
export type AddressText = string;

export interface Recording {
  readonly case: string;
  readonly versions: { readonly statefun: string; readonly flink: string; readonly kafka: string; readonly java: string };
  /** Every HTTP request of the engine, in the order in which they reached the server. */
  readonly exchanges: readonly Exchange[];
  /** What the operator's threads did, in order; of one subtask the order is exact. */
  readonly schedule: readonly ScheduleEntry[];
  readonly egress: readonly EgressEntry[];
  readonly job: readonly JobEntry[];
}

export interface Exchange {
  readonly n: number;
  readonly at: number;
  readonly url: string;
  /** The ToFunction, base64. */
  readonly request: string;
  /** Null when there was no answer in HTTP. */
  readonly status: number | null;
  readonly contentType: string | null;
  /** The body of the answer (a FromFunction when all is well), base64; `dropped`: the connection was closed; `none`: never answered. */
  readonly response: string | 'dropped' | 'none';
  /** When the answer was sent, null when none was. */
  readonly answeredAt: number | null;
}

/** One entry into `RequestReplyFunction.invoke`, or (`snapshot`) into the function operator's `snapshotState`. */
export type ScheduleEntry =
  | {
      readonly n: number;
      /** When the thread entered: what state time-to-live and due times are measured by. */
      readonly at: number;
      readonly subtask: number;
      /** The job's attempt: 0, 1, … */
      readonly attempt: number;
      readonly kind: 'message';
      /** How it got there: read from an ingress or another subtask, a due timer, or sent on this subtask. */
      readonly origin: 'input' | 'timer' | 'local';
      readonly target: AddressText;
      readonly caller: AddressText | null;
      readonly typename: string;
      /** The argument's bytes, base64. */
      readonly argument: string;
    }
  | {
      readonly n: number;
      readonly at: number;
      readonly subtask: number;
      readonly attempt: number;
      /** `first-answer`: the first call of a type on a subtask, answered within the entry that made it (S14). */
      readonly kind: 'completion' | 'first-answer';
      readonly target: AddressText;
      /** `unknown`: the call was in flight when the job failed; it is sent again. */
      readonly outcome: 'success' | 'failure' | 'unknown';
      /** How many invocations the request held. */
      readonly batch: number;
    }
  | {
      readonly n: number;
      readonly at: number;
      readonly subtask: number;
      readonly attempt: number;
      /** A due message leaves for another subtask, where it arrives as input. */
      readonly kind: 'departure';
      readonly target: AddressText;
      readonly caller: AddressText;
    }
  | {
      readonly n: number;
      readonly at: number;
      readonly subtask: number;
      readonly attempt: number;
      /** What a restore to this checkpoint goes back to. */
      readonly kind: 'snapshot';
      readonly checkpoint: number;
    };

export interface EgressEntry {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  /** Base64; null is a tombstone. */
  readonly value: string | null;
  /** Whether a read_committed reader saw it. */
  readonly committed: boolean;
}

export type JobEntry =
  | { readonly at: number; readonly event: 'running' }
  | { readonly at: number; readonly event: 'restarted' }
  | { readonly at: number; readonly event: 'ended' }
  /** The process went, and is started anew without its checkpoints. */
  | { readonly at: number; readonly event: 'stopped' }
  /** `causes`: the chain of messages, each `Class: text`, the outermost first. */
  | { readonly at: number; readonly event: 'failed'; readonly causes: readonly string[] }
  | { readonly at: number; readonly event: 'checkpoint'; readonly id: number };
