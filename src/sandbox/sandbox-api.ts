/**
 * Where user code runs, as its host sees it: the same in the browser (a worker inside an opaque-origin iframe) and in
 * Node (a worker thread, no security boundary).
 */
import type { FilePath, Typename } from '../base/ids.ts';
import type { CallReply, CallRequest, CodePlace } from '../protocol/call.ts';
import type { StubRule } from '../model/stub-rule.ts';
import type { RawObservation } from './worker/probe.ts';

export interface SourceFile {
  readonly path: FilePath;
  readonly text: string;
}

/** A stub file in YAML, decoded by whoever reads YAML. */
export interface StubRulesFile {
  readonly path: FilePath;
  readonly rules: readonly StubRule[];
}

/** What a set of sources compiled to: CommonJS text by file with a table back to the user's lines. Plain data. */
export interface CodeBundle {
  /** SHA-256 (hex) of the sources, paths included: names the code version in journal and trace. */
  readonly hash: string;
  readonly files: readonly CompiledFile[];
  readonly rules: readonly StubRulesFile[];
  /** The name by which the files report what they do, and for how many points; only of instrumented code (observe/instrument.ts). */
  readonly probe?: { readonly name: string; readonly points: number };
  /** The files report instead where they stay when they do not come back (observe/watch-stalls.ts), to be told after so long (real ms). */
  readonly stalls?: { readonly name: string; readonly points: number; readonly afterMillis: number };
}

export interface CompiledFile {
  readonly path: FilePath;
  readonly role: 'function' | 'stub';
  /** Body of a CommonJS module wrapper; line n of it is line n of the source. */
  readonly code: string;
  /** Source map v3 `mappings` from `code` to the source: the compiler moves columns, never lines. */
  readonly mappings: string;
  /** Names that the compiler changed, as the source writes them; absent where it changes none. */
  readonly names?: Readonly<Record<string, string>>;
  /** Import specifier as written → path of the project's file, or a module that the sandbox provides. */
  readonly imports: Readonly<Record<string, string>>;
  /** Import specifier → why there is nothing behind it, for those that the code asks for when it runs. */
  readonly missing?: Readonly<Record<string, string>>;
  /** The file, or one that it imports, holds code that may go on after its handler returned (promises, timers). */
  readonly async: boolean;
  /** Nothing but types: no code runs. */
  readonly empty: boolean;
}

export type CodeProblemCode =
  | 'syntax-error'
  | 'unknown-import'
  | 'no-spec'
  | 'bad-spec'
  | 'duplicate-typename'
  | 'load-error'
  | 'bad-stub'
  /** Found while calls run, and told beside them. */
  | 'unhandled-rejection';

/** What is wrong with code before it runs, each with its place. */
export interface CodeProblem {
  readonly code: CodeProblemCode;
  readonly message: string;
  readonly place: CodePlace | null;
  readonly path: FilePath;
}

export interface BoundFunction {
  readonly typename: Typename;
  readonly path: FilePath;
  readonly states: readonly {
    readonly name: string;
    readonly typename: string;
    readonly expireAfterWrite: number | null;
    readonly expireAfterCall: number | null;
  }[];
}

export interface LoadReport {
  readonly functions: readonly BoundFunction[];
  readonly problems: readonly CodeProblem[];
}

export interface SandboxOptions {
  /** Real ms one invocation may take before its worker is ended. */
  readonly invocationLimitMillis: number;
  /** Real ms that module code may take to load; 10 s, or the limit above if that is longer, when absent. */
  readonly loadLimitMillis?: number;
  /** Of an instrumented bundle: what it was made of, to be looked into where a call does not come back. */
  readonly plain?: CodeBundle;
}

/** What the code did on the way is known of instrumented code alone, with numbers that `instrument` gave out. */
export interface SandboxReply extends CallReply {
  readonly observed?: RawObservation;
}

/**
 * One running sandbox with one code version. Batches are answered in the order given; at most two may be under way.
 * A call that runs too long, kills the worker or fills memory comes back as such an outcome, the calls behind it in the
 * batch are run by the worker that replaces it: every call of a batch gets exactly one reply.
 */
export interface Sandbox {
  readonly bundle: CodeBundle;
  /** Grows by what is found while calls run: rejections that nothing handles. */
  readonly report: LoadReport;
  /** Called when the report has grown, which may be after the answers of the calls that it is about. */
  onReport: () => void;
  invoke(batch: readonly CallRequest[]): Promise<readonly SandboxReply[]>;
  close(): void;
}

/** Starts sandboxes. `start` resolves with a report even when code is broken; it rejects only when no sandbox can be had. */
export interface SandboxHost {
  start(bundle: CodeBundle, options: SandboxOptions): Promise<Sandbox>;
}
