/** From a project's files to what a run needs: the module, the settings, the feeds, the compiled code. */
import { parse } from 'yaml';
import type { FilePath, Typename } from '../base/ids.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Project } from '../model/project.ts';
import { MODULE_YAML, STUDIO_JSON, isFunctionFile, textFile } from '../model/project.ts';
import type { Problem } from '../model/problem.ts';
import { decodeStudioFile } from '../model/studio-file-codec.ts';
import type { StandIn } from '../model/studio-file.ts';
import { decodeModule } from '../module-yaml/decode.ts';
import { moduleDefinition } from '../module-yaml/definition.ts';
import { checkFeed } from '../runtime/feeds/feed-source.ts';
import type { RunConfig } from '../runtime/engine-api.ts';
import { compileBundle } from '../sandbox/compile/compile-bundle.ts';
import type { CodeBundle, CodeProblem, LoadReport, SourceFile, StubRulesFile } from '../sandbox/sandbox-api.ts';
import { readStubRules } from '../sandbox/stub-rule.ts';
import type { WorkerError } from './contract.ts';

export interface CompiledProject {
  readonly bundle: CodeBundle;
  readonly sources: readonly (readonly [path: string, text: string])[];
  readonly problems: readonly CodeProblem[];
}

/** Compiles functions and stubs. Problems are values; the bundle holds what did compile. */
export async function compileProject(project: Project): Promise<CompiledProject> {
  const sources: SourceFile[] = [];
  const rules: StubRulesFile[] = [];
  const problems: CodeProblem[] = [];
  for (const [path, content] of project.files) {
    if (typeof content !== 'string') {
      continue;
    }
    if (/^stubs\/.+\.ya?ml$/.test(path)) {
      const decoded = decodeStub(path, content);
      if (decoded.ok) {
        rules.push({ path, rules: decoded.value });
      } else {
        problems.push(...decoded.error);
      }
    } else if (isFunctionFile(path) || /^stubs\/.+\.(ts|js)$/.test(path)) {
      sources.push({ path, text: content });
    }
  }
  const compiled = await compileBundle([...sources, ...rules]);
  return {
    bundle: compiled.bundle,
    sources: sources.map(({ path, text }) => [path, text] as const),
    problems: [...problems, ...compiled.problems],
  };
}

function decodeStub(path: FilePath, text: string): Result<StubRulesFile['rules'], readonly CodeProblem[]> {
  const bad = (message: string): CodeProblem => ({
    code: 'bad-stub',
    message: `${path}: ${message}`,
    place: { path, line: 1, column: 1 },
    path,
  });
  let decoded: unknown;
  try {
    decoded = parse(text);
  } catch (error) {
    return err([bad(error instanceof Error ? error.message : String(error))]);
  }
  const rules = readStubRules(decoded);
  return rules.ok ? rules : err(rules.error.map(bad));
}

/** A problem that keeps code from being used; `no-spec` only says that a file defines nothing. */
export function isFatal(problem: CodeProblem): boolean {
  return problem.code !== 'no-spec';
}

export function placed(problem: CodeProblem): string {
  const place = problem.place;
  return place === null ? `${problem.path}: ${problem.message}` : `${place.path}:${place.line}:${place.column}: ${problem.message}`;
}

/** The run's configuration, or why StateFun would not start it either. */
export function runConfig(project: Project, report: LoadReport): Result<RunConfig, WorkerError> {
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
  const targets = module.ingresses.flatMap((ingress) => ingress.routes.flatMap((route) => route.targets));
  return ok({ module, settings: studio.settings, feeds: studio.feeds, feedFiles, standIns: standInsFor(targets, studio.standIns, report) });
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
  const all = [...(notice === null ? [] : [notice]), ...report.problems.filter((problem) => !isFatal(problem)).map(placed)];
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
