/** From a place in the user's files to the code view. */
import type { FilePath, Typename } from '../../base/ids.ts';
import type { CodeFacts } from '../../model/code-facts.ts';
import type { TextRange } from '../../model/problem.ts';
import type { Project } from '../../model/project.ts';
import { textFile } from '../../model/project.ts';
import type { CodePlace } from '../../protocol/call.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';

/** From the place to the end of its line; null when the file has no such line any more. */
export function placeRange(project: Project, place: CodePlace): TextRange | null {
  const text = textFile(project, place.path);
  if (text === null) {
    return null;
  }
  const lines = text.split('\n');
  const line = lines[place.line - 1];
  if (line === undefined) {
    return null;
  }
  const start = lines.slice(0, place.line - 1).reduce((length, before) => length + before.length + 1, 0);
  return { from: start + Math.min(Math.max(place.column - 1, 0), line.length), to: start + line.length };
}

export function functionPlace(facts: CodeFacts, typename: Typename): { readonly path: FilePath; readonly range: TextRange } | null {
  const fact = facts.functions.find((candidate) => candidate.typename === typename);
  return fact === undefined ? null : { path: fact.path, range: fact.range };
}

export function openPlace(place: CodePlace): void {
  const range = placeRange(useDocument.getState().project, place);
  useView.getState().openFile(place.path, range ?? undefined);
}

/** False when no file of the project defines the function. */
export function openFunction(typename: Typename): boolean {
  const place = functionPlace(useDocument.getState().facts, typename);
  if (place !== null) {
    useView.getState().openFile(place.path, place.range);
  }
  return place !== null;
}

/** `fraud-count.ts:16`. */
export function placeText(place: CodePlace): string {
  return `${place.path.slice(place.path.lastIndexOf('/') + 1)}:${place.line}`;
}
