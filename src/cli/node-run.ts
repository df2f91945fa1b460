/**
 * Runs a project in Node as the worker does in the browser, without storage and without a page: engine, sandbox on a worker
 * thread, nothing else. Trace events are given away as they come, so that a long run keeps none.
 *
 * N1 How calls are cut into batches, and when replies arrive, leaves no mark on the trace (R1 of the engine).
 * N2 A change of code is deterministic too: calls issued before it are answered by the code before it.
 */
import type { VirtualTime } from '../base/ids.ts';
import { virtualTime } from '../base/ids.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Project } from '../model/project.ts';
import type { AdvanceLimit, AdvanceStop, Engine, EngineInput, RunConfig } from '../runtime/engine-api.ts';
import { createEngine } from '../runtime/engine.ts';
import type { TraceEvent } from '../runtime/trace-event.ts';
import { createNodeHost } from '../sandbox/host/node-host.ts';
import type { CodeProblem, Sandbox, SandboxHost } from '../sandbox/sandbox-api.ts';
import { CallDispatcher } from '../worker/call-dispatcher.ts';
import { FailureLoop } from './failure-loop.ts';
import type { RepeatedFailure } from './failure-loop.ts';
import { moduleRefusal, projectWarnings, studioRefusal } from './project-warnings.ts';
import type { StartProblem } from './start-problem.ts';
import { compileProject, feedNotice, isFatal, runConfig, runNotice } from '../worker/run-setup.ts';

export interface NodeProject {
  readonly config: RunConfig;
  readonly sandbox: Sandbox;
  readonly sandboxes: SandboxHost;
  /** What the user should know though the run can start: feeds without records, files that define no function. */
  readonly notice: string | null;
  /** What should be mended though the run can start, whatever feeds it. */
  readonly warnings: readonly StartProblem[];
}

export interface NodeRunOptions {
  /** Events handled before the trace is given away and others get a turn. */
  readonly slice?: number;
  /** Calls handed to the sandbox at once. */
  readonly batch?: number;
  /** Gets every event once, in order. The run goes on when what it returns is resolved: back-pressure of a slow reader. */
  readonly onTrace?: (events: readonly TraceEvent[]) => Promise<void> | void;
  /** Ends an advance at the next slice with `interrupted`. */
  readonly signal?: AbortSignal;
  /** Ends the run with `looping` when the job restarted so often for the same failure; never when absent. */
  readonly maxRestarts?: number;
}

/** `looping`: the job fails, starts again and fails of the same thing, and would for ever. */
export type RunStop = AdvanceStop | 'interrupted' | 'looping';

export interface NodeRun {
  readonly engine: Engine;
  /** Handles everything up to a moment of virtual time, it included; null: until nothing is due any more. */
  advanceTo(until: VirtualTime | null, stopAt?: AdvanceLimit['stopAt']): Promise<RunStop>;
  /** The failure of a run that ended with `looping`. */
  loop(): RepeatedFailure | null;
  /** Takes an input, to be handled at its time. What makes a run deterministic is where the run stands when it is called. */
  apply(input: Exclude<EngineInput, { type: 'reply' }>): void;
  /** The code of these files answers every call issued from `at` on; the last good code stays where it does not load. */
  replaceCode(at: VirtualTime, files: Project['files']): Promise<Result<null, readonly StartProblem[]>>;
  close(): void;
}

const SLICE_EVENTS = 4096;

/**
 * Compiles the code and starts its sandbox.
 * @param harness the sandbox's script, as `buildSandboxText` makes it
 */
