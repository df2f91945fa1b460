/** From a project's files to what a run needs: the module, the settings, the feeds, the compiled code. */
import type { FilePath, Typename } from '../base/ids.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Project } from '../model/project.ts';
import { MODULE_YAML, STUDIO_JSON, textFile } from '../model/project.ts';
import type { Problem } from '../model/problem.ts';
import { decodeStudioFile } from '../model/studio-file-codec.ts';
import { remoteFor } from '../model/remote-target.ts';
import type { RemoteEndpoint, StandIn } from '../model/studio-file.ts';
import { decodeModule } from '../module-yaml/decode.ts';
import { moduleDefinition } from '../module-yaml/definition.ts';
import { checkFeed } from '../runtime/feeds/feed-source.ts';
import type { RunConfig } from '../runtime/engine-api.ts';
import { compileBundle } from '../sandbox/compile/compile-bundle.ts';
import type { CompileCache } from '../sandbox/compile/compile-bundle.ts';
import type { CodeBundle, CodeProblem, LoadReport } from '../sandbox/sandbox-api.ts';
import { codeSources } from './code-sources.ts';
import type { WorkerError } from './contract.ts';
import { remarksOf } from './fatal-problem.ts';

export interface CompiledProject {
  readonly bundle: CodeBundle;
  readonly sources: readonly (readonly [path: string, text: string])[];
  readonly problems: readonly CodeProblem[];
}

/**
 * Compiles functions and stubs. Problems are values; the bundle holds what did compile.
 * @param cache what earlier calls compiled, kept by the caller
 */
export async function compileProject(project: Project, cache?: CompileCache): Promise<CompiledProject> {
  const { sources, rules, faults } = codeSources(project.files);
  const compiled = await compileBundle([...sources, ...rules], project.files, cache);
  return {
    bundle: compiled.bundle,
    sources: sources.map(({ path, text }) => [path, text] as const),
    problems: [...faults.map(({ path, text, problem }) => badStub(path, text, problem)), ...compiled.problems],
  };
}

function badStub(path: FilePath, text: string, { message, range }: Problem): CodeProblem {
  const before = text.slice(0, range?.from ?? 0);
  const place = { path, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
  return { code: 'bad-stub', message, place, path };
}

export function placed(problem: CodeProblem): string {
  const place = problem.place;
  return place === null ? `${problem.path}: ${problem.message}` : `${place.path}:${place.line}:${place.column}: ${problem.message}`;
}

/** Which functions are to be answered outside the Studio, given what studio.json says. */
export type RemoteChoice = (settings: readonly RemoteEndpoint[]) => readonly RemoteEndpoint[];

/** The run's configuration, or why StateFun would not start it either. */
export function runConfig(
  project: Project,
  report: LoadReport,
  chosenRemotes: RemoteChoice = (settings) => settings,
): Result<RunConfig, WorkerError> {
  const text = textFile(project, MODULE_YAML);
  if (text === null) {
    return err({
      code: 'cannot-start',
      message: 'There is no module.yaml yet. Add an ingress and an endpoint on the canvas, then simulate.',
    });
  }
  const decoded = decodeModule(text);
  const fatal = decoded.problems.find((problem) => problem.severity === 'error' && problem.moment !== 'call');
  if (!decoded.parsed || fatal !== undefined) {
    return err({ code: 'cannot-start', message: refusal(text, fatal) });
  }
  const module = moduleDefinition(decoded);
  const { studio } = decodeStudioFile(textFile(project, STUDIO_JSON));
  const feedFiles: Record<string, string> = {};
  for (const feed of studio.feeds) {
    if (feed.type === 'file') {
      const content = textFile(project, feed.path);
      if (content !== null) {
        feedFiles[feed.path] = content;
      }
    }
  }
  const remotes = chosenRemotes(studio.remotes);
  const inStudio = (type: Typename): boolean => remoteFor(module, remotes, type) === null;
  const targets = module.ingresses.flatMap((ingress) => ingress.routes.flatMap((route) => route.targets)).filter(inStudio);
  const standIns = standInsFor(
    targets,
    studio.standIns.filter(({ typename }) => inStudio(typename)),
    report,
  );
  return ok({ module, settings: studio.settings, feeds: studio.feeds, feedFiles, standIns, remotes });
}

/** Feeds that give no records because something is wrong with them, or null. */
export function feedNotice(config: RunConfig): string | null {
  const topics = new Set(config.module.ingresses.flatMap((ingress) => ingress.routes.map((route) => route.topic)));
  const faults = config.feeds
    .filter((feed) => feed.enabled)
    .flatMap((feed) => {
      const [fault] = checkFeed(feed, config.feedFiles);
      const message = fault?.message ?? (topics.has(feed.topic) ? null : `no ingress reads topic “${feed.topic}”.`);
      return message === null ? [] : [`Generator “${feed.id}” gives no records: ${message}`];
    });
  return faults.length === 0 ? null : `${faults.join(' ')} Mend it in Simulation settings, then Reset.`;
}

/** What the run's start had to say, and files that look like code but define no function. */
export function runNotice(notice: string | null, report: LoadReport): string | null {
  const all = [...(notice === null ? [] : [notice]), ...remarksOf(report).map(placed)];
  return all.length === 0 ? null : all.join(' ');
}

/** Types without code that records are routed to record what arrives; the project may say where they forward it. */
function standInsFor(targets: readonly Typename[], chosen: readonly StandIn[], report: LoadReport): readonly StandIn[] {
  const coded = new Set<string>(report.functions.map((bound) => bound.typename));
  const kept = chosen.filter((standIn) => !coded.has(standIn.typename));
  const known = new Set([...coded, ...kept.map((standIn) => standIn.typename as string)]);
  const missing = [...new Set(targets)].filter((target) => !known.has(target));
  return [...kept, ...missing.map((typename) => ({ typename, forwardTo: null }))];
}

function refusal(text: string, problem: Problem | undefined): string {
  const where = problem?.range === undefined ? 'module.yaml' : `module.yaml line ${text.slice(0, problem.range.from).split('\n').length}`;
  return `${where}: ${problem?.message ?? 'the text cannot be read as YAML.'}`;
}
