/**
 * What a scenario is played on: a run of a project, wherever it is. The Node host of the command line gives one; a worker
 * in the browser can. The host owns the calls to the functions' code; the player owns virtual time.
 */
import type { FilePath, VirtualTime } from '../base/ids.ts';
import type { Result } from '../base/result.ts';
import type { CallReply, CallRequest } from '../protocol/call.ts';
import type { AdvanceStop, Engine, EngineInput, RunConfig } from '../runtime/engine-api.ts';
import type { TraceEvent } from '../runtime/trace-event.ts';

export interface AdvanceGoal {
  /** Handle no event later than this; null for no limit. */
  readonly until: VirtualTime | null;
  /** Stop as soon as nothing but delayed messages is left, or when the next of them is delivered. */
  readonly stopAt: 'quiet' | 'timer' | null;
}

/** What the player sees of the run. */
export type ScenarioView = Pick<Engine, 'address' | 'metrics' | 'records' | 'timers' | 'topics'>;

export type ScenarioInput = Exclude<EngineInput, { type: 'reply' | 'decide' }>;

export interface ScenarioHost {
  /** The run's own, with the scenario's settings in it (`scenarioConfig`). */
  readonly config: RunConfig;
  readonly view: ScenarioView;
  /** Answers calls until the goal is reached or nothing more can happen. `interrupted`: the host will not go on. */
  advance(goal: AdvanceGoal): Promise<AdvanceStop | 'interrupted'>;
  /** Takes an input now, to be handled at its time, which may lie ahead. */
  apply(input: ScenarioInput): Promise<void> | void;
  /** Calls the listener with the trace from now on, in order, before `advance` and `apply` are done. */
  watch(listener: (events: readonly TraceEvent[]) => void): void;
  /** Calls one function with the code of now, apart from the run: nothing of it reaches the run. */
  call(request: CallRequest): Promise<CallReply>;
  /** The text of a file of the project as it is now; null where there is none. */
  file(path: FilePath): string | null;
  /**
   * Compiles the project with these files changed; calls issued from `at` on go to that code, those before it to the code
   * before. An error says what does not compile, a line each, and the code before stays.
   */
  replaceCode(at: VirtualTime, changes: ReadonlyMap<FilePath, string>): Promise<Result<null, readonly string[]>>;
}
