/** The requests of the bench: one function alone, recorded calls looked at again, what functions came to. */
import type { Project } from '../../model/project.ts';
import { REMOTE_CODE } from '../../protocol/call.ts';
import type { CallReply, CallRequest } from '../../protocol/call.ts';
import { filePath, runId } from '../../base/ids.ts';
import type { FilePath } from '../../base/ids.ts';
import type { CompileCache } from '../../sandbox/compile/compile-bundle.ts';
import type { CodeBundle, CodeProblem, SandboxHost } from '../../sandbox/sandbox-api.ts';
import type { StudioDatabase } from '../../storage/database.ts';
import { readCode } from '../../storage/run-storage.ts';
import type { RequestType, Requests } from '../contract.ts';
import type { Fuzzer } from '../fuzz/fuzz-function.ts';
import type { OpenRun } from '../open-run.ts';
import type { RealTime } from '../run-host-api.ts';
import { isFatal } from '../fatal-problem.ts';
import type { CompiledProject } from '../run-setup.ts';
import type { Logpoint, ObservedCall, RecordedCallRef, TrialInput, TrialResult } from '../trial-contract.ts';
import { RequestError } from '../worker-error.ts';
import { CodeOfNow } from './current-code.ts';
import { ObserverPool } from './observer-pool.ts';
import type { ObserverWanted } from './observer-pool.ts';
import { findRecordedCall } from './recorded-call.ts';
import { firstDifference } from './reply-difference.ts';
import { inputOf, trialRequest } from './trial-request.ts';
import { resultWithout } from './trial-result.ts';
import { TrialRunner } from './trial-runner.ts';

export type TrialRequest = Extract<
  RequestType,
  | 'warm-bench'
  | 'try-function'
  | 'cancel-trial'
  | 'observe-call'
  | 'read-trial-input'
  | 'read-function-activity'
  | 'fuzz-function'
  | 'cancel-fuzz'
>;
export type TrialHandlers = { readonly [Type in TrialRequest]: (params: Requests[Type]['in']) => Promise<Requests[Type]['out']> };

export interface TrialContext {
  readonly db: StudioDatabase;
  readonly sandboxes: SandboxHost;
  readonly time: RealTime;
  readonly tellFuzz: (progress: { readonly done: number; readonly total: number; readonly findings: number }) => void;
  /** Shared with runs: code that a run compiled is not compiled again. */
  readonly compiled: CompileCache;
  /** The open project and its run, also where they can only be read. */
  readonly session: () => { readonly project: Project; readonly run: OpenRun | null } | null;
}

export interface Trials {
  readonly handlers: TrialHandlers;
  /** The project's files are other ones now: what the bench needs is made ready again. */
  projectChanged(): void;
  close(): void;
}

/** Code is still being typed: a new sandbox is started when nothing has changed for so long. Real ms. */
const QUIET = 300;
const MAX_LOGPOINTS = 200;

