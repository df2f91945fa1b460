/** The mutable things of a running job: what they are, and what holds of them. The modules beside this one act on them. */
import type { Typename } from '../base/ids.ts';
import type { EgressDefinition, EndpointDefinition } from '../model/module.ts';
import type { StandIn } from '../model/studio-file.ts';
import type { CallReply } from '../protocol/call.ts';
import type { StateSpec, TypedValue } from '../protocol/messages.ts';
import type { FaultEffect } from './engine-api.ts';
import type { Fifo } from './fifo.ts';
import type { EdgeCounter, NodeCounters } from './metrics.ts';
import type { AddressRef, CallFailureReason, JobFailureCode } from './trace-event.ts';

export type Headers = readonly { readonly name: string; readonly value: string }[];

/** A message on its way to, or waiting at, an address. Never changed, shared freely. */
export interface Message {
  readonly id: number;
  /** Null for messages from an ingress (S30). */
  readonly caller: AddressRef | null;
  readonly value: TypedValue;
}

/** A state's value as the backend keeps it. Never changed: a touch makes a new one. */
export interface StoredValue {
  readonly bytes: Uint8Array;
  readonly touchedAt: number;
}

export interface RegisteredState {
  /** Index into {@link Address.values}. */
  readonly slot: number;
  readonly spec: StateSpec;
}

/** What a subtask knows of a function type in this attempt of the job; it begins with the first request (S9, S12). */
export interface Registration {
  /** In the order of request entries (S13). */
  entries: readonly RegisteredState[];
  /** Names in order of registration. */
  names: readonly string[];
}

/** A state name that the backend has ever seen in this type: survives attempts as far as the checkpoint does (S18). */
export interface StateSlot {
  readonly name: string;
  /** Null when a restore took the registration back. */
  known: { readonly typename: string; readonly expires: boolean } | null;
}

export interface FunctionType {
  readonly index: number;
  readonly typename: Typename;
  readonly endpoint: EndpointDefinition | null;
  readonly standIn: StandIn | null;
  /** Why no message can be sent to it (S58, S64), or null. */
  readonly problem: { readonly code: JobFailureCode; readonly message: string } | null;
  readonly node: NodeCounters;
  readonly byId: Map<string, Address>;
  /** In order of first contact. */
  readonly addresses: Address[];
  readonly slots: StateSlot[];
  /** By subtask. */
  readonly registrations: (Registration | null)[];
  readonly edges: Map<Typename, EdgeCounter>;
  readonly delayedEdges: Map<Typename, EdgeCounter>;
}

export interface Address {
  readonly index: number;
  readonly type: FunctionType;
  readonly ref: AddressRef;
  readonly subtask: Subtask;
  readonly seed: number;
  /** Calls made so far, in all attempts of the job. */
  ordinal: number;
  /** What goes into the next request (S25). */
  waiting: Message[];
  /** R2: the one request in flight. */
  call: Call | null;
  /** By slot of the type. */
  readonly values: (StoredValue | undefined)[];
  dirty: boolean;
}

export interface Call {
  readonly id: number;
  readonly address: Address;
  readonly ordinal: number;
  readonly messages: readonly Message[];
  readonly bootstrap: boolean;
  readonly request: Uint8Array;
  attempt: number;
  /** Attempts since `budgetFrom`. */
  tries: number;
  /** When the attempt was made, and when the first one was (S63). */
  issuedAt: number;
  budgetFrom: number;
  /** When and in which order it completes. */
  at: number;
  seq: number;
  reply: CallReply | null;
  /** The reply's extra duration is in `at`. */
  moved: boolean;
  /** It took longer than it may: what the reply says is ignored. */
  overdue: boolean;
  /** What a fault of the endpoint does to this attempt, or null. */
  fault: FaultEffect | null;
  /** Times that OkHttp sent the request again by itself within this attempt (S61). */
  resends: number;
  /** Times in a row that this batch was answered incomplete though nothing was missing any more (S16). */
  readonly unready: number;
  /** Why the last attempt failed. */
  lastFailure: CallFailureReason | null;
  phase: 'in-flight' | 'waiting-to-retry' | 'waiting-out-budget' | 'paused';
  handedOut: boolean;
  stored: boolean;
}

export type LocalJob =
  | { readonly type: 'message'; readonly to: Address; readonly message: Message }
  /** A request that was in flight at the checkpoint (S74, S75). */
  | { readonly type: 'resend'; readonly to: Address; readonly messages: readonly Message[] };
