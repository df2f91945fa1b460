/** What a case of the facts is: functions, steps and what is compared, as data that is played on the real engine and in the simulator. */
import type { StateSpec } from '../../../src/protocol/messages.ts';
import type { EndpointFault } from '../../../src/runtime/engine-api.ts';
import type { Program } from '../../support/programs/command.ts';
import type { TopicSpec } from '../driver/partner-client.ts';
import type { AddressText, Recording } from '../recording.ts';
import type { Seen } from './observation.ts';

export interface CaseRecord {
  readonly topic: string;
  readonly key: string | null;
  /** A program, the very bytes as text, or null for a tombstone. */
  readonly value: Program | string | null;
  /** Names the program's message in what is compared. */
  readonly n?: string;
  readonly partition?: number;
}

export type Step =
  | { readonly do: 'produce'; readonly records: readonly CaseRecord[] }
  /** Until every call is answered and applied, but those of held addresses. In the simulator half a second passes. */
  | { readonly do: 'settle' }
  /** Answers to requests of this address wait from now on for its release. */
  | { readonly do: 'hold'; readonly target: AddressText }
  | { readonly do: 'release'; readonly target: AddressText }
  /** Time passes: what delays and expirations are measured by. */
  | { readonly do: 'pass'; readonly millis: number }
  | { readonly do: 'deploy'; readonly types: FunctionTypes }
  | { readonly do: 'fault'; readonly fault: EndpointFault }
  | { readonly do: 'checkpoint' }
  /** Asks for a checkpoint that cannot complete yet. */
  | { readonly do: 'begin-checkpoint' }
  | { readonly do: 'crash' }
  /** The process dies and is started anew without a savepoint (S77). */
  | { readonly do: 'process-crash' }
  /** On the engine waits for an event; `simulated` milliseconds pass in the simulator. */
  | { readonly do: 'until'; readonly event: AwaitedEvent; readonly simulated: number };

export type AwaitedEvent =
  /** A request to the address that holds the message, for the so-manieth time. */
  | { readonly type: 'request'; readonly target: AddressText; readonly n: string; readonly times?: number }
  /** The subtask took the message for the address, for the so-manieth time; it may wait there. */
  | { readonly type: 'taken'; readonly target: AddressText; readonly n: string; readonly times: number }
  /** An answer of the address was applied. */
  | { readonly type: 'applied'; readonly target: AddressText }
  /** A request to the address that holds the message, and the states that its code declares. */
  | { readonly type: 'accepted'; readonly target: AddressText; readonly n: string }
  /** All tasks run again, for the so-manieth time in this case. */
  | { readonly type: 'restarted'; readonly times: number }
  | { readonly type: 'failed'; readonly times: number }
  | { readonly type: 'ended' }
  /** So many records of a topic, as a reader sees them. */
  | { readonly type: 'egress'; readonly topic: string; readonly records: number; readonly committed: boolean };

/** The functions of a case and their states: what its code declares. */
export type FunctionTypes = Readonly<Record<string, readonly StateSpec[]>>;

export interface EngineCase {
  /** File name of its recording. */
  readonly name: string;
  /** A sentence that begins with the facts it shows. */
  readonly title: string;
  readonly types: FunctionTypes;
  readonly egressTopics?: readonly string[];
  readonly steps: readonly Step[];
  readonly compare?: Comparison;
  /** What must be so on both sides and cannot be told by comparing, such as that nothing is early. Null when it is so. */
  readonly check?: (seen: Seen) => string | null;
  /** What must be so of the engine alone. */
  readonly checkEngine?: (recording: Recording) => string | null;
}

/**
 * How requests of an address are compared: `sequence`, one by one and byte for byte; `batches`, one by one and by their messages;
 * `messages`, the sequence of (caller, argument) however batched; `multiset`, without order. What StateFun leaves open decides.
 */
export type RequestRule = 'sequence' | 'batches' | 'messages' | 'multiset' | 'nothing';

export interface Comparison {
  /** Default: sequence. */
  readonly requests?: RequestRule;
  /** Addresses compared by another rule. */
  readonly except?: Readonly<Record<AddressText, RequestRule>>;
  /** Also how often each request was made within one attempt of the job; one made again by a later attempt always counts. */
  readonly tries?: boolean;
  /** Also the order in which requests of different addresses reached the server. */
  readonly order?: boolean;
  /** Also in which order checkpoints completed among the requests. */
  readonly checkpoints?: boolean;
  readonly egress?: 'sequence' | 'multiset';
  /** Values of such records are compared as read_uncommitted readers see them; default true. */
  readonly uncommitted?: boolean;
}

/** Cases that share a job, one after another. */
export interface CaseGroup {
  readonly name: string;
  readonly module: string;
  readonly config: Readonly<Record<string, string>>;
  readonly topics: readonly TopicSpec[];
  readonly egressTopics: readonly TopicSpec[];
  /** The job fails before all its tasks run. */
  readonly startFails?: boolean;
  readonly cases: readonly EngineCase[];
}
