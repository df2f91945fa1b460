/**
 * JSON with the places of its parts, so that one value of a file can change and every other byte stay.
 * Strict JSON only; duplicate keys are kept as members, and the last one counts, as with JSON.parse.
 */
import type { JsonPrimitive, JsonValue } from '../base/json.ts';
import type { TextRange } from './problem.ts';

export interface JsonMember {
  readonly key: string;
  /** Where the member begins: the opening quote of its key. */
  readonly from: number;
  readonly value: JsonNode;
}
export type JsonNode =
  | (TextRange & { readonly type: 'object'; readonly members: readonly JsonMember[] })
  | (TextRange & { readonly type: 'array'; readonly items: readonly JsonNode[] })
  | (TextRange & { readonly type: 'scalar'; readonly value: JsonPrimitive });

export type JsonScan =
  | { readonly ok: true; readonly root: JsonNode }
  | { readonly ok: false; readonly at: number; readonly message: string };

class JsonFault extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const BLANK = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const DEPTH_LIMIT = 200;

export function scanJson(text: string): JsonScan {
  try {
    const from = skipBlank(text, text.startsWith('\uFEFF') ? 1 : 0);
    const root = scanValue(text, from, 0);
    const end = skipBlank(text, root.to);
    return end === text.length ? { ok: true, root } : { ok: false, at: end, message: 'nothing may follow the value' };
  } catch (error) {
    if (error instanceof JsonFault) {
      return { ok: false, at: error.at, message: error.message };
    }
    throw error;
  }
}

export function jsonValueOf(node: JsonNode): JsonValue {
  switch (node.type) {
    case 'scalar':
      return node.value;
    case 'array':
      return node.items.map(jsonValueOf);
    case 'object':
      return Object.fromEntries(node.members.map((member) => [member.key, jsonValueOf(member.value)]));
  }
}

/** The part of a node under a key or an index; null where there is none. */
export function jsonChild(node: JsonNode, key: string | number): JsonNode | null {
  if (node.type === 'array') {
    return typeof key === 'number' ? (node.items[key] ?? null) : null;
  }
  return node.type === 'object' ? (node.members.findLast((member) => member.key === String(key))?.value ?? null) : null;
}

export function jsonAt(node: JsonNode, path: readonly (string | number)[]): JsonNode | null {
  let current: JsonNode | null = node;
  for (const key of path) {
    current = current === null ? null : jsonChild(current, key);
  }
  return current;
}

function skipBlank(text: string, at: number): number {
  BLANK.lastIndex = at;
  BLANK.exec(text);
  return BLANK.lastIndex;
}

function scanValue(text: string, at: number, depth: number): JsonNode {
  if (depth > DEPTH_LIMIT) {
    throw new JsonFault(at, 'nested too deep');
  }
  const first = text[at];
  if (first === '{') {
    return scanObject(text, at, depth);
  }
  if (first === '[') {
    return scanArray(text, at, depth);
  }
  const pattern = first === '"' ? STRING : SCALAR;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null) {
    throw new JsonFault(at, at >= text.length ? 'the text ends too early' : 'a value is expected here');
  }
  return { type: 'scalar', from: at, to: at + found[0].length, value: primitiveOf(found[0], at) };
}

function primitiveOf(source: string, at: number): JsonPrimitive {
  try {
    return JSON.parse(source) as JsonPrimitive;
  } catch {
    throw new JsonFault(at, 'this text has a character or an escape that JSON does not allow');
  }
}

function scanObject(text: string, from: number, depth: number): JsonNode {
  const members: JsonMember[] = [];
  let at = skipBlank(text, from + 1);
  while (text[at] !== '}' || members.length > 0) {
    const key = scanValue(text, at, depth + 1);
    if (key.type !== 'scalar' || typeof key.value !== 'string') {
      throw new JsonFault(at, 'a key in double quotes is expected here');
    }
    const colon = skipBlank(text, key.to);
    if (text[colon] !== ':') {
      throw new JsonFault(colon, 'a colon is expected here');
    }
    const value = scanValue(text, skipBlank(text, colon + 1), depth + 1);
    members.push({ key: key.value, from: at, value });
    at = skipBlank(text, value.to);
    if (text[at] === '}') {
      break;
    }
    at = afterComma(text, at, '}');
  }
  return { type: 'object', from, to: at + 1, members };
}

function scanArray(text: string, from: number, depth: number): JsonNode {
  const items: JsonNode[] = [];
  let at = skipBlank(text, from + 1);
  while (text[at] !== ']' || items.length > 0) {
    const item = scanValue(text, at, depth + 1);
    items.push(item);
    at = skipBlank(text, item.to);
    if (text[at] === ']') {
      break;
    }
    at = afterComma(text, at, ']');
  }
  return { type: 'array', from, to: at + 1, items };
}

function afterComma(text: string, at: number, close: string): number {
  if (text[at] !== ',') {
    throw new JsonFault(at, `a comma or ${close} is expected here`);
  }
  return skipBlank(text, at + 1);
}
