/** The spec of a component as YAML of its own, for an editor: dedented, with its comments. */
import type { NodeId } from '../base/ids.ts';
import { locate } from './locate.ts';
import { columnOf, isFirstOnLine, lineEnd, lineStart, nextLine } from './source/lines.ts';

/** Lines end in `\n`. Empty for a component that is not there, and for an empty spec. */
export function specAsYaml(text: string, node: NodeId): string {
  const { components, source } = locate(text);
  const component = source.parsed ? components.find((candidate) => candidate.node === node) : undefined;
  if (component === undefined) {
    return '';
  }
  const { value, colonEnd } = component.spec;
  const isBelow = value.type !== 'scalar' && value.layout === 'block' && isFirstOnLine(text, value.from);
  if (!isBelow) {
    return text.slice(value.outer, value.to).replace(/\r\n?/g, '\n');
  }
  const column = columnOf(text, value.from);
  // Comments between the key and the first field belong to the spec.
  const from = Math.min(nextLine(text, colonEnd), lineStart(text, value.from));
  const lines = text.slice(from, lineEnd(text, value.to)).split(/\r\n|\r|\n/);
  return lines.map((line) => line.slice(Math.min(column, line.length - line.trimStart().length))).join('\n');
}
