/** The run of the open project: started, resumed, fed with code, ended. Ties a RunHost to its place on disk. */
import type { ProjectId, RunId } from '../base/ids.ts';
import { runId } from '../base/ids.ts';
import type { Project } from '../model/project.ts';
import { dangerOf, type CodeChange } from '../protocol/code-change.ts';
import type { Engine } from '../runtime/engine-api.ts';
import { createEngine, restoreEngine } from '../runtime/engine.ts';
import { RUNTIME_VERSION } from '../runtime/snapshot.ts';
import type { CompileCache } from '../sandbox/compile/compile-bundle.ts';
import type { CodeBundle, CodeProblem, LoadReport, Sandbox, SandboxHost } from '../sandbox/sandbox-api.ts';
import type { RunRecord, StudioDatabase } from '../storage/database.ts';
import { commit, createRun, deleteRuns, readCode, saveCode, saveControl, takeRun } from '../storage/run-storage.ts';
import type { ApplyAhead } from './apply/apply-ahead.ts';
import { CallIndex } from './call-index.ts';
import { codeChanges } from './code-changes.ts';
import { ConsoleIndex } from './console-index.ts';
import type { Speed } from './contract.ts';
import { hostOf } from './open-run.ts';
import type { OpenRun } from './open-run.ts';
import { RunHost } from './run-host.ts';
import type { RealTime, RunListener } from './run-host-api.ts';
import { RunRecorder } from './run-recorder.ts';
import type { RunDisk } from './run-recorder.ts';
import { replayJournal } from './run-replay.ts';
import { remoteCaller, requireRemotes } from './remote/project-remotes.ts';
import type { RemoteAccess } from './remote/project-remotes.ts';
import type { CompiledProject } from './run-setup.ts';
import { isFatal } from './fatal-problem.ts';
import { compileProject, feedNotice, runConfig } from './run-setup.ts';
import { openStoredRun } from './stored-run.ts';
import { TraceReader } from './trace-reader.ts';
import { RequestError } from './worker-error.ts';

export interface RunSessionDeps {
  readonly db: StudioDatabase;
  readonly sandboxes: SandboxHost;
  readonly time: RealTime;
  /** What was compiled before, so that applying compiles only what changed. */
  readonly compiled: CompileCache;
  readonly newId: () => string;
  readonly remote: RemoteAccess;
  readonly listener: Omit<RunListener, 'onControl'> & { onEnded(): void };
}

function cannotStart({ path, place, message }: CodeProblem): RequestError {
  return place === null ? new RequestError('cannot-start', `${path}: ${message}`) : new RequestError('cannot-start', message, place);
}

/** Starts a run of the project as it is; the run there was is replaced once the new one can start. */
export async function startRun(deps: RunSessionDeps, project: ProjectId, files: Project, speed: Speed, play: boolean): Promise<OpenRun> {
  const compiled = await compileProject(files, deps.compiled);
  const fatal = compiled.problems.find(isFatal);
  if (fatal !== undefined) {
    throw cannotStart(fatal);
  }
  const early = runConfig(files, { functions: [], problems: [] });
  if (!early.ok) {
    throw new RequestError(early.error.code, early.error.message);
  }
  await requireRemotes(deps.remote, early.value);
  const sandbox = await deps.sandboxes.start(compiled.bundle, { invocationLimitMillis: early.value.settings.invocationLimitMillis });
  try {
    const broken = sandbox.report.problems.find(isFatal);
    if (broken !== undefined) {
      throw cannotStart(broken);
    }
    const config = runConfig(files, sandbox.report);
    if (!config.ok) {
      throw new RequestError(config.error.code, config.error.message);
    }
    const run = runId(deps.newId());
    const writer = deps.newId();
    const record: RunRecord = {
      id: run,
      project,
      version: RUNTIME_VERSION,
      config: config.value,
      firstCode: compiled.bundle.hash,
      control: { playing: play, speed },
      writer,
    };
    await createRun(deps.db, record, { run, hash: compiled.bundle.hash, sources: compiled.sources, bundle: compiled.bundle });
    const engine = createEngine(config.value);
    const trace = new TraceReader(deps.db, run);
    const recorder = new RunRecorder(engine, diskOf(deps, run, writer, trace), null, compiled.bundle.hash);
    const opened = open(deps, record, writer, { engine, recorder, trace, sandbox, compiled });
    if (play) {
      await hostOf(opened).play();
    }
    return opened;
  } catch (error) {
    sandbox.close();
    throw error;
  }
}

