/**
 * The trace: everything a run did, one event each, a closed union. `trace-line.ts` writes an event as one line of JSON
 * (`{seq, at, type, …}`), which is what is stored, listed and hashed. Same files, settings and inputs give the same
 * lines, byte for byte (R1). Adding a member is allowed, changing one is not.
 *
 * Ids count from 1 in a run: `call` for a request-reply exchange, `message` for a message to a function,
 * `timer` for a delayed message. `cause` is the call whose reply produced the thing, null where an ingress did.
 */
import type { CodePlace, FetchRecord, FunctionError, LogLine, Stall } from '../protocol/call.ts';
import type { Typename, VirtualTime } from '../base/ids.ts';
import type { EndpointFault, FaultEffect } from './engine-api.ts';

export interface AddressRef {
  readonly typename: Typename;
  readonly id: string;
}

/** Bytes with their type; in the line, text for UTF-8 and base64 otherwise, cut at VALUE_LIMIT bytes. */
export interface TracedValue {
  readonly typename: string;
  readonly bytes: Uint8Array;
}

interface Base {
  readonly seq: number;
  readonly at: VirtualTime;
}

/** A record was appended to a topic that ingresses read. */
export interface RecordProduced extends Base {
  readonly type: 'record-produced';
  readonly source: 'feed' | 'user';
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: TracedValue | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}
/** An ingress took a record and its router made messages of it. `targets` 0: dropped by rule (no targets). */
export interface RecordRouted extends Base {
  readonly type: 'record-routed';
  readonly ingress: Typename;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly targets: number;
}
/** A message was sent to an address: by a router, a reply, or a timer that fired. */
export interface MessageSent extends Base {
  readonly type: 'message-sent';
  readonly message: number;
  readonly from:
    | { readonly type: 'ingress'; readonly ingress: Typename; readonly topic: string; readonly partition: number; readonly offset: number }
    | { readonly type: 'function'; readonly address: AddressRef };
  readonly to: AddressRef;
  readonly value: TracedValue;
  readonly cause: number | null;
  readonly timer: number | null;
}
/** A request went out, with the messages of its batch. `attempt` above 1 is a retry. */
export interface CallStarted extends Base {
  readonly type: 'call-started';
  readonly call: number;
  readonly attempt: number;
  readonly address: AddressRef;
  readonly messages: readonly number[];
  /** First request of the type on its subtask, which stands until the answer (S14). */
  readonly bootstrap: boolean;
}
/** Its reply was applied, as a whole (R3). The counts say what it held; the parts follow as events of their own. */
export interface CallCompleted extends Base {
  readonly type: 'call-completed';
  readonly call: number;
  readonly attempt: number;
  readonly address: AddressRef;
  readonly latencyMillis: number;
  readonly sent: number;
  readonly delayed: number;
  readonly egress: number;
  readonly mutations: number;
  readonly code: string;
  readonly logs: readonly LogLine[];
  readonly fetches: readonly FetchRecord[];
}
/** The function answered that it misses state specs (S9, S16, S17); the same batch goes out again. */
export interface StateRegistered extends Base {
  readonly type: 'state-registered';
  readonly call: number;
  readonly address: AddressRef;
  readonly states: readonly {
    readonly name: string;
    readonly typename: string;
    readonly expiration: { readonly mode: 'after-write' | 'after-invoke'; readonly millis: number } | null;
  }[];
}
export interface StateChanged extends Base {
  readonly type: 'state-changed';
  readonly call: number;
  readonly address: AddressRef;
  readonly name: string;
  /** Null: deleted. */
  readonly value: TracedValue | null;
}
export interface EgressRecordWritten extends Base {
  readonly type: 'egress-written';
  readonly call: number;
  readonly address: AddressRef;
  readonly egress: Typename;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: TracedValue;
}
export interface TimerSet extends Base {
  readonly type: 'timer-set';
  readonly timer: number;
  readonly call: number;
  readonly from: AddressRef;
  readonly to: AddressRef;
  readonly due: VirtualTime;
  readonly token: string | null;
  readonly value: TracedValue;
}
export interface TimerFired extends Base {
  readonly type: 'timer-fired';
  readonly timer: number;
}
export interface TimerCancelled extends Base {
  readonly type: 'timer-cancelled';
  readonly timer: number;
  readonly call: number;
}
/** A call failed. `decision`: what happens next. */
export interface CallFailed extends Base {
  readonly type: 'call-failed';
  readonly call: number;
  readonly attempt: number;
  readonly address: AddressRef;
  readonly reason: CallFailureReason;
  readonly decision: 'paused' | 'retry' | 'job-fails' | 'dropped';
  /** Virtual ms until the retry, else null. */
  readonly retryAfterMillis: number | null;
  readonly logs: readonly LogLine[];
  /** Absent when there are none. */
  readonly fetches?: readonly FetchRecord[];
}
export type CallFailureReason =
  | { readonly type: 'threw'; readonly error: FunctionError }
  /** `stall`: where the code stayed, if that could be found; absent in runs of before. */
  | { readonly type: 'timed-out'; readonly limitMillis: number; readonly stall?: Stall }
  | { readonly type: 'sandbox-lost'; readonly message: string }
  | { readonly type: 'no-such-function' }
  /** The same batch was answered incomplete so many times though nothing was missing: StateFun asks again for ever (S16). */
  | { readonly type: 'never-ready'; readonly times: number; readonly remote?: RemoteFailure }
  | { readonly type: 'bad-reply'; readonly message: string; readonly remote?: RemoteFailure }
  /** What a fault of the endpoint did to the attempt, or a function server outside the Studio (`remote`). */
  | { readonly type: 'http-status'; readonly status: number; readonly remote?: RemoteFailure }
  | { readonly type: 'refused'; readonly remote?: RemoteFailure }
  | { readonly type: 'dropped'; readonly remote?: RemoteFailure }
  /** `limitMillis`: virtual ms after which the attempt was given up. */
  | { readonly type: 'no-answer'; readonly limitMillis: number; readonly remote?: RemoteFailure }
  | { readonly type: 'malformed' }
  | { readonly type: 'wrong-content-type'; readonly contentType: string; readonly remote?: RemoteFailure };

