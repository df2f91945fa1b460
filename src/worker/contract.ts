/**
 * The one typed message contract between the page and the worker that owns runtime and storage.
 * The page asks (a `Request` has exactly one `Response`), the worker tells (`WorkerEvent`, any time).
 */
import type { FilePath, NodeId, EdgeId, ProjectId, RunId, Typename, VirtualTime } from '../base/ids.ts';
import type { Edit } from '../model/edit.ts';
import type { SimulationSettings } from '../model/simulation-settings.ts';
import type { CodePlace, FunctionError, FetchRecord, LogLine, RemoteExchange } from '../protocol/call.ts';
import type { ReplyDifference } from '../protocol/compare-replies.ts';
import type {
  AddressView,
  AuditReport,
  FailureDecision,
  NodeMetrics,
  PausedFailure,
  TimerView,
  TopicRecord,
  UserRecord,
} from '../runtime/engine-api.ts';
import type { CodeChange } from '../protocol/code-change.ts';
import type { AddressRef, TraceEventType } from '../runtime/trace-event.ts';
import type { CodeProblem, LoadReport } from '../sandbox/sandbox-api.ts';
import type { ScenarioProgress, ScenarioRequests } from './scenario-contract.ts';
import type {
  FunctionActivity,
  FuzzReport,
  FuzzRequest,
  Logpoint,
  ObservedCall,
  RecordedCallRef,
  TrialInput,
  TrialResult,
} from './trial-contract.ts';

export type FileTree = ReadonlyMap<FilePath, string | Uint8Array>;

export interface ProjectSummary {
  readonly id: ProjectId;
  readonly name: string;
  /** Real time of the last edit, ms since 1970. */
  readonly editedAt: number;
  readonly hasRun: boolean;
}

export interface OpenedProject {
  readonly id: ProjectId;
  readonly name: string;
  readonly files: FileTree;
  /** False: another tab has it open; edits are refused until `take-over`. */
  readonly writable: boolean;
  readonly run: RunStatus | null;
}

/** `max` handles events as fast as they come; a number is virtual seconds per real second. */
export type Speed = number | 'max';

export type RunPhase =
  | 'starting'
  | 'playing'
  | 'stopped'
  /** Waiting for a decision about a failure. */
  | 'failed'
  /** Nothing more will happen by itself. */
  | 'idle'
  /** The job failed for good (S7). */
  | 'ended'
  /** Goes on in another tab, or cannot be saved any more: what was shown stays, nothing can be done with it here. */
  | 'read-only';

/** Low-rate facts of a run: React may hold these. */
export interface RunStatus {
  readonly run: RunId;
  readonly phase: RunPhase;
  readonly speed: Speed;
  readonly seed: string;
  /** The settings this run was started with; the project's may have changed since, and apply at Reset. */
  readonly settings: SimulationSettings;
  readonly failure: PausedFailure | null;
  /** The error behind `failure`, mapped to the user's files. */
  readonly error: FunctionError | null;
  /** Hash of the code that runs now, and whether the project's code differs from it. */
  readonly code: string;
  readonly codeProblems: readonly CodeProblem[];
  readonly report: LoadReport;
  /** Of this run only messages and log lines are known here: no counts, states, timers or topics. */
  readonly recordOnly: boolean;
  /** A line for the user when the run cannot start or go on; names the way out. */
  readonly notice: string | null;
}

/** High-rate facts: read by the canvas layer once a frame, never through React state. */
export interface RunProjection {
  readonly run: RunId;
  readonly now: VirtualTime;
  readonly events: number;
  readonly messages: number;
  readonly callsInFlight: number;
  readonly timers: number;
  readonly nextTimer: VirtualTime | null;
  readonly logLines: number;
  readonly checkpoint: { readonly id: number; readonly at: VirtualTime } | null;
  readonly jobAttempt: number;
  readonly heldSubtasks: number;
  readonly traceLength: number;
  readonly nodes: ReadonlyMap<NodeId, NodeMetrics>;
  readonly edges: ReadonlyMap<EdgeId, number>;
  /** Messages sent since the last projection, at most 200, for the dots; empty at speed `max`. */
  readonly recent: readonly { readonly edge: EdgeId; readonly message: number; readonly at: VirtualTime }[];
}

