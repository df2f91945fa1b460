/** Why a project cannot be run, or what is odd about one that can. */
import type { FilePath } from '../../base/ids.ts';
import type { CodePlace } from '../../protocol/call.ts';
import type { CodeProblem } from '../../sandbox/sandbox-api.ts';

/** One for each thing to mend. */
export interface StartProblem {
  readonly code: string;
  readonly message: string;
  readonly path: FilePath | null;
  readonly place: CodePlace | null;
}

/** `functions/a.ts:3:5: what is wrong`. */
export function startProblemText({ path, place, message }: StartProblem): string {
  const file = place?.path ?? path;
  return file === null ? message : place === null ? `${file}: ${message}` : `${file}:${place.line}:${place.column}: ${message}`;
}

export function asStartProblem({ code, message, place, path }: CodeProblem): StartProblem {
  return { code, message, place, path };
}
