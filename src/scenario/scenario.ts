/**
 * A scenario as it is played: plain data, times in virtual milliseconds, places one-based. `parse-scenario.ts` makes it
 * from a file `scenarios/NAME.yaml`; anything that can run a project can play it.
 */
import type { FilePath, Typename } from '../base/ids.ts';
import type { JsonValue } from '../base/json.ts';
import type { RestartStrategy } from '../model/simulation-settings.ts';
import type { TypedValue, WireAddress } from '../protocol/messages.ts';
import type { FaultEffect } from '../runtime/engine-api.ts';

/** One-based line and column in the scenario's file, and the same as an offset into its text. */
export interface SourcePlace {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface Scenario {
  readonly path: FilePath;
  readonly title: string | null;
  readonly description: string | null;
  readonly settings: ScenarioSettings;
  readonly steps: readonly Step[];
  /** What has to hold when everything is done. */
  readonly expect: readonly Expectation[];
}

/** Absent settings are the project's own, those of studio.json. */
export interface ScenarioSettings {
  readonly seed?: string;
  /** Milliseconds since 1970. */
  readonly startAt?: number;
  readonly parallelism?: number;
  readonly partitions?: number;
  /** Null: off. */
  readonly checkpointIntervalMillis?: number | null;
  readonly restartStrategy?: RestartStrategy;
  /** 0: no limit. */
  readonly asyncMaxPerTask?: number;
  readonly callLatency?: { readonly minMillis: number; readonly meanMillis: number };
  /** Whether the feeds of studio.json run beside the scenario's own records. */
  readonly generators: boolean;
}

export type Payload =
  | { readonly type: 'json'; readonly value: JsonValue }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'base64'; readonly base64: string }
  | { readonly type: 'tombstone' };

export interface SentRecord {
  readonly place: SourcePlace;
  readonly topic: string;
  /** Null: a record without key. */
  readonly key: string | null;
  readonly payload: Payload;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** Null: as the key decides. */
  readonly partition: number | null;
  /** Null: one record, exactly as it is written. Otherwise key, value and headers are templates, filled in for each. */
  readonly repeat: RepeatedRecord | null;
}

export interface RepeatedRecord {
  /** Tells the repeated records of one scenario apart, so that each draws its own chance. */
  readonly stream: string;
  readonly count: number;
  /** Null: all at once. */
  readonly rate: { readonly perSecond: number; readonly jitter: 'none' | 'poisson' } | null;
}

export interface CodeChange {
  readonly place: SourcePlace;
  /** The file whose text changes. */
  readonly file: FilePath;
  readonly content: { readonly type: 'text'; readonly text: string } | { readonly type: 'from'; readonly path: FilePath };
}

interface StepBase {
  readonly place: SourcePlace;
  /** Virtual ms since the start at which the step is played; null: when the step before it is done. */
  readonly at: number | null;
}

export type Step =
  | (StepBase & { readonly type: 'send'; readonly records: readonly SentRecord[] })
  | (StepBase & { readonly type: 'wait'; readonly wait: Wait })
  | (StepBase & { readonly type: 'fault'; readonly fault: Fault })
  | (StepBase & { readonly type: 'crash'; readonly what: 'task' | 'process' })
  | (StepBase & { readonly type: 'checkpoint' })
  | (StepBase & { readonly type: 'call'; readonly call: FunctionCall })
  | (StepBase & { readonly type: 'code'; readonly changes: readonly CodeChange[] })
  | (StepBase & { readonly type: 'expect'; readonly expect: readonly Expectation[] });

export type Wait =
  | { readonly type: 'for'; readonly millis: number }
  | { readonly type: 'until'; readonly at: number }
  /** Until nothing but delayed messages is left to do. */
  | { readonly type: 'idle'; readonly atMostMillis: number }
  /** Until the next delayed message is delivered. */
  | { readonly type: 'next-timer'; readonly atMostMillis: number | null };

export interface Fault {
  /** `ns/name` or `ns/*`, as endpoints name the functions that they serve. */
  readonly functions: { readonly namespace: string; readonly name: string };
  readonly effect: FaultEffect;
  readonly forMillis: number | null;
  readonly calls: number | null;
}

