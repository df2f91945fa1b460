/** New YAML in block style: what is written anew, as opposed to edited in place. */
import type { JsonValue } from '../../base/json.ts';
import { writeKey, writeScalar, type ScalarPlace } from './scalar-writer.ts';
import type { ScalarStyle } from '../source/source-node.ts';

export interface BlockStyle {
  readonly eol: string;
  /** Columns from a key to the keys inside it. */
  readonly step: number;
  /** Columns from a key to the dashes of its list; 0 puts them under the key. */
  readonly listOffset: number;
}

export const DEFAULT_STYLE: BlockStyle = { eol: '\n', step: 2, listOffset: 2 };

type JsonObject = { readonly [key: string]: JsonValue };

export function isJsonList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isEmptyCollection(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** The lines of a map or list that begins in `column`, each with its indentation. */
export function blockLines(value: JsonValue, column: number, style: BlockStyle): string[] {
  const pad = ' '.repeat(column);
  if (isJsonList(value)) {
    return value.flatMap((item) => itemLines(item, column, style));
  }
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([key, inner]) => {
      const [first = '', ...rest] = valueLines(inner, column, style);
      return [`${pad}${writeKey(key, 'block')}:${first}`, ...rest];
    });
  }
  return [`${pad}${writeScalar(value, 'block')}`];
}

/** What follows `key:`: the rest of its line, then further lines. `column` is the key's. */
export function valueLines(value: JsonValue, column: number, style: BlockStyle, like?: ScalarStyle): string[] {
  if (typeof value !== 'object' || value === null) {
    return [` ${writeScalar(value, 'block', like)}`];
  }
  if (isEmptyCollection(value)) {
    return [isJsonList(value) ? ' []' : ' {}'];
  }
  return ['', ...blockLines(value, column + (isJsonList(value) ? style.listOffset : style.step), style)];
}

/** The lines of one list item, the first beginning with its dash in `column`. */
export function itemLines(value: JsonValue, column: number, style: BlockStyle): string[] {
  const pad = ' '.repeat(column);
  if (typeof value !== 'object' || value === null || isEmptyCollection(value)) {
    return [`${pad}- ${flowText(value)}`];
  }
  const [first = '', ...rest] = blockLines(value, column + 2, style);
  return [`${pad}- ${first.slice(column + 2)}`, ...rest];
}

/** A value on one line, in flow style; keys and texts in double quotes where `json`. */
export function flowText(value: JsonValue, json = false, place: ScalarPlace = 'block'): string {
  if (isJsonList(value)) {
    return `[${value.map((item) => flowText(item, json, 'flow')).join(', ')}]`;
  }
  if (isJsonObject(value)) {
    const like = json ? 'double' : 'plain';
    return `{${Object.entries(value)
      .map(([key, inner]) => `${writeKey(key, 'flow', like)}: ${flowText(inner, json, 'flow')}`)
      .join(', ')}}`;
  }
  return writeScalar(value, place, json ? 'double' : 'plain');
}
