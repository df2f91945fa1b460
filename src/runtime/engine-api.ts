/**
 * What the engine takes, gives and promises. The engine performs nothing: its host performs, and feeds back.
 *
 * R1 determinism: config + inputs (each non-reply input at the same event count) give one trace, byte for byte. How
 *    `advance` is sliced, how many calls `takeCalls` hands out at once, and when a reply arrives leave no mark on it.
 * R2 one in flight per address. R3 atomic replies. R4 order from one address to another.
 * R5 consistency of a restore. R6 nothing lost: `audit()` proves it at any moment.
 */
import type { EdgeId, NodeId, Typename, VirtualTime } from '../base/ids.ts';
import type { CallReply, CallRequest } from '../protocol/call.ts';
import type { Feed } from '../model/feed.ts';
import type { ModuleDefinition } from '../model/module.ts';
import type { SimulationSettings } from '../model/simulation-settings.ts';
import type { RemoteEndpoint, StandIn } from '../model/studio-file.ts';
import type { HeldFunction } from '../protocol/code-change.ts';
import type { AddressRef, CallFailureReason, JobFailureCode, TraceEvent } from './trace-event.ts';

export interface RunConfig {
  readonly module: ModuleDefinition;
  readonly settings: SimulationSettings;
  readonly feeds: readonly Feed[];
  /** Text of the files that `file` feeds read, by path. */
  readonly feedFiles: Readonly<Record<string, string>>;
  /** Function types without code: the engine answers their calls itself, at the minimum latency. */
  readonly standIns: readonly StandIn[];
  /** Functions whose calls the host has answered outside the Studio; nothing to the engine. */
  readonly remotes?: readonly RemoteEndpoint[];
  /** False: keys and values of records that functions write are told in the trace and kept nowhere, for runs of millions. */
  readonly keepEgressRecords?: boolean;
  /** False: the host never asks for one, and messages that wait may share the bytes of their records. */
  readonly takesSnapshots?: boolean;
}

