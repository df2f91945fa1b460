/** Which lines stand for which statement, so that what a call reached can be told by line. */
import type { Token } from 'acorn';
import type { StatementPoint } from './find-points.ts';

/** Tokens that end something: a line of nothing else holds no code of its own. */
const closing = new Set([')', '}', ']', ';', ',', ');', 'else']);

/** Lines that hold more than closing brackets. */
export function linesWithCode(code: string, tokens: readonly Token[], lineAt: (offset: number) => number): ReadonlySet<number> {
  return new Set(tokens.filter(({ start, end }) => !closing.has(code.slice(start, end))).map(({ start }) => lineAt(start)));
}

/**
 * By line, the indices of the points that stand for it, ascending: those that begin there; else the innermost one around whose own
 * part goes over it.
 */
export function pointsOfLines(
  points: readonly (StatementPoint & { readonly index: number })[],
  withCode: ReadonlySet<number>,
  lineAt: (offset: number) => number,
): ReadonlyMap<number, readonly number[]> {
  const lines = new Map<number, number[]>();
  for (const { node, index } of points) {
    const line = lineAt(node.start);
    lines.set(line, [...(lines.get(line) ?? []), index]);
  }
  const begun = new Set(lines.keys());
  // The innermost is the shortest: it comes first and keeps the line.
  for (const { node, headEnd, index } of points.toSorted((a, b) => a.headEnd - a.node.start - (b.headEnd - b.node.start))) {
    for (let line = lineAt(node.start) + 1; line <= lineAt(headEnd); line += 1) {
      if (!begun.has(line) && withCode.has(line) && !lines.has(line)) {
        lines.set(line, [index]);
      }
    }
  }
  return new Map([...lines].sort(([a], [b]) => a - b));
}
