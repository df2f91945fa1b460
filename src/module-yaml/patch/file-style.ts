/** How a file is laid out, so that what is added looks like what is there. */
import { columnOf, lineBreakOf } from '../source/lines.ts';
import type { SourceFile } from '../source/read-source.ts';
import type { SourceNode } from '../source/source-node.ts';
import { DEFAULT_STYLE, type BlockStyle } from '../write/block-writer.ts';

/** Taken from the first nested map and the first list in block style; the usual two blanks where there is none. */
export function fileStyle({ text, documents }: SourceFile): BlockStyle {
  const found: { step?: number; listOffset?: number } = {};
  for (const { root } of documents) {
    look(text, root, found);
  }
  return { eol: lineBreakOf(text), step: found.step ?? DEFAULT_STYLE.step, listOffset: found.listOffset ?? DEFAULT_STYLE.listOffset };
}

function look(text: string, node: SourceNode, found: { step?: number; listOffset?: number }): void {
  if (found.step !== undefined && found.listOffset !== undefined) {
    return;
  }
  if (node.type === 'list') {
    node.items.forEach((item) => look(text, item.value, found));
  }
  if (node.type !== 'map' || node.layout !== 'block') {
    return;
  }
  for (const { keyFrom, value } of node.pairs) {
    const column = columnOf(text, keyFrom);
    const first = value.type === 'map' && value.layout === 'block' ? value.pairs[0] : undefined;
    if (first !== undefined && columnOf(text, first.keyFrom) > column) {
      found.step ??= columnOf(text, first.keyFrom) - column;
    }
    const dash = value.type === 'list' && value.layout === 'block' ? value.items[0]?.dash : undefined;
    if (dash !== undefined && dash >= 0) {
      found.listOffset ??= columnOf(text, dash) - column;
    }
    look(text, value, found);
  }
}