export interface UserRecord {
  readonly topic: string;
  /** Null lets the partitioner choose by key. */
  readonly partition: number | null;
  readonly key: string | null;
  /** Null is a tombstone (S83). */
  readonly value: Uint8Array | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export type EngineInput =
  | { readonly type: 'reply'; readonly reply: CallReply }
  /** `at` is at least the clock that the user saw; the engine takes max(at, its own now). */
  | { readonly type: 'produce'; readonly at: VirtualTime; readonly record: UserRecord }
  | { readonly type: 'checkpoint'; readonly at: VirtualTime }
  /** A task fails: the restart strategy decides, and the job goes back to the last checkpoint. */
  | { readonly type: 'crash'; readonly at: VirtualTime }
  /** The process dies and is started anew without a savepoint: nothing of its checkpoints is used (S77). */
  | { readonly type: 'process-crash'; readonly at: VirtualTime }
  /** From now on the endpoint of some functions misbehaves. */
  | { readonly type: 'fault'; readonly at: VirtualTime; readonly fault: EndpointFault }
  | { readonly type: 'skip-to-timer'; readonly at: VirtualTime }
  /** New code took effect; later calls go to it. */
  | { readonly type: 'code'; readonly at: VirtualTime; readonly code: string }
  | { readonly type: 'decide'; readonly decision: FailureDecision };

/** What an endpoint does to attempts of calls that are made while it lasts. Of several that match, the oldest has its way. */
export interface EndpointFault {
  /** The functions that it hits; name `*` stands for the whole namespace. */
  readonly target: { readonly namespace: string; readonly name: string };
  readonly effect: FaultEffect;
  /** Virtual ms that it lasts; null for no end. */
  readonly forMillis: number | null;
  /** Attempts that it hits; null for no limit. It ends with whichever of the two comes first. */
  readonly calls: number | null;
}

/** All but `slow` keep the attempt from the function's code. */
export type FaultEffect =
  /** The connection is refused, or accepted and then dropped. */
  | { readonly type: 'refused' }
  | { readonly type: 'dropped' }
  /** The request is taken and never answered. */
  | { readonly type: 'no-answer' }
  /** An answer with this HTTP status; from 200 to 299 it has an empty body, which is a success without effects (S61). */
  | { readonly type: 'status'; readonly status: number }
  /** 200 with a body that is not a FromFunction. */
  | { readonly type: 'malformed' }
  /** 200 with another content type than application/octet-stream. */
  | { readonly type: 'content-type'; readonly contentType: string }
  /** The function's answer takes so many virtual ms longer. */
  | { readonly type: 'slow'; readonly millis: number };

/**
 * What to do about the failure that paused the run. `retry`: send the same batch (or read the same record) again, with
 * the code of now. `as-engine`: what StateFun would do, now and for this failure's repetitions, without pausing again
 * for the same address or record. `drop`: go on without the batch or record, an act the engine does not have.
 */
export type FailureDecision = 'retry' | 'as-engine' | 'drop';

export interface PausedFailure {
  readonly at: VirtualTime;
  readonly address: AddressRef | null;
  readonly call: number | null;
  readonly messages: readonly number[];
  readonly record: { readonly topic: string; readonly partition: number; readonly offset: number } | null;
  readonly failure:
    | { readonly type: 'call'; readonly reason: CallFailureReason }
    | { readonly type: 'job'; readonly code: JobFailureCode; readonly message: string };
}

export interface AdvanceLimit {
  /** Handle no event later than this; null for no limit. */
  readonly until: VirtualTime | null;
  /** Handle at most so many events; null for no limit. */
  readonly events: number | null;
  /** Stop as soon as nothing but delayed messages is left to do, or behind the event that delivered one of them. */
  readonly stopAt?: 'quiet' | 'timer' | null;
  /** Stop behind the event that restarted the job, too. */
  readonly stopAtRestart?: boolean;
}

export type AdvanceStop =
  /** The earliest call in flight must be answered before anything else may happen. */
  | 'needs-replies'
  | 'until'
  | 'events'
  /** What `stopAt` or `stopAtRestart` waits for has come. */
  | 'reached'
  /** Nothing is due, ever, unless the user does something. */
  | 'idle'
  | 'paused'
  /** The job failed and no restart follows (S7). */
  | 'ended';

export interface AddressView {
  readonly address: AddressRef;
  readonly subtask: number;
  readonly states: readonly {
    readonly name: string;
    readonly typename: string;
    readonly bytes: Uint8Array;
    readonly touchedAt: VirtualTime;
    readonly expiresAt: VirtualTime | null;
  }[];
  readonly waiting: number;
  readonly inFlight: boolean;
}

export interface TimerView {
  readonly timer: number;
  readonly due: VirtualTime;
  readonly from: AddressRef;
  readonly to: AddressRef;
  readonly token: string | null;
  readonly typename: string;
  readonly bytes: Uint8Array;
}

export interface NodeMetrics {
  /** Function: requests in flight. */
  readonly inFlight: number;
  /** Function: messages waiting in batches. Ingress and router: records not yet read (lag). */
  readonly queued: number;
  /** Function: addresses seen. Egress: records visible to a read_committed reader. */
  readonly instances: number;
  /** Function: timers waiting to fire to it. Egress: records not yet committed. */
  readonly waiting: number;
  /** Messages handled (function), records routed (router, ingress), records written (egress). */
  readonly handled: number;
}

/** Plain numbers for the projection; cheap to read sixty times a second. */
export interface EngineMetrics {
  readonly now: VirtualTime;
  /** Events handled since the run began: the engine's own position, monotonous. */
  readonly events: number;
  readonly messages: number;
  readonly callsInFlight: number;
  readonly timers: number;
  readonly nextTimer: VirtualTime | null;
  readonly checkpoint: { readonly id: number; readonly at: VirtualTime } | null;
  readonly jobAttempt: number;
  readonly heldSubtasks: number;
  readonly nodes: ReadonlyMap<NodeId, NodeMetrics>;
  /** Messages that went along each edge. Edges appear here when first used, drawn in code or not. */
  readonly edges: ReadonlyMap<EdgeId, number>;
}

/** A change of the engine since the last snapshot. Cells are keyed; null removes one. Values are structured-clonable. */
export interface SnapshotDelta {
  readonly version: number;
  readonly core: unknown;
  readonly cells: readonly (readonly [key: string, value: unknown])[];
}

export interface AuditReport {
  readonly ok: boolean;
  /** Records accepted, and where each is (R6). They add up when `ok`. */
  readonly accepted: number;
  readonly unread: number;
  readonly violations: readonly string[];
}

export interface Engine {
  advance(limit: AdvanceLimit): AdvanceStop;
  apply(input: EngineInput): void;
  /** Up to `max` calls not yet handed out, those that must complete first coming first. */
  takeCalls(max: number): readonly CallRequest[];
  /** The request of a call that has not ended, as it was or would be handed out; null for any other. Empty for a type without code. */
  openCall(call: number): CallRequest | null;
  /** Calls issued and not yet handed out. */
  pendingCalls(): number;
  takeTrace(): readonly TraceEvent[];
  metrics(): EngineMetrics;
  paused(): PausedFailure | null;
  /** Everything that changed since the last call of this method (all, the first time). The trace is not part of it: take it first. */
  snapshot(): SnapshotDelta;
  audit(): AuditReport;

  /** Addresses of a type in order of first contact. */
  addresses(type: Typename, from: number, count: number): { readonly total: number; readonly rows: readonly AddressView[] };
  address(ref: AddressRef): AddressView | null;
  /** What the runtime holds of the function types that were called: for telling what new code would change. */
  held(): readonly HeldFunction[];
  timers(from: number, count: number): { readonly total: number; readonly rows: readonly TimerView[] };
  topics(): readonly {
    readonly topic: string;
    readonly role: 'ingress' | 'egress';
    readonly partitions: number;
    readonly records: number;
    readonly committed: number;
  }[];
  records(topic: string, from: number, count: number): { readonly total: number; readonly rows: readonly TopicRecord[] };
}

export interface TopicRecord {
  readonly partition: number;
  readonly offset: number;
  readonly at: VirtualTime;
  readonly key: string | null;
  readonly typename: string;
  readonly value: Uint8Array | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** Egress: visible to a read_committed reader. Ingress: read by every ingress of the topic. */
  readonly done: boolean;
  /** The call that wrote it, null for an ingress topic. */
  readonly call: number | null;
}
