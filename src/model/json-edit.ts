/**
 * One value of a JSON text set or removed, as the smallest replacement of text. New text is written with two spaces;
 * the outer two levels take a line an entry, what lies deeper is kept on one line while it fits.
 */
import type { JsonValue } from '../base/json.ts';
import { jsonChild, type JsonNode } from './json-text.ts';

type Path = readonly (string | number)[];

export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

const LINE_WIDTH = 110;

/** JSON text for a value that stands `depth` levels deep. No newline at the end. */
export function renderJson(value: JsonValue, depth: number): string {
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value);
  }
  const inline = renderInline(value);
  if (inline.length === 2 || (depth > 1 && inline.length + 2 * depth <= LINE_WIDTH)) {
    return inline;
  }
  const pad = '  '.repeat(depth + 1);
  const close = `\n${'  '.repeat(depth)}`;
  if (isArray(value)) {
    return `[${value.map((item) => `\n${pad}${renderJson(item, depth + 1)}`).join(',')}${close}]`;
  }
  const members = Object.entries(value).map(([key, item]) => `\n${pad}${JSON.stringify(key)}: ${renderJson(item, depth + 1)}`);
  return `{${members.join(',')}${close}}`;
}

/** The replacement that makes `path` hold `value` (undefined removes it), or null when nothing changes. */
export function editJson(text: string, root: JsonNode, path: Path, value: JsonValue | undefined): Replacement | null {
  let node = root;
  for (let depth = 0; depth < path.length; depth += 1) {
    const key = path[depth] ?? '';
    const child = jsonChild(node, key);
    if (child === null) {
      return value === undefined ? null : insertAt(text, node, depth, key, wrap(path.slice(depth + 1), value));
    }
    if (value === undefined && depth === path.length - 1) {
      return removeAt(node, key);
    }
    node = child;
  }
  return value === undefined ? null : replaceNode(text, node, renderJson(value, path.length));
}

/** `value` inside the objects and lists that the path names. */
export function wrap(path: Path, value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value);
}

function replaceNode(text: string, node: JsonNode, insert: string): Replacement | null {
  return text.slice(node.from, node.to) === insert ? null : { from: node.from, to: node.to, insert };
}

function insertAt(text: string, node: JsonNode, depth: number, key: string | number, value: JsonValue): Replacement | null {
  const entries = entriesOf(node);
  const last = entries?.at(-1);
  const fits = node.type === 'array' ? typeof key === 'number' : node.type === 'object';
  if (last === undefined || !fits) {
    return replaceNode(text, node, renderJson(wrap([key], value), depth));
  }
  const rendered = (node.type === 'array' ? '' : `${JSON.stringify(String(key))}: `) + renderJson(value, depth + 1);
  const lead = leadOf(text, node.from, entries?.[0]?.from ?? node.from);
  return { from: last.to, to: last.to, insert: `,${lead}${rendered}` };
}

/** Blank text between an opening bracket and its first entry: how this container separates entries. */
function leadOf(text: string, open: number, first: number): string {
  const blank = text.slice(open + 1, first);
  return blank.includes('\n') ? blank : ' ';
}

function removeAt(node: JsonNode, key: string | number): Replacement | null {
  const entries = entriesOf(node);
  const index = node.type === 'object' ? node.members.findLastIndex((member) => member.key === String(key)) : Number(key);
  const entry = entries?.[index];
  if (entries === null || entry === undefined) {
    return null;
  }
  const before = entries[index - 1];
  const after = entries[index + 1];
  if (before !== undefined) {
    return { from: before.to, to: entry.to, insert: '' };
  }
  return after === undefined ? { from: node.from + 1, to: node.to - 1, insert: '' } : { from: entry.from, to: after.from, insert: '' };
}

function entriesOf(node: JsonNode): readonly { readonly from: number; readonly to: number }[] | null {
  switch (node.type) {
    case 'object':
      return node.members.map((member) => ({ from: member.from, to: member.value.to }));
    case 'array':
      return node.items;
    case 'scalar':
      return null;
  }
}

function renderInline(value: JsonValue): string {
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value);
  }
  if (isArray(value)) {
    return `[${value.map(renderInline).join(', ')}]`;
  }
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${renderInline(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function isArray(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