/** One row of the Messages table: a trace event, decoded from its line. */
export interface TraceRow {
  readonly seq: number;
  readonly at: VirtualTime;
  readonly type: TraceEventType;
  /** The line itself, JSON. */
  readonly line: string;
}

export interface TraceFilter {
  readonly types: readonly TraceEventType[] | null;
  /** Events that name this function type, ingress or egress. */
  readonly name: string | null;
  /** Events of this address id. */
  readonly id: string | null;
  readonly text: string | null;
}

/** A typed value as panels show it: decoded where the type is known, with the bytes beside it. */
export interface ShownValue {
  readonly typename: string;
  /** JSON text, a number, a quoted string…; null where only bytes can be shown. */
  readonly text: string | null;
  readonly bytes: Uint8Array;
}

export interface MessageDetail {
  readonly message: number | null;
  readonly call: number | null;
  readonly from: string;
  readonly to: AddressRef | null;
  readonly sentAt: VirtualTime;
  readonly handledAt: VirtualTime | null;
  readonly completedAt: VirtualTime | null;
  readonly batch: number;
  readonly value: ShownValue | null;
  /** The decoded protocol, in text form, null before the call was made or answered. */
  readonly request: string | null;
  readonly reply: string | null;
  readonly stateBefore: readonly { readonly name: string; readonly value: ShownValue | null }[];
  readonly stateAfter: readonly { readonly name: string; readonly value: ShownValue | null }[];
  readonly logs: readonly LogLine[];
  readonly fetches: readonly FetchRecord[];
  readonly error: FunctionError | null;
  /** The exchange with a function server outside the Studio, or null. */
  readonly remote: RemoteExchange | null;
  /** Ancestors from the ingress record down to this message, then what its call sent. Rows of the trace. */
  readonly conversation: readonly ConversationHop[];
  readonly code: string | null;
}

export interface ConversationHop {
  readonly seq: number;
  readonly at: VirtualTime;
  readonly from: string;
  readonly to: string;
  readonly typename: string;
  readonly depth: number;
  readonly relation: 'ancestor' | 'self' | 'descendant';
}

/** Every failure a request may end in; `message` says what happened and the way out. */
export type WorkerErrorCode =
  | 'not-found'
  | 'read-only'
  | 'locked'
  | 'quota'
  | 'storage-closed'
  | 'corrupt'
  | 'no-run'
  | 'cannot-start'
  /** The project calls function servers that the user has not confirmed: ask, then `confirm-remotes`, then try again. */
  | 'unconfirmed-remotes'
  | 'bad-request'
  | 'internal';
export interface WorkerError {
  readonly code: WorkerErrorCode;
  readonly message: string;
  /** Of a fault in the user's code: the line that `message` is about. */
  readonly place?: CodePlace;
}

/** Request type → what goes in and what comes back. */
export interface Requests extends ScenarioRequests {
  readonly 'list-projects': { readonly in: object; readonly out: readonly ProjectSummary[] };
  readonly 'create-project': { readonly in: { readonly name: string; readonly files: FileTree }; readonly out: { readonly id: ProjectId } };
  readonly 'open-project': { readonly in: { readonly id: ProjectId }; readonly out: OpenedProject };
  readonly 'close-project': { readonly in: object; readonly out: null };
  /** Makes this tab the writer; the other tab becomes a reader. */
  readonly 'take-over': { readonly in: { readonly id: ProjectId }; readonly out: OpenedProject };
  readonly 'rename-project': { readonly in: { readonly id: ProjectId; readonly name: string }; readonly out: null };
  readonly 'delete-project': { readonly in: { readonly id: ProjectId }; readonly out: null };
  /** Resolves when the edits are on disk (strict durability): only then is *Saved* shown. */
  readonly 'save-edits': { readonly in: { readonly id: ProjectId; readonly edits: readonly Edit[] }; readonly out: null };