export function createTrials(context: TrialContext): Trials {
  const { db, time } = context;
  const pool = new ObserverPool(context.sandboxes);
  const runner = new TrialRunner(pool, time);
  const code = new CodeOfNow(context.compiled);
  let bench: readonly Logpoint[] | null = null;
  let changes = 0;
  /** Reads the whole code: loaded when it is first asked for. */
  let fuzzer: Promise<Fuzzer> | null = null;

  const session = (): { readonly project: Project; readonly run: OpenRun | null } => {
    const open = context.session();
    if (open === null) {
      throw new RequestError('not-found', 'No project is open.');
    }
    return open;
  };
  const run = (): OpenRun => {
    const open = session().run;
    if (open === null) {
      throw new RequestError('no-run', 'There is no run whose calls could be looked at. Simulate starts one.');
    }
    return open;
  };
  const wantedNow = async (project: Project, logpoints: readonly Logpoint[]): Promise<ObserverWanted> => {
    const { compiled, limitMillis } = await code.read(project);
    return { code: compiled, logpoints, limitMillis };
  };
  const warm = async (logpoints: readonly Logpoint[]): Promise<void> => pool.warm(await wantedNow(session().project, logpoints));
  const warmLater = async (): Promise<void> => {
    changes += 1;
    const mine = changes;
    await time.sleep(QUIET, new Promise(() => undefined));
    if (mine === changes && bench !== null && context.session() !== null) {
      await warm(bench);
    }
  };

  const tryFunction = async (input: TrialInput, logpoints: readonly Logpoint[]): Promise<TrialResult> => {
    const { project } = session();
    let compileProblems: readonly CodeProblem[] = [];
    const find = async (): Promise<ObserverWanted> => {
      compileProblems = (await code.read(project)).compiled.problems;
      return wantedNow(project, logpoints);
    };
    const { result } = await runner.run('try', find, (sandbox) => {
      const bound = sandbox.report.functions.find(({ typename }) => typename === input.typename);
      const request = trialRequest(
        input,
        (bound?.states ?? []).map(({ name }) => name),
      );
      if (!request.ok) {
        throw new RequestError('bad-request', request.error);
      }
      if (bound === undefined) {
        const problems = [...compileProblems, ...sandbox.report.problems].filter(isFatal);
        const message = whyMissing(input, problems.length);
        return resultWithout(sandbox.code, { type: 'not-loaded', message, problems }, request.value);
      }
      return request.value;
    });
    return result;
  };

  const observeCall = async (ref: RecordedCallRef, logpoints: readonly Logpoint[]): Promise<ObservedCall> => {
    const open = run();
    const { request, reply } = await findRecordedCall(db, open, ref);
    const input = readInput(request);
    if (reply?.code === REMOTE_CODE) {
      throw new RequestError(
        'bad-request',
        'This call was answered by a function server outside the Studio: its code is not here to be observed.',
      );
    }
    if (reply?.outcome.type === 'sandbox-lost') {
      throw new RequestError(
        'bad-request',
        'This call ended its sandbox, and would end another one: it is not executed again to be looked at. “Try this call” does, in the bench.',
      );
    }
    let sources: CompiledProject['sources'] = [];
    const find = async (): Promise<ObserverWanted> => {
      const stored = await readCode(db, runId(open.record.id), reply?.code ?? open.status().code);
      // Written by startRun and applyCode from a CodeBundle, which is plain data.
      sources = stored.sources;
      const recorded = { bundle: stored.bundle as CodeBundle, sources: stored.sources };
      return { code: recorded, logpoints, limitMillis: open.record.config.settings.invocationLimitMillis };
    };
    const executed = await runner.run('observe', find, ({ report, code: hash }) => {
      const message = `The code that this call went to defines no ${request.typename}.`;
      return report.functions.some(({ typename }) => typename === request.typename)
        ? request
        : resultWithout(hash, { type: 'not-loaded', message, problems: report.problems }, request);
    });
    return {
      call: request.call,
      attempt: request.attempt,
      input,
      result: executed.result,
      difference: differenceOf(reply, executed.reply),
      changedFiles: changedFiles(sources, session().project),
    };
  };

  return {
    handlers: {
      'warm-bench': async ({ open, logpoints }) => {
        bench = open ? checked(logpoints) : null;
        await (open ? warm(logpoints) : undefined);
        return null;
      },
      'try-function': ({ input, logpoints }) => tryFunction(input, checked(logpoints)),
      'cancel-trial': async () => {
        runner.cancelAll();
        // The sandbox went with the call: the next trial finds another one ready.
        void (bench === null ? null : warm(bench).catch(() => undefined));
        return null;
      },
      'observe-call': ({ recorded, logpoints }) => observeCall(recorded, checked(logpoints)),
      'read-trial-input': async ({ seq }) => readInput((await findRecordedCall(db, run(), { seq })).request),
      'read-function-activity': async ({ typenames }) => run().activity(typenames),
      'fuzz-function': async (request) => {
        const open = session();
        fuzzer ??= import('../fuzz/fuzz-function.ts').then(({ createFuzzer }) =>
          createFuzzer({ db, sandboxes: context.sandboxes, time, code, tell: context.tellFuzz }),
        );
        return (await fuzzer).run(request, open.project, open.run);
      },
      'cancel-fuzz': async () => {
        (await fuzzer)?.cancel();
        return null;
      },
    },
    projectChanged() {
      if (bench !== null) {
        warmLater().catch(() => undefined);
      }
    },
    close() {
      bench = null;
      runner.cancelAll();
      void fuzzer?.then((each) => each.cancel());
      pool.close();
    },
  };
}

function checked(logpoints: readonly Logpoint[]): readonly Logpoint[] {
  if (logpoints.length > MAX_LOGPOINTS) {
    throw new RequestError('bad-request', `There can be ${MAX_LOGPOINTS} logpoints at most; these are ${logpoints.length}.`);
  }
  return logpoints;
}

function readInput(request: CallRequest): TrialInput {
  const input = inputOf(request);
  if (!input.ok) {
    throw new RequestError('bad-request', `The request of this call cannot be read: ${input.error}.`);
  }
  return input.value;
}

function whyMissing({ typename }: TrialInput, problems: number): string {
  return problems === 0
    ? `No file of functions/ defines ${typename}. Export a spec { typename, fn, specs } with this typename.`
    : `${typename} could not be loaded: mend the code first.`;
}

function changedFiles(sources: CompiledProject['sources'], project: Project): readonly FilePath[] {
  return sources.flatMap(([path, text]) => (project.files.get(filePath(path)) === text ? [] : [filePath(path)]));
}

function differenceOf(recorded: CallReply | null, observed: CallReply | null): string | null {
  return recorded === null || observed === null ? null : firstDifference(recorded, observed);
}
