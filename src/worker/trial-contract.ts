/**
 * Trying one function alone, and looking again at a call that a run recorded: what the page asks for and gets. Both execute one
 * request in an observing sandbox, whose code is instrumented; nothing of it reaches the run.
 */
import type { FilePath, Typename, VirtualTime } from '../base/ids.ts';
import type { CodePlace, FetchRecord, FunctionError, LogLine } from '../protocol/call.ts';
import type { TypedValue } from '../protocol/messages.ts';
import type { AddressRef } from '../runtime/trace-event.ts';
import type { ObservedFile, ObservedMark } from '../sandbox/observe/observation.ts';
import type { CodeProblem } from '../sandbox/sandbox-api.ts';
import type { ShownValue } from './contract.ts';

/** One invocation as it reaches a function: what the engine would put into the request. */
export interface TrialInput {
  readonly typename: Typename;
  readonly id: string;
  /** At least one; several make a batch (S25). */
  readonly messages: readonly { readonly caller: AddressRef | null; readonly value: TypedValue }[];
  /** States by name; null: absent (S11). A declared state that is not named is absent too. */
  readonly states: readonly { readonly name: string; readonly value: TypedValue | null }[];
  /** The clock that the function sees. */
  readonly at: VirtualTime;
  /** Seeds Math.random and crypto. */
  readonly seed: number;
}

/** Prints the value of an expression each time the statement that begins at or after the line is reached. Changes no code. */
export interface Logpoint {
  readonly path: FilePath;
  /** One-based. */
  readonly line: number;
  /** A JavaScript expression in the scope of the line, or text with `{expression}` in it. */
  readonly expression: string;
}

/** Something that happened at a line during the observed call, in order. `text` is short: what stands beside the line. */
export type LineMark = ObservedMark;

/** One-based lines that hold statements of a function file, by whether the observed call reached them. */
export type FileCoverage = ObservedFile;

export type TrialOutcome =
  | { readonly type: 'completed' }
  /** Declared states were not in the request and the function asked for them; cannot happen for a trial made here. */
  | { readonly type: 'incomplete'; readonly missing: readonly string[] }
  | { readonly type: 'threw'; readonly error: FunctionError }
  /** Ended after its limit of real time, or its worker died: `message` says what and what to do, `place` where the code stayed. */
  | { readonly type: 'failed'; readonly message: string; readonly place: CodePlace | null }
  /** Nothing was called: the code does not compile or load, or defines no such function. */
  | { readonly type: 'not-loaded'; readonly message: string; readonly problems: readonly CodeProblem[] };

/** Why a logpoint prints nothing: its expression cannot be read, or its line is none that a call reaches. */
export interface LogpointProblem {
  /** Index in the logpoints of the request. */
  readonly logpoint: number;
  /** One-based column in `expression`; null where the line is at fault. */
  readonly column: number | null;
  readonly message: string;
}

export interface TrialResult {
  readonly outcome: TrialOutcome;
  /** Real ms that the call took. */
  readonly realMillis: number;
  /** Virtual ms that stubs and awaited timers took. */
  readonly virtualMillis: number;
  /** Every state that was given or written. `null`: absent. */
  readonly states: readonly {
    readonly name: string;
    readonly before: ShownValue | null;
    readonly after: ShownValue | null;
    readonly change: 'none' | 'written' | 'deleted';
  }[];
  readonly sends: readonly { readonly to: AddressRef; readonly value: ShownValue }[];
  readonly delayed: readonly {
    readonly to: AddressRef;
    readonly value: ShownValue;
    readonly delayMillis: number;
    readonly due: VirtualTime;
    readonly token: string | null;
  }[];
  readonly cancellations: readonly { readonly token: string | null }[];
  readonly egress: readonly {
    readonly egress: Typename;
    /** Topic or stream; null where the payload is no egress record (S60). */
    readonly topic: string | null;
    readonly key: string | null;
    readonly value: ShownValue;
  }[];
  readonly logs: readonly LogLine[];
  readonly fetches: readonly FetchRecord[];
  readonly marks: readonly LineMark[];
  readonly coverage: readonly FileCoverage[];
  readonly logpointProblems: readonly LogpointProblem[];
  /** The protocol in text form. `reply` null where there was none. */
  readonly request: string;
  readonly reply: string | null;
  /** Hash of the code that was observed. */
  readonly code: string;
}

/** A recorded call, executed once more with the code and the stubs it had. */
export interface ObservedCall {
  readonly call: number;
  readonly attempt: number;
  readonly input: TrialInput;
  readonly result: TrialResult;
  /** Null: the same bytes as recorded. Otherwise where the answers differ first, for people: the function is not deterministic. */
  readonly difference: string | null;
  /** Files whose text was another one for this call than it is now. */
  readonly changedFiles: readonly FilePath[];
}

/** A recorded call as an event of the trace names it; `attempt` null: the last one that was answered. */
export type RecordedCallRef = { readonly seq: number } | { readonly call: number; readonly attempt: number | null };

/** What the last calls of a function came to, for code lenses. Counts are of the whole run. */
export interface FunctionActivity {
  readonly typename: Typename;
  readonly messages: number;
  /** Trace sequence number of the start of the newest call that has an answer; null before the first. */
  readonly lastCall: number | null;
  readonly lastError: { readonly seq: number; readonly error: string } | null;
}

/** Calls a function with many values drawn from what it takes, each twice in workers of their own. */
export interface FuzzRequest {
  readonly typename: Typename;
  /** At most 5000. */
  readonly samples: number;
  /** The same seed, code and run give the same samples. */
  readonly seed: number;
}

export interface FuzzFinding {
  readonly type:
    | 'throws'
    /** Answered otherwise in another order of the same calls: the function remembers something outside of its state. */
    | 'impure'
    /** Did not return in time, or waits for what can never come. */
    | 'endless';
  /** One line for people. */
  readonly message: string;
  /** The line at fault, where it is known. */
  readonly place: CodePlace | null;
  /** What was thrown with the smallest input. */
  readonly error: FunctionError | null;
  /** Of `impure`: where the two answers differ first. */
  readonly difference: string | null;
  /** Samples that led here. */
  readonly count: number;
  /** Whether `input` keeps to its types; otherwise a field is missing, null or of another kind, as bad data would have it. */
  readonly fits: boolean;
  /** The smallest input found that leads here: opens in the bench. */
  readonly input: TrialInput;
}

export interface FuzzReport {
  /** Samples that were tried. */
  readonly samples: number;
  readonly cancelled: boolean;
  /** The types that values were drawn for, and what is known of each: by its TypeScript type, by recorded values, by neither. */
  readonly types: readonly {
    readonly typename: string;
    readonly use: 'message' | 'state';
    readonly from: readonly ('code' | 'recorded')[];
  }[];
  readonly findings: readonly FuzzFinding[];
  readonly realMillis: number;
  /** Why nothing was tried, else null. */
  readonly notLoaded: { readonly message: string; readonly problems: readonly CodeProblem[] } | null;
}
