/** Why a project cannot be run, and how that is told. */
import { join } from 'node:path';
import { startProblemText } from '../worker/play/start-problem.ts';
import type { StartProblem } from '../worker/play/start-problem.ts';

/** `functions/a.ts:3:5: what is wrong`, or `shop/functions/…` where the folder is told. */
export function problemLine(problem: StartProblem, folder: string | null = null): string {
  const { path, place, message } = problem;
  const file = place?.path ?? path;
  if (folder === null) {
    return startProblemText(problem);
  }
  if (file === null) {
    return `${folder}: ${message}`;
  }
  const where = join(folder, file);
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
  // What code throws while it loads is not seen by reading it.
  const isSeenByCheck = problems.some(({ code }) => code !== 'load-error');
  return isSeenByCheck ? [...lines, `statefun-studio check ${folder} shows all that is wrong.`] : lines;
}
