/** Which files are scenarios, and which one a user means. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Project } from '../model/project.ts';
import { scenarioName, scenarioTexts } from '../model/scenario-files.ts';
import type { PlacedProblem } from '../module-yaml/verdict.ts';
import { nearest } from '../base/nearest.ts';
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
  return scenarioTexts(project).map(([path, text]) => ({ shown: `${folder}/${path}`, path, name: scenarioName(path), text }));
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
    return ok({ shown: asked, path: insidePath(folder, asked), name: scenarioName(filePath(asked)), text: content.value });
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

/** One line each, as `check` writes them. */
export function scenarioProblemLines({ shown }: ScenarioText, problems: readonly PlacedProblem[]): readonly string[] {
  return problems.map(({ line, column, message }) => `${shown}:${line}:${column}: ${message}`);
}