/** One call of one function, apart from the run: what the engine would ask it, and what it has to answer. */
export interface FunctionCall {
  readonly place: SourcePlace;
  readonly function: Typename;
  readonly id: string;
  /** What the clock shows, milliseconds since 1970; null: as the run's does. */
  readonly time: number | null;
  readonly seed: number;
  /** Those that have a value. */
  readonly states: readonly { readonly name: string; readonly value: TypedValue }[];
  readonly messages: readonly { readonly caller: WireAddress | null; readonly value: TypedValue }[];
  /** Null: that it answers is enough. */
  readonly expect: CallExpectation | null;
}

export type CallExpectation =
  /** `message`: text that name and message of the error hold. */
  | { readonly type: 'throws'; readonly message: string }
  /** Of each kind all effects there are, in order; null: not looked at. */
  | {
      readonly type: 'reply';
      readonly states: readonly StateMatch[] | null;
      readonly sends: readonly SendMatch[] | null;
      readonly delayed: readonly (SendMatch & { readonly afterMillis: number | null; readonly token: string | null })[] | null;
      readonly cancels: readonly string[] | null;
      readonly egress: readonly EgressMatch[] | null;
    };

/** A state that is written; null: that is deleted. */
export interface StateMatch {
  readonly name: string;
  readonly value: ValueMatch | null;
}

export interface SendMatch {
  readonly function: Typename;
  readonly id: string;
  /** Null: of any type. */
  readonly typename: string | null;
  /** Null: any value. */
  readonly value: ValueMatch | null;
}

export interface EgressMatch {
  readonly egress: Typename;
  /** Undefined: any. A record that is none of Kafka's or Kinesis' has no topic. */
  readonly topic?: string;
  readonly key?: string;
  readonly value: ValueMatch | null;
}

export interface CountRange {
  readonly atLeast: number;
  readonly atMost: number | null;
}

/** What a value has to be. `contains`: members that are not named do not matter. */
export type ValueMatch =
  | { readonly type: 'json'; readonly value: JsonValue }
  | { readonly type: 'json-contains'; readonly value: JsonValue }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'text-contains'; readonly text: string }
  | { readonly type: 'base64'; readonly base64: string };

export interface RecordMatch {
  /** Undefined: any; null: a record without key. */
  readonly key?: string | null;
  /** Null: any value. */
  readonly value: ValueMatch | null;
}

interface ExpectationBase {
  readonly place: SourcePlace;
}

export type RecordOrder = 'in-order' | 'per-key' | 'any';

export interface EgressExpectation extends ExpectationBase {
  readonly type: 'egress';
  readonly egress: Typename;
  /** Null: every topic that the egress writes to. */
  readonly topic: string | null;
  /** Only records with this key; null: all. */
  readonly key: string | null;
  /** What a consumer sees with isolation level read_committed or read_uncommitted. */
  readonly read: 'committed' | 'uncommitted';
  /** All the records there are. */
  readonly records: { readonly list: readonly RecordMatch[]; readonly order: RecordOrder } | null;
  /** Each of these is there at least once. */
  readonly include: readonly RecordMatch[];
  readonly count: CountRange | null;
}

export interface StateExpectation extends ExpectationBase {
  readonly type: 'state';
  readonly function: Typename;
  readonly id: string;
  readonly state: string;
  /** Null: absent. */
  readonly value: ValueMatch | null;
}

export interface FailureExpectation extends ExpectationBase {
  readonly type: 'failures';
  /** `none`: neither the job nor a call failed. */
  readonly level: 'none' | 'job' | 'call';
  readonly kind: string | null;
  readonly function: Typename | null;
  readonly id: string | null;
  /** Text that the message holds. */
  readonly message: string | null;
  readonly count: CountRange;
}

export interface TimerExpectation extends ExpectationBase {
  readonly type: 'timers';
  readonly count: CountRange;
  /** The function that the delayed messages go to. */
  readonly function: Typename | null;
  readonly id: string | null;
  readonly token: string | null;
}

export type Expectation = EgressExpectation | StateExpectation | FailureExpectation | TimerExpectation;
