/**
 * Plays a project from its start: engine and sandbox, and nothing else. No storage, no projection, no real clock: the same for the command line
 * and for the app's worker. Trace events are given away as they come, so that a long run keeps none.
 *
 * N1 How calls are cut into batches, and when replies arrive, leaves no mark on the trace (R1 of the engine).
 * N2 A change of code is deterministic too: calls issued before it are answered by the code before it.
 * N3 After an abort nobody waits: what is under way is let go of, and an advance ends with `interrupted`.
 */
import type { VirtualTime } from '../../base/ids.ts';
import { virtualTime } from '../../base/ids.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { Project } from '../../model/project.ts';
import type { CallReply, CallRequest } from '../../protocol/call.ts';
import type { AdvanceLimit, AdvanceStop, Engine, EngineInput } from '../../runtime/engine-api.ts';
import { createEngine } from '../../runtime/engine.ts';
import type { TraceEvent } from '../../runtime/trace-event.ts';
import { CallDispatcher } from '../call-dispatcher.ts';
import type { AnsweredBatch } from '../call-dispatcher.ts';
import { remoteCallerFor } from '../remote/remote-caller.ts';
import { FailureLoop } from './failure-loop.ts';
import type { RepeatedFailure } from './failure-loop.ts';
import { startCode } from './play-project.ts';
import type { PlayProject } from './play-project.ts';
import { asStartProblem } from './start-problem.ts';
import type { StartProblem } from './start-problem.ts';

export interface PlayRunOptions {
  /** Events handled before the trace is given away and others get a turn. */
  readonly slice?: number;
  /** Calls handed to the sandbox at once. */
  readonly batch?: number;
  /** Gets every event once, in order. The run goes on when what it returns is resolved: back-pressure of a slow reader. */
  readonly onTrace?: (events: readonly TraceEvent[]) => Promise<void> | void;
  /** Gets the calls that were answered, as answers come in. */
  readonly onAnswers?: (batch: AnsweredBatch) => void;
  /** Ends an advance at the next slice with `interrupted`. */
  readonly signal?: AbortSignal;
  /** Ends the run with `looping` when the job restarted so often for the same failure; never when absent. */
  readonly maxRestarts?: number;
}

/** `looping`: the job fails, starts again and fails of the same thing, and would for ever. */
export type RunStop = AdvanceStop | 'interrupted' | 'looping';

export interface PlayRun {
  readonly engine: Engine;
  /** Handles everything up to a moment of virtual time, it included; null: until nothing is due any more. */
  advanceTo(until: VirtualTime | null, stopAt?: AdvanceLimit['stopAt']): Promise<RunStop>;
  /** The failure of a run that ended with `looping`. */
  loop(): RepeatedFailure | null;
  /** Takes an input, to be handled at its time. What makes a run deterministic is where the run stands when it is called. */
  apply(input: Exclude<EngineInput, { type: 'reply' }>): void;
  /** The code of these files answers every call issued from `at` on; the last good code stays where it does not load. */
  replaceCode(at: VirtualTime, files: Project['files']): Promise<Result<null, readonly StartProblem[]>>;
  /** Calls one function, apart from the run. */
  call(request: CallRequest): Promise<CallReply>;
  /** What calls of the code of now left behind: rejections that nothing handled. */
  leftBehind(): readonly StartProblem[];
  close(): void;
}

const SLICE_EVENTS = 4096;

/** A run of an opened project, at its start. */
export function startRun({ config, sandbox, place }: PlayProject, options: PlayRunOptions = {}): PlayRun {
  const { slice = SLICE_EVENTS, batch, onTrace, signal, maxRestarts = Infinity } = options;
  const engine = createEngine({ ...config, takesSnapshots: false });
  let wake: () => void = () => undefined;
  const remote = remoteCallerFor(config, place.transport);
  const calls = new CallDispatcher(sandbox, () => wake(), { batch, remote });
  const isAborted = (): boolean => signal?.aborted === true;

  // A server that does not answer holds nobody up who wants to end the run.
  const onAbort = (): void => wake();
  signal?.addEventListener('abort', onAbort, { once: true });

  const failures = new FailureLoop(maxRestarts);

  const takeAnswers = (): void => {
    for (const answered of calls.takeAnswers()) {
      options.onAnswers?.(answered);
      for (const reply of answered.replies) {
        engine.apply({ type: 'reply', reply });
      }
    }
  };
  const answered = async (): Promise<void> => {
    calls.dispatch(engine);
    // N3
    if (!calls.hasAnswers() && !isAborted()) {
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
      if (isAborted()) {
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
        await place.nextTurn();
      }
    }
  };
  return {
    engine,
    advanceTo,
    loop: () => failures.found(),
    apply: (input) => engine.apply(input),
    async replaceCode(at, files) {
      const started = await startCode(place, files, config.settings.invocationLimitMillis);
      if (!started.ok) {
        return started;
      }
      // N2
      while (engine.pendingCalls() > 0 && !isAborted()) {
        await answered();
      }
      if (isAborted()) {
        started.value.close();
        return err([]);
      }
      await calls.settled();
      takeAnswers();
      calls.replaceSandbox(started.value);
      engine.apply({ type: 'code', at: virtualTime(at), code: started.value.bundle.hash });
      return ok(null);
    },
    call: (request) => calls.callAlone(request),
    leftBehind: () => calls.sandbox.report.problems.filter(({ code }) => code === 'unhandled-rejection').map(asStartProblem),
    close() {
      signal?.removeEventListener('abort', onAbort);
      calls.close();
    },
  };
}
