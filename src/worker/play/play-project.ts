/** A project that is to be played from its start, without storage: its code compiled, its sandbox started, its configuration read. */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { Project } from '../../model/project.ts';
import type { RunConfig } from '../../runtime/engine-api.ts';
import type { CompileCache } from '../../sandbox/compile/compile-bundle.ts';
import type { Sandbox, SandboxHost } from '../../sandbox/sandbox-api.ts';
import type { HttpTransport } from '../remote/remote-caller.ts';
import { isFatal } from '../fatal-problem.ts';
import { compileProject, feedNotice, runConfig, runNotice } from '../run-setup.ts';
import type { RemoteChoice } from '../run-setup.ts';
import { moduleRefusal, projectWarnings, studioRefusal } from './project-warnings.ts';
import { asStartProblem } from './start-problem.ts';
import type { StartProblem } from './start-problem.ts';

/** What the machine gives: Node to the command line, a browser to the app. */
export interface PlayPlace {
  readonly sandboxes: SandboxHost;
  /** How function servers outside the Studio are reached. */
  readonly transport: () => HttpTransport;
  /** Lets signals and answers in. */
  nextTurn(): Promise<void>;
  /** What was compiled before. */
  readonly compiled?: CompileCache;
}

export interface PlayProject {
  readonly config: RunConfig;
  readonly sandbox: Sandbox;
  readonly place: PlayPlace;
  /** What the user should know though the run can start: feeds without records, files that define no function. */
  readonly notice: string | null;
  /** What should be mended though the run can start, whatever feeds it. */
  readonly warnings: readonly StartProblem[];
}

export interface OpenOptions {
  /** In place of what studio.json says. */
  readonly remotes?: RemoteChoice | undefined;
  /** Looks at the configuration before anything is started; what it finds keeps the project from being played. */
  readonly admit?: (config: RunConfig) => Promise<readonly StartProblem[]> | readonly StartProblem[];
}

export async function openPlayProject(
  files: Project['files'],
  place: PlayPlace,
  { remotes, admit = () => [] }: OpenOptions = {},
): Promise<Result<PlayProject, readonly StartProblem[]>> {
  const project = { files };
  const refused = [moduleRefusal(project), studioRefusal(project)].filter((problem) => problem !== null);
  if (refused.length > 0) {
    return err(refused);
  }
  const early = runConfig(project, { functions: [], problems: [] }, remotes);
  if (!early.ok) {
    return err([refusal(early.error)]);
  }
  const unwanted = await admit(early.value);
  if (unwanted.length > 0) {
    return err(unwanted);
  }
  const started = await startCode(place, files, early.value.settings.invocationLimitMillis);
  if (!started.ok) {
    return started;
  }
  const sandbox = started.value;
  const config = runConfig(project, sandbox.report, remotes);
  if (!config.ok) {
    sandbox.close();
    return err([refusal(config.error)]);
  }
  const notice = runNotice(feedNotice(config.value), sandbox.report);
  return ok({ config: config.value, sandbox, place, notice, warnings: projectWarnings(project, config.value, sandbox.report) });
}

/** The sandbox with the code of these files, or what keeps it from being used. */
export async function startCode(
  { sandboxes, compiled }: PlayPlace,
  files: Project['files'],
  invocationLimitMillis: number,
): Promise<Result<Sandbox, readonly StartProblem[]>> {
  const { bundle, problems } = await compileProject({ files }, compiled);
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

function refusal({ code, message }: { readonly code: string; readonly message: string }): StartProblem {
  return { code, message, path: null, place: null };
}
