/** Values as expectations see them: bytes with a type, against what was written in the scenario. */
import type { JsonValue } from '../../base/json.ts';
import { tryDecodeUtf8 } from '../../base/text-encoding.ts';
import { shownText } from '../../protocol/typed-value.ts';
import { toBase64 } from '../../base/base64.ts';
import type { ValueMatch } from '../scenario.ts';

export interface ActualValue {
  /** Empty for records: what is in a topic has no type. */
  readonly typename: string;
  readonly bytes: Uint8Array;
}

/** The value as JSON: numbers, texts and booleans of StateFun's own types, and what is JSON itself; undefined otherwise. */
export function jsonOf({ typename, bytes }: ActualValue): JsonValue | undefined {
  const text = isBuiltIn(typename) ? shownText(typename, bytes) : tryDecodeUtf8(bytes);
  if (text === null) {
    return undefined;
  }
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function textOf(value: ActualValue): string | null {
  if (!isBuiltIn(value.typename)) {
    return tryDecodeUtf8(value.bytes);
  }
  const shown = jsonOf(value);
  return typeof shown === 'string' ? shown : shownText(value.typename, value.bytes);
}

function isBuiltIn(typename: string): boolean {
  return typename.startsWith('io.statefun.types/');
}

export function matchesValue(match: ValueMatch, value: ActualValue): boolean {
  switch (match.type) {
    case 'json': {
      const found = jsonOf(value);
      return found !== undefined && equalJson(match.value, found);
    }
    case 'json-contains': {
      const found = jsonOf(value);
      return found !== undefined && containsJson(match.value, found);
    }
    case 'text':
      return textOf(value) === match.text;
    case 'text-contains':
      return textOf(value)?.includes(match.text) === true;
    case 'base64':
      return toBase64(value.bytes) === match.base64;
  }
}

export function equalJson(left: JsonValue, right: JsonValue): boolean {
  if (isList(left) || isList(right)) {
    return (
      isList(left) && isList(right) && left.length === right.length && left.every((item, index) => equalJson(item, right[index] ?? null))
    );
  }
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length && keys.every((key) => hasEqual(left, right, key, equalJson));
  }
  return left === right;
}

/** Every member of `part` is in `whole`, at any depth of mappings; lists item by item and of the same length. */
export function containsJson(part: JsonValue, whole: JsonValue): boolean {
  if (isList(part)) {
    return isList(whole) && part.length === whole.length && part.every((item, index) => containsJson(item, whole[index] ?? null));
  }
  if (isObject(part)) {
    return isObject(whole) && Object.keys(part).every((key) => hasEqual(part, whole, key, containsJson));
  }
  return part === whole;
}

type JsonObject = { readonly [key: string]: JsonValue };

function hasEqual(left: JsonObject, right: JsonObject, key: string, equal: (a: JsonValue, b: JsonValue) => boolean): boolean {
  return Object.hasOwn(right, key) && equal(left[key] ?? null, right[key] ?? null);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON on one line, members in order of their names, so that equal values look equal. */
export function lineOf(value: JsonValue): string {
  return JSON.stringify(sorted(value));
}

export function linesOf(value: JsonValue): readonly string[] {
  return JSON.stringify(sorted(value), null, 2).split('\n');
}

function sorted(value: JsonValue): JsonValue {
  if (isList(value)) {
    return value.map(sorted);
  }
  if (!isObject(value)) {
    return value;
  }
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

/** An actual value on one line. */
export function shownValue(value: ActualValue): string {
  const json = jsonOf(value);
  if (json !== undefined) {
    return lineOf(json);
  }
  const text = textOf(value);
  return text === null ? `base64 ${toBase64(value.bytes)}` : JSON.stringify(text);
}

/** An expected value on one line, marked where only a part of it is named. */
export function shownMatch(match: ValueMatch): string {
  switch (match.type) {
    case 'json':
      return lineOf(match.value);
    case 'json-contains':
      return `contains ${lineOf(match.value)}`;
    case 'text':
      return JSON.stringify(match.text);
    case 'text-contains':
      return `contains ${JSON.stringify(match.text)}`;
    case 'base64':
      return `base64 ${match.base64}`;
  }
}
