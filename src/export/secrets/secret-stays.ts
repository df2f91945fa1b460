/** A secret that cannot be taken out: then nothing leaves (W2). */
import type { FilePath } from '../../base/ids.ts';
import type { Problem } from '../../model/problem.ts';

export interface Staying {
  readonly path: FilePath;
  /** From 1; null for a file as a whole. */
  readonly line: number | null;
  readonly what: string;
}

/** @param text the file as the user has it, where it is text */
export function secretStays({ path, line, what }: Staying, text: string | null): Problem<'secret-stays'> {
  const place = `${path}${line === null ? '' : `:${line}`}`;
  const message = `${place} holds ${what}, which cannot be taken out from here: take it out there, or export with the secrets.`;
  const problem = { code: 'secret-stays', severity: 'error', message, path } as const;
  if (text === null || line === null) {
    return problem;
  }
  const lines = text.split('\n');
  const from = lines.slice(0, line - 1).reduce((length, before) => length + before.length + 1, 0);
  return { ...problem, range: { from, to: from + (lines[line - 1]?.length ?? 0) } };
}
