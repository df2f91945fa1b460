/** JSON of a type that the project's code declares (`jsonType<T>`), to begin a message or a state with. */
import { readTypeShapes } from '../analysis/type-shapes.ts';
import type { FilePath } from '../base/ids.ts';
import { isFunctionFile } from '../model/project.ts';
import type { Project } from '../model/project.ts';
import { sampleValue } from '../model/sample-value.ts';

/** Null for a type of which nothing is known. */
export function typeSample(project: Pick<Project, 'files'>, valueType: string): string | null {
  const shape = readTypeShapes(functionTexts(project)).get(valueType);
  return shape === undefined ? null : JSON.stringify(sampleValue(shape), null, 2);
}

/** Whether the code writes values of the type as bytes of its own (`customType`, `protoType`): text would not be read by it. */
export function isOfBytes(project: Pick<Project, 'files'>, valueType: string): boolean {
  const made = /\b(?:customType|protoType)\b[^('"`;]*\(\s*(['"`])([^'"`\n]+)\1/g;
  return [...functionTexts(project).values()].some((text) => [...text.matchAll(made)].some(([, , typename]) => typename === valueType));
}

function functionTexts({ files }: Pick<Project, 'files'>): ReadonlyMap<FilePath, string> {
  const texts = new Map<FilePath, string>();
  for (const [path, content] of files) {
    if (typeof content === 'string' && isFunctionFile(path)) {
      texts.set(path, content);
    }
  }
  return texts;
}
