/** Everything that is wrong with a project's files. Runs no code. */
import { join } from 'node:path';
import type { FilePath } from '../base/ids.ts';
import { deriveContext } from '../commands/derive.ts';
import { projectVerdict } from '../commands/project-verdict.ts';
import type { FileVerdict } from '../commands/project-verdict.ts';
import { findSecrets, quotableTexts } from '../export/find-secrets.ts';
import { WAYS_OUT } from '../export/secrets/secret-kinds.ts';
import type { Project } from '../model/project.ts';
import { textFile } from '../model/project.ts';
import { moduleDefinition } from '../module-yaml/definition.ts';
import { placed } from '../module-yaml/verdict.ts';
import type { PlacedProblem } from '../module-yaml/verdict.ts';
import { checkScenario } from '../scenario/check-scenario.ts';
import type { ScenarioSubject } from '../scenario/check-scenario.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import type { ScenarioProblemCode } from '../scenario/problem-codes.ts';
import { isFatal } from '../worker/fatal-problem.ts';
import { compileProject } from '../worker/run-setup.ts';
import { isScenarioFile } from './scenario-files.ts';

/** A verdict with the path as the user would write it. */
export interface Checked extends Omit<FileVerdict, 'file'> {
  readonly file: string;
  /** What may be quoted of the file: lines with a secret are empty. */
  readonly text: string | null;
}

export interface CheckOptions {
  readonly allowKinds: readonly string[];
  readonly presentFiles?: readonly string[];
}

/** Why one of `--allow-kind`'s values is no kind, or null. */
export function badKind(kinds: readonly string[]): string | null {
  const bad = kinds.find((kind) => !/^[^/\s]+\/[^/\s]+$/.test(kind));
  return bad === undefined ? null : `--allow-kind takes a kind NS/TYPE, such as com.example/ingress, not ${JSON.stringify(bad)}.`;
}

/** The loader rejects it, or it is code or a scenario that cannot be used. */
export function isRefused({ load, problems }: Checked): boolean {
  return load === 'reject' || (load === null && problems.some(({ severity }) => severity === 'error'));
}

/** module.yaml, code, studio.json and scenarios, as files with problems; those without any are left out, but for module.yaml. */
export async function checkProject(folder: string, project: Project, options: CheckOptions): Promise<readonly Checked[]> {
  const byFile = new Map<FilePath, FileVerdict>(projectVerdict(project, options).map((verdict) => [verdict.file, verdict]));
  /** Reading the code tells the same of most imports, with what to write instead. */
  const isTold = (file: FilePath, code: string, line: number): boolean =>
    byFile.get(file)?.problems.some((problem) => problem.line === line && (problem.code === code || problem.code === 'top-level-await')) ??
    false;
  const add = (file: FilePath, problems: readonly PlacedProblem[]): void => {
    const known = byFile.get(file) ?? { file, ...UNLOADED, problems: [] };
    byFile.set(file, { ...known, problems: [...known.problems, ...problems] });
  };
  for (const { path, code, message, place } of (await compileProject(project)).problems.filter(isFatal)) {
    const file = place?.path ?? path;
    const line = place?.line ?? 1;
    if (!isTold(file, code, line)) {
      add(file, [{ code, severity: 'error', line, column: place?.column ?? 1, message }]);
    }
  }
  const { facts, module, studio } = deriveContext(project, null);
  for (const { path, line, what, kind } of findSecrets(project, module)) {
    const message = `Is this a secret? ${what}. ${WAYS_OUT[kind]}`;
    add(path, [{ code: 'possible-secret', severity: 'info', line: line ?? 1, column: 1, message }]);
  }
  const subject: ScenarioSubject = {
    module: moduleDefinition(module),
    settings: studio.settings,
    functions: facts.functions,
    standIns: studio.standIns,
    remotes: studio.remotes,
    files: project.files,
  };
  for (const path of project.files.keys()) {
    const text = isScenarioFile(path) ? textFile(project, path) : null;
    if (text !== null) {
      const problems = scenarioProblems(path, text, subject);
      if (problems.length > 0) {
        add(path, problems);
      }
    }
  }
  const texts = quotableTexts(project, module);
  return [...byFile.values()].map((verdict) => ({ ...verdict, file: join(folder, verdict.file), text: texts.get(verdict.file) ?? null }));
}

/** Of a file that StateFun does not load. */
export const UNLOADED = { load: null, start: null, call: null, components: [] } as const;

/** Code may define more than reading it tells. */
const UNSURE: ReadonlySet<string> = new Set<ScenarioProblemCode>(['scenario-unknown-function', 'scenario-unknown-state']);

export function scenarioProblems(path: FilePath, text: string, subject: ScenarioSubject | null): readonly PlacedProblem[] {
  const scenario = parseScenario(text, path);
  if (!scenario.ok) {
    return placed(text, scenario.error);
  }
  if (subject === null) {
    return [];
  }
  const settings = { ...subject.settings, partitions: scenario.value.settings.partitions ?? subject.settings.partitions };
  const problems = placed(text, checkScenario(scenario.value, { ...subject, settings }));
  return problems.map((problem) => (UNSURE.has(problem.code) ? { ...problem, severity: 'warning' } : problem));
}