/** The server that failed, and in words what it did. */
export interface RemoteFailure {
  readonly url: string;
  readonly detail: string;
}

/** What a failing job dies of, in the engine's own terms (S20, S47, S50, S58 to S60, S65, S68, S82, S83). */
export type JobFailureCode =
  | 'no-endpoint'
  | 'unknown-egress'
  | 'bad-egress-payload'
  | 'unknown-state'
  | 'state-type-mismatch'
  | 'state-expiration-changed'
  | 'duplicate-token'
  | 'cancel-without-token'
  | 'negative-delay'
  | 'call-budget-spent'
  | 'bad-transport-options'
  | 'record-without-key'
  | 'record-without-value'
  | 'injected-crash'
  | 'process-crash'
  | 'checkpoint-expired'
  | 'playground-port-in-use'
  | 'transaction-timeout-too-long'
  | 'transaction-timed-out';

export interface JobFailed extends Base {
  readonly type: 'job-failed';
  readonly code: JobFailureCode;
  readonly message: string;
  readonly address: AddressRef | null;
  readonly call: number | null;
  readonly place: CodePlace | null;
  readonly decision: 'paused' | 'restart' | 'ended';
}
/** All subtasks went back to `checkpoint` (null: none completed yet, S76). */
export interface JobRestarted extends Base {
  readonly type: 'job-restarted';
  readonly attempt: number;
  readonly checkpoint: number | null;
}
export interface CheckpointCompleted extends Base {
  readonly type: 'checkpoint-completed';
  readonly checkpoint: number;
  readonly addresses: number;
  readonly timers: number;
  /** Exactly-once records that became visible with it, by egress. */
  readonly committed: number;
}
export interface BackPressureChanged extends Base {
  readonly type: 'back-pressure';
  readonly subtask: number;
  readonly held: boolean;
  readonly rule: 'async-max-per-task' | 'max-num-batch-requests';
  readonly address: AddressRef | null;
}
export interface CodeApplied extends Base {
  readonly type: 'code-applied';
  readonly code: string;
}
/** From now on attempts of calls to these functions meet a fault, for so long or so many of them (null: no such limit). */
export interface FaultBegan extends Base {
  readonly type: 'fault-began';
  readonly target: EndpointFault['target'];
  readonly effect: FaultEffect;
  readonly forMillis: number | null;
  readonly calls: number | null;
}
/** An act that the engine does not have: a failing batch or record was dropped by the user. */
export interface DroppedByUser extends Base {
  readonly type: 'dropped-by-user';
  readonly address: AddressRef | null;
  readonly messages: readonly number[];
  readonly record: { readonly topic: string; readonly partition: number; readonly offset: number } | null;
}
/** The user skipped to the next timer; feeds wait out the skipped time. */
export interface TimeSkipped extends Base {
  readonly type: 'time-skipped';
  readonly to: VirtualTime;
}

export type TraceEvent =
  | RecordProduced
  | RecordRouted
  | MessageSent
  | CallStarted
  | CallCompleted
  | StateRegistered
  | StateChanged
  | EgressRecordWritten
  | TimerSet
  | TimerFired
  | TimerCancelled
  | CallFailed
  | JobFailed
  | JobRestarted
  | CheckpointCompleted
  | BackPressureChanged
  | CodeApplied
  | FaultBegan
  | DroppedByUser
  | TimeSkipped;

export type TraceEventType = TraceEvent['type'];

/** Values longer than this are cut in a trace line; the whole value is in the call's request or reply. */
export const VALUE_LIMIT = 512;