export async function openProject(files: Project['files'], harness: string): Promise<Result<NodeProject, readonly StartProblem[]>> {
  const project = { files };
  const refused = [moduleRefusal(project), studioRefusal(project)].filter((problem) => problem !== null);
  if (refused.length > 0) {
    return err(refused);
  }
  const early = runConfig(project, { functions: [], problems: [] });
  if (!early.ok) {
    return err([{ code: early.error.code, message: early.error.message, path: null, place: null }]);
  }
  const sandboxes = createNodeHost(harness);
  const started = await startCode(sandboxes, files, early.value.settings.invocationLimitMillis);
  if (!started.ok) {
    return started;
  }
  const sandbox = started.value;
  const config = runConfig(project, sandbox.report);
  if (!config.ok) {
    sandbox.close();
    return err([{ code: config.error.code, message: config.error.message, path: null, place: null }]);
  }
  const warnings = projectWarnings(project, config.value, sandbox.report);
  return ok({ config: config.value, sandbox, sandboxes, notice: runNotice(feedNotice(config.value), sandbox.report), warnings });
}

async function startCode(
  sandboxes: SandboxHost,
  files: Project['files'],
  invocationLimitMillis: number,
): Promise<Result<Sandbox, readonly StartProblem[]>> {
  const { bundle, problems } = await compileProject({ files });
  const faults = problems.filter(isFatal);
  if (faults.length > 0) {
    return err(faults.map(asStartProblem));
  }
  const sandbox = await sandboxes.start(bundle, { invocationLimitMillis });
  const broken = sandbox.report.problems.filter(isFatal);
  if (broken.length > 0) {
    sandbox.close();
    return err(broken.map(asStartProblem));
  }
  return ok(sandbox);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function asStartProblem({ code, message, place, path }: CodeProblem): StartProblem {
  return { code, message, place, path };
}

/** A run of an opened project, at its start. */
export function startRun({ config, sandbox, sandboxes }: NodeProject, options: NodeRunOptions = {}): NodeRun {
  const { slice = SLICE_EVENTS, batch, onTrace, signal, maxRestarts = Infinity } = options;
  const engine = createEngine({ ...config, takesSnapshots: false });
  let wake: () => void = () => undefined;
  const calls = new CallDispatcher(sandbox, () => wake(), batch);

  const failures = new FailureLoop(maxRestarts);

  const takeAnswers = (): void => {
    for (const { replies } of calls.takeAnswers()) {
      for (const reply of replies) {
        engine.apply({ type: 'reply', reply });
      }
    }
  };
  const answered = async (): Promise<void> => {
    calls.dispatch(engine);
    if (!calls.hasAnswers()) {
      if (!calls.hasCallsUnderWay()) {
        throw new Error('the engine waits for replies to calls that it never handed out');
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    takeAnswers();
  };
  const giveTrace = async (): Promise<void> => {
    const events = engine.takeTrace();
    if (events.length > 0) {
      failures.note(events);
      const taken = onTrace?.(events);
      if (taken !== undefined) {
        await taken;
      }
    }
  };
  let attempt = engine.metrics().jobAttempt;
  const restarted = (): boolean => {
    const before = attempt;
    attempt = engine.metrics().jobAttempt;
    return attempt !== before;
  };
  const advanceTo = async (until: VirtualTime | null, stopAt: AdvanceLimit['stopAt'] = null): Promise<RunStop> => {
    for (;;) {
      if (signal?.aborted === true) {
        return 'interrupted';
      }
      const stop = engine.advance({ until, events: slice, stopAt, stopAtRestart: true });
      calls.dispatch(engine);
      await giveTrace();
      if (failures.found() !== null) {
        return 'looping';
      }
      const goesOn = stop === 'events' || (stop === 'reached' && restarted());
      if (stop === 'needs-replies') {
        await answered();
      } else if (!goesOn) {
        return stop;
      } else {
        // Signals and answers come in here.
        await nextTurn();
      }
    }
  };
  return {
    engine,
    advanceTo,
    loop: () => failures.found(),
    apply: (input) => engine.apply(input),
    async replaceCode(at, files) {
      const started = await startCode(sandboxes, files, config.settings.invocationLimitMillis);
      if (!started.ok) {
        return started;
      }
      // N2
      while (engine.pendingCalls() > 0) {
        await answered();
      }
      await calls.settled();
      takeAnswers();
      calls.replaceSandbox(started.value);
      engine.apply({ type: 'code', at: virtualTime(at), code: started.value.bundle.hash });
      return ok(null);
    },
    close: () => calls.sandbox.close(),
  };
}