  /** Starts a run of the open project as it is saved; replaces the run there is. */
  readonly 'start-run': { readonly in: { readonly speed: Speed; readonly play: boolean }; readonly out: RunStatus };
  readonly 'end-run': { readonly in: object; readonly out: null };
  readonly play: { readonly in: object; readonly out: null };
  readonly pause: { readonly in: object; readonly out: null };
  readonly step: { readonly in: object; readonly out: null };
  readonly 'set-speed': { readonly in: { readonly speed: Speed }; readonly out: null };
  readonly 'to-next-timer': { readonly in: object; readonly out: null };
  /** Runs until the virtual time, as fast as it goes, then stops. */
  readonly 'run-until': { readonly in: { readonly at: VirtualTime }; readonly out: null };
  readonly 'send-record': { readonly in: { readonly record: UserRecord }; readonly out: null };
  readonly 'checkpoint-now': { readonly in: object; readonly out: null };
  readonly crash: { readonly in: object; readonly out: null };
  readonly decide: { readonly in: { readonly decision: FailureDecision }; readonly out: null };
  /**
   * Compiles the project's code and, if it loads, uses it from the next invocation on. Code over which the job would fail is
   * `held` until it is asked for with `agreed`; `changes` says what the run notices of it.
   */
  readonly 'apply-code': {
    readonly in: { readonly agreed: boolean };
    readonly out: {
      readonly applied: boolean;
      readonly report: LoadReport;
      readonly changes: readonly CodeChange[];
      readonly held: boolean;
    };
  };
  /** While a run goes on, keeps a sandbox ready with edited code for `apply-code`, until it is told `open: false`. Uses no code by itself. */
  readonly 'warm-apply': { readonly in: { readonly open: boolean }; readonly out: null };
  /** Where the project's remote functions are, as it is saved now, and whether they can be reached from here at all. */
  readonly 'remote-status': {
    readonly in: object;
    readonly out: { readonly relay: boolean; readonly remotes: readonly RemoteStatus[] };
  };
  /**
   * Asks the server of the project's setting for these functions what code in the Studio was asked in the run, from a record of the
   * journal on, and compares. Ends at the first difference, or after some calls: then it is asked again, from `next` on.
   */
  readonly 'compare-recorded': { readonly in: { readonly functions: string; readonly from: number }; readonly out: ComparedPart };
  /** The user lets the open project call these URLs. */
  readonly 'confirm-remotes': { readonly in: { readonly urls: readonly string[] }; readonly out: null };
  readonly audit: { readonly in: object; readonly out: AuditReport };

  readonly 'read-trace': {
    readonly in: { readonly filter: TraceFilter | null; readonly from: number; readonly count: number };
    readonly out: { readonly total: number; readonly rows: readonly TraceRow[] };
  };
  readonly 'trace-hash': { readonly in: object; readonly out: { readonly hash: string; readonly events: number } };
  /** By trace sequence number of any event of the message or call. */
  readonly 'read-message': { readonly in: { readonly seq: number }; readonly out: MessageDetail };
  readonly 'read-addresses': {
    /** `search`: only addresses whose id contains the text; null for all. `total` counts what matches. */
    readonly in: { readonly typename: Typename; readonly search: string | null; readonly from: number; readonly count: number };
    readonly out: { readonly total: number; readonly rows: readonly AddressView[] };
  };
  readonly 'read-timers': {
    readonly in: { readonly from: number; readonly count: number };
    readonly out: { readonly total: number; readonly rows: readonly TimerView[] };
  };
  readonly 'read-topics': {
    readonly in: object;
    readonly out: readonly {
      readonly topic: string;
      readonly role: 'ingress' | 'egress';
      readonly partitions: number;
      readonly records: number;
      readonly committed: number;
    }[];
  };
  readonly 'read-records': {
    readonly in: { readonly topic: string; readonly from: number; readonly count: number };
    readonly out: { readonly total: number; readonly rows: readonly TopicRecord[] };
  };
  readonly 'read-console': {
    readonly in: { readonly from: number; readonly count: number };
    readonly out: { readonly total: number; readonly rows: readonly ConsoleRow[] };
  };

