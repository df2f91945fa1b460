/** The text that belongs to one component: from its leading comment to the end of its last line, separators excluded. */
import type { TextRange } from '../model/problem.ts';
import type { LocatedComponent } from './locate.ts';
import { isFirstOnLine, leadingCommentStart, lineEnd } from './source/lines.ts';

export function componentRange(text: string, { place }: LocatedComponent): TextRange {
  const { map } = place;
  if (place.type === 'item') {
    const item = place.list.items[place.index];
    const at = item === undefined ? map.outer : item.dash < 0 ? item.value.outer : item.dash;
    const to = item?.value.to ?? map.to;
    return place.list.layout === 'flow' || !isFirstOnLine(text, at)
      ? { from: at, to }
      : { from: leadingCommentStart(text, at), to: lineEnd(text, to) };
  }
  const from = isFirstOnLine(text, map.outer) ? leadingCommentStart(text, map.outer) : map.outer;
  return { from, to: lineEnd(text, map.to) };
}
