/** The files of a project that are scenarios: those that `statefun-studio test` plays, and the app. */
import type { FilePath } from '../base/ids.ts';
import { textFile } from './project.ts';
import type { Project } from './project.ts';

export function isScenarioFile(path: FilePath): boolean {
  return /^scenarios\/[^/]+\.ya?ml$/.test(path);
}

/** In the order of their names. */
export function scenarioTexts(project: Project): readonly (readonly [path: FilePath, text: string])[] {
  return [...project.files.keys()]
    .filter(isScenarioFile)
    .toSorted()
    .flatMap((path) => {
      const text = textFile(project, path);
      return text === null ? [] : [[path, text] as const];
    });
}

/** Without folder and extension. */
export function scenarioName(path: FilePath): string {
  return (path.split('/').at(-1) ?? path).replace(/\.ya?ml$/, '');
}
