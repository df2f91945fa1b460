/** Replaces the value at a spot, in the style of what stands there. */
import type { JsonValue } from '../../base/json.ts';
import type { Edit } from '../../model/edit.ts';
import { textEdit } from '../problem-codes.ts';
import { columnOf, lineEnd, lineStart } from '../source/lines.ts';
import { blockLines, flowText, isEmptyCollection, isJsonList, itemLines, valueLines, type BlockStyle } from '../write/block-writer.ts';
import { writeScalar, type ScalarPlace } from '../write/scalar-writer.ts';
import type { Spot } from './spot.ts';

/** A flow collection is written on one line up to this column. */
export const FLOW_WIDTH = 120;

export function replaceValue(text: string, spot: Spot, value: JsonValue, style: BlockStyle): readonly Edit[] {
  if (spot.inFlow || isShort(value)) {
    return replaceByLine(text, spot, shortText(spot, value, spot.inFlow ? 'flow' : 'block'));
  }
  const old = spot.value;
  const isFlow = old.type !== 'scalar' && old.layout === 'flow' && !isEmptyFlow(spot);
  if (isFlow) {
    const line = flowText(value, spot.json);
    if (columnOf(text, old.from) + line.length <= FLOW_WIDTH) {
      return [textEdit(old.outer, old.to, line)];
    }
  }
  return replaceByBlock(text, spot, value, style);
}

/** `[]` or `{}` in block context: what is added there becomes block style. */
export function isEmptyFlow({ value, inFlow }: Spot): boolean {
  return !inFlow && ((value.type === 'list' && value.items.length === 0) || (value.type === 'map' && value.pairs.length === 0));
}

function isShort(value: JsonValue): boolean {
  return typeof value !== 'object' || value === null || isEmptyCollection(value);
}

function shortText({ value: old, json }: Spot, value: JsonValue, place: ScalarPlace): string {
  if (typeof value === 'object' && value !== null) {
    return flowText(value, json, place);
  }
  const isQuoted = old.type === 'scalar' && (old.style === 'single' || old.style === 'double');
  return writeScalar(value, place, isQuoted ? old.style : json ? 'double' : 'plain');
}

function replaceByLine(text: string, spot: Spot, line: string): readonly Edit[] {
  const old = spot.value;
  if (old.from === old.to && old.outer === old.from) {
    const hasColon = spot.isItem || text[old.from - 1] === ':' || text[spot.after - 1] === ':';
    return [textEdit(old.from, old.from, `${hasColon ? '' : ':'} ${line}`)];
  }
  const isBelow = old.type !== 'scalar' && old.layout === 'block' && lineStart(text, spot.after) !== lineStart(text, old.from);
  if (!isBelow) {
    return [textEdit(old.outer, old.to, line)];
  }
  if (text.slice(spot.after, old.from).trim() === '') {
    return [textEdit(spot.after, old.to, ` ${line}`)];
  }
  // A comment behind the colon stays there.
  return [textEdit(lineEnd(text, spot.after), old.to, ''), textEdit(spot.after, spot.after, ` ${line}`)];
}

/** For a value that is in block context. */
export function replaceByBlock(text: string, spot: Spot, value: JsonValue, style: BlockStyle): readonly Edit[] {
  const old = spot.value;
  const { eol } = style;
  const onLine = lineStart(text, spot.after) === lineStart(text, old.outer);
  if (spot.isItem && onLine) {
    const lines = itemLines(value, spot.column, style);
    const inner = lines.join(eol).slice(spot.column + 2);
    return [textEdit(old.outer, old.to, old.from === old.to ? ` ${inner}` : inner)];
  }
  if (onLine) {
    const tail = text.slice(old.to, lineEnd(text, old.to));
    return [textEdit(spot.after, old.to + tail.length, `${tail}${valueLines(value, spot.column, style).join(eol)}`)];
  }
  const column = columnOf(text, old.outer);
  const fits = column > spot.column || (column === spot.column && isJsonList(value));
  const start = lineStart(text, old.outer);
  const at = fits ? column : spot.column + style.step;
  return [textEdit(start, old.to, blockLines(value, at, style).join(eol))];
}
