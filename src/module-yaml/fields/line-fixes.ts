/** Fixes that take a line away or add one. */
import type { ProblemPlace } from '../problem-codes.ts';
import { textEdit } from '../problem-codes.ts';
import { columnOf, isFirstOnLine, lineBreakOf, lineEnd, lineStart, nextLine } from '../source/lines.ts';
import type { PairNode, SourceNode } from '../source/source-node.ts';

type Fix = NonNullable<ProblemPlace['fix']>;

/** Removes a pair that has its lines to itself; none where others share them, or where it is all that its map has. */
export function removalOf(text: string, parent: SourceNode, pair: PairNode): { readonly fix?: Fix } {
  const { value } = pair;
  const isPlain = value.type === 'scalar' && !value.anchored && value.style !== 'block';
  if (parent.type !== 'map' || parent.layout !== 'block' || parent.pairs.length < 2 || !isPlain || !isFirstOnLine(text, pair.keyFrom)) {
    return {};
  }
  const end = Math.max(value.to, pair.colonEnd);
  const rest = text.slice(end, lineEnd(text, end));
  if (!/^\s*(?:#.*)?$/.test(rest)) {
    return {};
  }
  return { fix: { label: `Remove ${pair.key}`, edits: [textEdit(lineStart(text, pair.keyFrom), nextLine(text, end), '')] } };
}

/** Adds `line` behind the last pair of a map. */
export function additionTo(text: string, map: SourceNode, label: string, line: string): { readonly fix?: Fix } {
  const last = map.type === 'map' ? map.pairs.at(-1) : undefined;
  if (map.type !== 'map' || last === undefined || last.value.type !== 'scalar' || last.value.style === 'block') {
    return {};
  }
  const end = Math.max(last.value.to, last.colonEnd);
  if (map.layout === 'flow') {
    return { fix: { label, edits: [textEdit(end, end, `, ${line}`)] } };
  }
  const indent = ' '.repeat(columnOf(text, last.keyFrom));
  const at = lineEnd(text, end);
  return map.layout === 'block' && isFirstOnLine(text, last.keyFrom)
    ? { fix: { label, edits: [textEdit(at, at, `${lineBreakOf(text)}${indent}${line}`)] } }
    : {};
}
