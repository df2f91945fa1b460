/** Which lines a call ran and which it did not reach, as stretches: what stands between statements belongs to the one above. */
import type { FileCoverage } from '../worker/trial-contract.ts';

export interface CoverageSpan {
  /** One-based, inclusive. */
  readonly from: number;
  readonly to: number;
  readonly ran: boolean;
}

/** `topLevel`: whether a line begins at the left edge, so that one function ends there or another begins. */
export function coverageSpans(
  { reached, missed }: Pick<FileCoverage, 'reached' | 'missed'>,
  topLevel: (line: number) => boolean,
): readonly CoverageSpan[] {
  const ran = new Set(reached);
  const lines = [...new Set([...reached, ...missed])].toSorted((a, b) => a - b);
  const spans: { from: number; to: number; ran: boolean }[] = [];
  for (const [index, line] of lines.entries()) {
    // A line that was reached and holds something that was not has run.
    const here = ran.has(line);
    const last = spans.at(-1);
    const before = lines[index - 1] ?? line;
    const joined = last !== undefined && !Array.from({ length: line - before - 1 }, (_, at) => before + 1 + at).some(topLevel);
    if (joined) {
      last.to = here === last.ran ? line : line - 1;
    }
    if (last === undefined || here !== last.ran || !joined) {
      spans.push({ from: line, to: line, ran: here });
    }
  }
  return spans;
}