/** Brings a stored run to where it stood and lets it go on as it went; one of other rules than ours is opened for reading. */
export async function resumeRun(deps: RunSessionDeps, record: RunRecord): Promise<OpenRun> {
  if (record.version !== RUNTIME_VERSION) {
    const age = record.version < RUNTIME_VERSION ? 'an earlier' : 'a later';
    return openStoredRun(
      deps,
      record,
      `This run was recorded by ${age} version of the runtime and can only be read. Reset starts it over.`,
    );
  }
  const writer = deps.newId();
  const stored = await takeRun(deps.db, record, writer);
  const engine = stored.snapshot === null ? createEngine(record.config) : restoreEngine(record.config, stored.snapshot.core, stored.cells);
  const run = runId(record.id);
  const trace = new TraceReader(deps.db, run);
  const recorder = new RunRecorder(engine, diskOf(deps, run, writer, trace), stored.snapshot, record.firstCode);
  replayJournal(engine, stored.journal, (replayed) => {
    recorder.takeTrace();
    recorder.skipRecord(replayed);
  });
  const last = stored.journal.at(-1)?.position ?? stored.snapshot?.position;
  await recorder.flush(last?.clock ?? engine.metrics().now, () => null, { snapshot: true });
  const code = await readCode(deps.db, run, recorder.code());
  // Written by startRun and applyCode from a CodeBundle, which is plain data.
  const bundle = code.bundle as CodeBundle;
  const sandbox = await deps.sandboxes.start(bundle, { invocationLimitMillis: record.config.settings.invocationLimitMillis });
  const opened = open(deps, { ...record, control: stored.control }, writer, {
    engine,
    recorder,
    trace,
    sandbox,
    compiled: { bundle, sources: code.sources, problems: [] },
  });
  if (stored.control.playing) {
    await hostOf(opened).play();
  }
  return opened;
}

export interface AppliedCode {
  readonly applied: boolean;
  readonly report: LoadReport;
  /** What the run notices of the new code. */
  readonly changes: readonly CodeChange[];
  /** Not applied, since the job would fail over a change and nobody has agreed to that. */
  readonly held: boolean;
}

/**
 * The project's code of now, if it loads, is used from the next call on. Otherwise the last good code runs on.
 * @param ahead gives the sandbox, from those that were started ahead where it is there
 * @param agreed whether code that makes the job fail (S20, S60) is wanted all the same
 */
export async function applyCode(
  deps: RunSessionDeps,
  ahead: Pick<ApplyAhead, 'take' | 'hold'>,
  run: OpenRun,
  files: Project,
  agreed: boolean,
): Promise<AppliedCode> {
  const host = hostOf(run);
  const compiled = await compileProject(files, deps.compiled);
  const current = host.status().report;
  const refused = (report: LoadReport): AppliedCode => ({
    applied: false,
    report: { ...report, problems: [...compiled.problems, ...report.problems] },
    changes: [],
    held: false,
  });
  if (compiled.problems.some(isFatal)) {
    return refused({ functions: current.functions, problems: [] });
  }
  if (compiled.bundle.hash === host.status().code) {
    return { applied: true, report: current, changes: [], held: false };
  }
  // Written while the sandbox starts: a user waits for both. Code that is not applied after all goes with its run.
  const saved = saveCode(deps.db, { run: run.record.id, hash: compiled.bundle.hash, sources: compiled.sources, bundle: compiled.bundle });
  saved.catch(() => undefined);
  const sandbox = await ahead.take(run, compiled);
  if (sandbox.report.problems.some(isFatal)) {
    sandbox.close();
    return refused(sandbox.report);
  }
  const changes = run.engine === null ? [] : codeChanges(current, sandbox.report, run.engine);
  if (!agreed && changes.some((change) => dangerOf(change) === 'fails-now')) {
    ahead.hold(run, sandbox);
    return { applied: false, report: sandbox.report, changes, held: true };
  }
  try {
    await saved;
  } catch (error) {
    sandbox.close();
    throw error;
  }
  await host.useCode(sandbox, compiled.problems);
  return { applied: true, report: sandbox.report, changes, held: false };
}

export async function endRun(deps: RunSessionDeps, run: OpenRun, project: ProjectId): Promise<void> {
  await run.host?.suspend();
  await deleteRuns(deps.db, project);
}

function diskOf(deps: RunSessionDeps, run: RunId, writer: string, trace: TraceReader): RunDisk {
  return {
    commit: (batch) => commit(deps.db, run, writer, batch),
    onWritten: (from, lines) => trace.remember(from, lines),
  };
}

interface RunParts {
  readonly engine: Engine;
  readonly recorder: RunRecorder;
  readonly trace: TraceReader;
  readonly sandbox: Sandbox;
  readonly compiled: CompiledProject;
}

function open(deps: RunSessionDeps, record: RunRecord, writer: string, { engine, recorder, trace, sandbox, compiled }: RunParts): OpenRun {
  const run = runId(record.id);
  const remote = remoteCaller(deps.remote, record.config);
  const host = new RunHost({
    run,
    settings: record.config.settings,
    engine,
    recorder,
    sandbox,
    remote,
    codeProblems: compiled.problems,
    speed: record.control.speed,
    notice: feedNotice(record.config),
    time: deps.time,
    listener: {
      ...deps.listener,
      onControl: (control) => saveControl(deps.db, run, writer, control).catch((error: unknown) => deps.listener.onStorageFailure(error)),
    },
  });
  return {
    record,
    trace,
    console: new ConsoleIndex(trace),
    calls: new CallIndex(deps.db, run),
    host,
    engine,
    remote,
    activity: async (names) => names.map((name) => recorder.activity.of(name)),
    status: () => host.status(),
    length: () => recorder.committed.traceLength,
  };
}
