/** Why a project cannot be run, and how that is told. */
import { join } from 'node:path';
import type { FilePath } from '../base/ids.ts';
import type { CodePlace } from '../protocol/call.ts';

/** One for each thing to mend. */
export interface StartProblem {
  readonly code: string;
  readonly message: string;
  readonly path: FilePath | null;
  readonly place: CodePlace | null;
}

/** `functions/a.ts:3:5: what is wrong`, or `shop/functions/…` where the folder is told. */
export function problemLine({ path, place, message }: StartProblem, folder: string | null = null): string {
  const file = place?.path ?? path;
  if (file === null) {
    return folder === null ? message : `${folder}: ${message}`;
  }
  const where = folder === null ? file : join(folder, file);
  return place === null ? `${where}: ${message}` : `${where}:${place.line}:${place.column}: ${message}`;
}

/** What `simulate` and `test` say of a project that cannot be run: the problems, and where there is more to read. */
export function refusalLines(problems: readonly StartProblem[], folder: string): readonly string[] {
  const lines = problems.map((problem) => {
    const { path, place, code, message } = problem;
    const file = place?.path ?? path;
    return place === null || file === null
      ? problemLine(problem, folder)
      : `${join(folder, file)}:${place.line}:${place.column} ${code} ${message}`;
  });
  return [...lines, `statefun-studio check ${folder} shows all that is wrong.`];
}
