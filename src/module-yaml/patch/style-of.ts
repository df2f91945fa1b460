/** The layout that a file uses already: indentation steps and line breaks, for text that is added to it. */
import type { LocatedComponent, LocatedModule } from '../locate.ts';
import { columnOf, lineBreakOf, lineStart } from '../source/lines.ts';
import type { SourceNode } from '../source/source-node.ts';
import { DEFAULT_STYLE, type BlockStyle } from '../write/block-writer.ts';

interface Seen {
  step: number | null;
  listOffset: number | null;
}

/** What the component does counts first, then the rest of the file. */
export function styleOf(module: LocatedModule, component: LocatedComponent | null = null): BlockStyle {
  const { text } = module.source;
  const seen: Seen = { step: null, listOffset: null };
  if (component !== null) {
    look(text, component.place.map, seen);
  }
  for (const { root } of module.source.documents) {
    look(text, root, seen);
  }
  return {
    eol: lineBreakOf(text),
    step: seen.step ?? DEFAULT_STYLE.step,
    listOffset: seen.listOffset ?? Math.min(DEFAULT_STYLE.listOffset, seen.step ?? DEFAULT_STYLE.listOffset),
  };
}

function look(text: string, node: SourceNode, seen: Seen): void {
  if (seen.step !== null && seen.listOffset !== null) {
    return;
  }
  if (node.type === 'list' && node.layout === 'block') {
    node.items.forEach((item) => look(text, item.value, seen));
  }
  if (node.type !== 'map' || node.layout !== 'block') {
    return;
  }
  for (const { keyFrom, value, explicit } of node.pairs) {
    const isBelow = lineStart(text, keyFrom) !== lineStart(text, value.from);
    if (value.type !== 'scalar' && value.layout === 'block' && isBelow && !explicit) {
      const width = columnOf(text, value.from) - columnOf(text, keyFrom);
      if (value.type === 'list') {
        seen.listOffset ??= Math.max(0, width);
      } else {
        seen.step ??= Math.max(1, width);
      }
    }
    look(text, value, seen);
  }
}