export type Mail = { readonly type: 'completion'; readonly call: Call } | { readonly type: 'timer'; readonly timer: Timer };
export type InputJob =
  | { readonly type: 'read'; readonly reader: Reader }
  /** A record that its reader is past: it waits here alone, and the partition goes on. */
  | { readonly type: 'record'; readonly reader: Reader; readonly offset: number }
  | { readonly type: 'feedback'; readonly to: Address; readonly message: Message };

/** A single thread with its queues (S2). */
export interface Subtask {
  readonly index: number;
  /** The bootstrap call that it stands for (S14). */
  blockedBy: Call | null;
  /** Local sends, drained inside the job that made them (S3). */
  readonly local: Fifo<LocalJob>;
  /** What arrived while it stood. */
  readonly mails: Fifo<Mail>;
  /** How many of `inputs` are records whose reader is past them, and how many are readers that stand. */
  ahead: number;
  stalled: number;
  /** How many of `inputs`, the first ones, are feedback messages of the checkpoint: they come before timers (S74). */
  restored: number;
  /** Ingress records and feedback messages, which alone feel back-pressure (S26, S27). */
  readonly inputs: Fifo<InputJob>;
  inFlight: number;
  /** Addresses whose batch reached maxNumBatchRequests (S27). */
  readonly heldBy: Set<Address>;
  /** The rule by which an input waits right now, as the trace told it. */
  shownHold: 'async-max-per-task' | 'max-num-batch-requests' | null;
  drainScheduled: boolean;
}

export interface Timer {
  readonly id: number;
  /** When it fires: one ms after `due` (S42). */
  readonly at: number;
  readonly seq: number;
  readonly due: number;
  readonly from: AddressRef;
  readonly to: AddressRef;
  readonly token: string | null;
  readonly value: TypedValue;
  readonly call: number;
}

/** One ingress reading one partition of one topic. */
export interface Reader {
  readonly index: number;
  readonly ingress: Typename;
  readonly kind: string;
  readonly topic: string;
  readonly partition: number;
  readonly valueType: string;
  readonly targets: readonly Typename[];
  readonly ingressNode: NodeCounters;
  readonly routerNode: NodeCounters;
  readonly ingressEdge: EdgeCounter;
  readonly targetEdges: readonly EdgeCounter[];
  offset: number;
  /** Records before `offset` that still wait at their subtasks. */
  ahead: number;
  /** Where it started in this attempt's history, and what the user dropped since; for the audit. */
  startOffset: number;
  dropped: number;
  /** Kafka: what the consumer group has committed, with each checkpoint; -1 for nothing. The broker keeps it over all failures. */
  groupOffset: number;
  /** A read is on the agenda or in a subtask's inputs. */
  scheduled: boolean;
}

export interface Egress {
  readonly definition: EgressDefinition;
  /** Records wait for the checkpoint that covers them. Without checkpoints Flink takes exactly-once for none. */
  readonly transactional: boolean;
  /** When the open transaction of each subtask's producer got its first record; the broker ends it so long after. */
  readonly openSince: (number | null)[];
  readonly node: NodeCounters;
  readonly edges: Map<Typename, EdgeCounter>;
}

/** A record as a function's message to an egress makes it. */
export interface EgressRecord {
  readonly egress: Egress;
  readonly topic: string;
  readonly key: string | null;
  /** Kinesis only: decides on the shard in place of the key. */
  readonly explicitHashKey?: string | null;
  readonly typename: string;
  readonly value: Uint8Array;
}

/** A record of a transaction that no checkpoint has covered yet (S79). */
export interface OpenRecord {
  readonly egress: Typename;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly subtask: number;
}

export type AgendaItem = { readonly at: number; readonly seq: number } & (
  | { readonly type: 'completion'; readonly call: Call }
  | { readonly type: 'retry'; readonly call: Call }
  | { readonly type: 'budget-spent'; readonly call: Call }
  | { readonly type: 'read'; readonly reader: Reader }
  | { readonly type: 'feedback'; readonly to: Address; readonly message: Message }
  | { readonly type: 'drain'; readonly subtask: Subtask }
  | { readonly type: 'restart' }
);

export interface JobFailure {
  readonly code: JobFailureCode;
  readonly message: string;
  readonly address: AddressRef | null;
}

/** What the run paused at; each part names the thing that a decision acts on. */
export type PendingFailure =
  | { readonly type: 'call'; readonly call: Call; readonly reason: CallFailureReason }
  | { readonly type: 'reply'; readonly call: Call; readonly failure: JobFailure; readonly leaving: readonly EgressRecord[] }
  | { readonly type: 'record'; readonly reader: Reader; readonly failure: JobFailure }
  | { readonly type: 'timer'; readonly timer: Timer; readonly failure: JobFailure }
  /** The job itself: nothing of it can be left out. */
  | { readonly type: 'job'; readonly failure: JobFailure };
