/** Which files are scenarios, and which one a user means. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Project } from '../model/project.ts';
import { textFile } from '../model/project.ts';
import { checkScenario } from '../scenario/check-scenario.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { placed } from '../module-yaml/verdict.ts';
import type { PlacedProblem } from '../module-yaml/verdict.ts';
import { nearest } from '../module-yaml/fields/unknown-fields.ts';
import type { NodeProject } from './node-run.ts';
import { readAnyFile } from './project-folder.ts';

const SCENARIO = /(?:^|\/)scenarios\/[^/]+\.ya?ml$/;

export function isScenarioFile(path: FilePath): boolean {
  return SCENARIO.test(path);
}

export interface ScenarioText {
  /** As the user would write it, for messages. */
  readonly shown: string;
  readonly path: FilePath;
  readonly name: string;
  readonly text: string;
}

/** Those in scenarios/, by name. */
export function projectScenarios(project: Project, folder: string): readonly ScenarioText[] {
  return [...project.files.keys()]
    .filter((path) => /^scenarios\/[^/]+\.ya?ml$/.test(path))
    .flatMap((path) => {
      const text = textFile(project, path);
      return text === null ? [] : [{ shown: `${folder}/${path}`, path, name: nameOf(path), text }];
    });
}

/** The scenario that `asked` names: one of the project's by name, or any file. */
export async function findScenario(project: Project, folder: string, asked: string): Promise<Result<ScenarioText, string>> {
  const own = projectScenarios(project, folder);
  const named = own.find(({ name, path }) => name === asked || path === asked);
  if (named !== undefined) {
    return ok(named);
  }
  const content = await readAnyFile(asked);
  const inFolder = own.find(({ path }) => path === `scenarios/${asked}`);
  if (!content.ok && inFolder !== undefined) {
    return ok(inFolder);
  }
  if (content.ok && typeof content.value === 'string') {
    return ok({ shown: asked, path: insidePath(folder, asked), name: nameOf(filePath(asked)), text: content.value });
  }
  if (content.ok) {
    return err(`${asked} is no text file.`);
  }
  const meant = nearest(
    asked,
    own.map(({ name }) => name),
  );
  const known = own.length === 0 ? 'The project has none in scenarios/.' : `There are: ${own.map(({ name }) => name).join(', ')}.`;
  return err(`There is no scenario ${JSON.stringify(asked)}. ${meant === null ? known : `Did you mean ${meant}?`}`);
}

/** Its path in the project where it lies inside, else as it was written. */
function insidePath(folder: string, asked: string): FilePath {
  const inside = relative(resolve(folder), resolve(asked));
  return filePath(inside.startsWith('..') || isAbsolute(inside) ? asked : inside.split(sep).join('/'));
}

function nameOf(path: FilePath): string {
  return (path.split('/').at(-1) ?? path).replace(/\.ya?ml$/, '');
}

export function readScenario({ text, path }: ScenarioText): Result<Scenario, readonly PlacedProblem[]> {
  const parsed = parseScenario(text, path);
  return parsed.ok ? parsed : err(placed(text, parsed.error));
}

/** What keeps a scenario from being played on this project, and what is odd about it. */
export function scenarioFaults(
  { text }: ScenarioText,
  scenario: Scenario,
  { config, sandbox }: NodeProject,
  files: Project['files'],
): { readonly errors: readonly PlacedProblem[]; readonly warnings: readonly PlacedProblem[] } {
  const { functions } = sandbox.report;
  const subject = { module: config.module, settings: config.settings, functions, standIns: config.standIns, files };
  const problems = placed(text, checkScenario(scenario, subject));
  return {
    errors: problems.filter(({ severity }) => severity === 'error'),
    warnings: problems.filter(({ severity }) => severity !== 'error'),
  };
}

/** One line each, as `check` writes them. */
export function scenarioProblemLines({ shown }: ScenarioText, problems: readonly PlacedProblem[]): readonly string[] {
  return problems.map(({ line, column, message }) => `${shown}:${line}:${column}: ${message}`);
}
