/** Adds an item to a list, or takes one out, leaving its neighbours as they stand. */
import type { JsonValue } from '../../base/json.ts';
import { err, ok } from '../../base/result.ts';
import { textEdit } from '../problem-codes.ts';
import { columnOf, isFirstOnLine, leadingCommentStart, lineEnd } from '../source/lines.ts';
import type { ListNode, SourceNode } from '../source/source-node.ts';
import { flowText, isJsonList, isJsonObject, itemLines, type BlockStyle } from '../write/block-writer.ts';
import { endOfFlow, insertBefore, removeFlowMember } from './edit-flow.ts';
import { endsInBlockScalar } from './edit-map.ts';
import { removeLines } from './remove-lines.ts';
import { FLOW_WIDTH, isEmptyFlow, replaceValue } from './replace-value.ts';
import type { SmallEdit } from './small-edit.ts';
import type { Spot } from './spot.ts';

/** `index` from 0 to the number of items. */
export function addItem(text: string, spot: Spot, list: ListNode, index: number, value: JsonValue, style: BlockStyle): SmallEdit {
  if (isEmptyFlow(spot)) {
    return ok(replaceValue(text, spot, [value], style));
  }
  const next = list.items[index];
  const last = list.items.at(-1);
  if (list.layout === 'flow') {
    const json = spot.json || list.items.some(({ value: item }) => item.type === 'scalar' && item.style === 'double');
    const member = flowText(value, json, 'flow');
    return next === undefined ? endOfFlow(text, list, last?.value, member) : insertBefore(text, next.value.outer, member);
  }
  const column = columnOf(text, (last ?? { dash: list.from }).dash);
  const line = itemText(list, value, column, style);
  if (next === undefined) {
    if (last === undefined || endsInBlockScalar(last.value)) {
      return err('A block of text ends there');
    }
    const at = lineEnd(text, Math.max(last.value.to, last.dash + 1));
    return ok([textEdit(at, at, `${style.eol}${line}`)]);
  }
  if (!isFirstOnLine(text, next.dash)) {
    return ok([textEdit(next.dash, next.dash, `${line.trimStart()}${style.eol}${' '.repeat(column)}`)]);
  }
  const at = leadingCommentStart(text, next.dash);
  return ok([textEdit(at, at, `${line}${style.eol}`)]);
}

/** Takes out one of several items. */
export function removeItem(text: string, list: ListNode, index: number): SmallEdit {
  const item = list.items[index];
  const next = list.items[index + 1];
  if (item === undefined) {
    return err('It is not there');
  }
  if (list.layout === 'flow') {
    return removeFlowMember(
      text,
      list.items.map(({ value }) => ({ from: value.outer, to: value.to })),
      index,
    );
  }
  if (isFirstOnLine(text, item.dash)) {
    return ok(removeLines(text, item.dash, Math.max(item.value.to, item.dash + 1)));
  }
  return next === undefined ? err('It is the only one there') : ok([textEdit(item.dash, next.dash, '')]);
}

/** New items take the style of the items around: maps in braces where those are. */
function itemText(list: ListNode, value: JsonValue, column: number, style: BlockStyle): string {
  const like = list.items.map((item) => item.value).filter((item) => item.type !== 'scalar');
  if ((isJsonObject(value) || isJsonList(value)) && like.length > 0 && like.every((item) => item.layout === 'flow')) {
    const line = `${' '.repeat(column)}- ${flowText(value, isQuoted(like[0]))}`;
    if (line.length <= FLOW_WIDTH) {
      return line;
    }
  }
  return itemLines(value, column, style).join(style.eol);
}

function isQuoted(node: SourceNode | undefined): boolean {
  return node?.type === 'map' && node.pairs.length > 0 && node.pairs.every((pair) => pair.keyStyle === 'double');
}