  /** Keeps a sandbox with the project's code of now ready for trials, until it is told `open: false`; code may change meanwhile. */
  readonly 'warm-bench': { readonly in: { readonly open: boolean; readonly logpoints: readonly Logpoint[] }; readonly out: null };
  /** Calls one function with the project's code of now, applied or not. A trial that is under way ends as `failed`. */
  readonly 'try-function': {
    readonly in: { readonly input: TrialInput; readonly logpoints: readonly Logpoint[] };
    readonly out: TrialResult;
  };
  /** Ends the trial that is under way, if there is one. */
  readonly 'cancel-trial': { readonly in: object; readonly out: null };
  /** Executes a recorded call once more with the code and stubs it had. */
  readonly 'observe-call': {
    readonly in: { readonly recorded: RecordedCallRef; readonly logpoints: readonly Logpoint[] };
    readonly out: ObservedCall;
  };
  /** By trace sequence number of any event of the call. */
  readonly 'read-trial-input': { readonly in: { readonly seq: number }; readonly out: TrialInput };
  /** In the order asked for. Its cost does not follow the length of the trace. */
  readonly 'read-function-activity': {
    readonly in: { readonly typenames: readonly Typename[] };
    readonly out: readonly FunctionActivity[];
  };
  /** With the project's code of now. Tells `fuzz-progress`; ends with what it has found when `cancel-fuzz` comes, or another one. */
  readonly 'fuzz-function': { readonly in: FuzzRequest; readonly out: FuzzReport };
  readonly 'cancel-fuzz': { readonly in: object; readonly out: null };
}

export interface RemoteStatus {
  readonly functions: string;
  /** As the user wrote it, `{function.name}` in it or not. */
  readonly url: string;
  readonly confirmed: boolean;
}

export interface ComparedPart {
  /** Calls whose answers were compared, and calls that a server answered in the run already. */
  readonly compared: number;
  readonly skipped: number;
  /** Journal records: the next one, and how many there are. */
  readonly next: number;
  readonly of: number;
  readonly difference:
    | (ReplyDifference & {
        readonly typename: Typename;
        readonly id: string;
        readonly call: number;
        /** The trace event of the call's start, or null. */
        readonly seq: number | null;
        readonly request: string;
      })
    | null;
}

export interface ConsoleRow {
  readonly seq: number;
  readonly at: VirtualTime;
  readonly address: AddressRef;
  readonly line: LogLine;
}

export type RequestType = keyof Requests;
export type Request = {
  readonly [Type in RequestType]: { readonly request: number; readonly type: Type; readonly params: Requests[Type]['in'] };
}[RequestType];
export type Response =
  | { readonly type: 'response'; readonly request: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'response'; readonly request: number; readonly ok: false; readonly error: WorkerError };

export type WorkerEvent =
  | { readonly type: 'run-status'; readonly status: RunStatus | null }
  | { readonly type: 'run-projection'; readonly projection: RunProjection }
  | ({ readonly type: 'scenario-progress' } & ScenarioProgress)
  | { readonly type: 'fuzz-progress'; readonly done: number; readonly total: number; readonly findings: number }
  /** Another tab took the project over, or storage was closed: from now on nothing is saved. */
  | { readonly type: 'lost-lock' }
  | { readonly type: 'storage-problem'; readonly error: WorkerError }
  /** The worker needs a sandbox worker: the page starts one and answers with its port (`sandbox-port`). */
  | { readonly type: 'sandbox-wanted'; readonly sandbox: number; readonly parts: readonly string[] }
  | { readonly type: 'sandbox-unwanted'; readonly sandbox: number };

/** What the page tells the worker without being asked for an answer. */
export type PageEvent =
  | { readonly type: 'sandbox-port'; readonly sandbox: number; readonly port: MessagePort }
  | { readonly type: 'sandbox-failed'; readonly sandbox: number; readonly message: string }
  /** Somebody types or drags; told at most ten times a second. */
  | { readonly type: 'user-busy' };
