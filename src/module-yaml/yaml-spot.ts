/**
 * Where one stands in module.yaml while typing, when the text need not parse: read from the lines above by their indentation,
 * for the form with one component a document.
 */
import type { TextRange } from '../model/problem.ts';

export interface YamlSpot {
  /** The document's kind as written so far; null where there is none. */
  readonly kind: string | null;
  /** Keys that lead to the line, without list numbers. */
  readonly path: readonly string[];
  /** The key whose value one stands in; null where one stands in a key, or in an item of a list. */
  readonly key: string | null;
  /** One stands in an item of a list that is the value of the last key of the path. */
  readonly item: boolean;
  /** The word one stands in: what a completion replaces. */
  readonly range: TextRange;
  readonly text: string;
  /** Keys that stand beside the line already. */
  readonly siblings: readonly string[];
}

interface Line {
  readonly from: number;
  readonly text: string;
  readonly indent: number;
  /** Indentation of what follows the dashes. */
  readonly inner: number;
  readonly dash: boolean;
  readonly key: string | null;
  /** Behind the colon, without comment; where it begins in the line. */
  readonly value: string;
  readonly valueFrom: number;
}

const KEY = /^(['"]?)([A-Za-z_][\w.-]*)\1\s*:(?:\s+|$)(.*)$/;

export function yamlSpotAt(text: string, offset: number): YamlSpot | null {
  const lines = documentLines(text, offset);
  const index = lines.findIndex((line) => offset >= line.from && offset <= line.from + line.text.length);
  const line = lines[index];
  if (line === undefined || isComment(line, offset)) {
    return null;
  }
  const column = offset - line.from;
  // In an empty line the cursor says how deep one is.
  const depth = line.text.trim() === '' ? column : line.inner;
  const path = pathAbove(lines, index, depth, line.dash || line.text.trim() === '');
  const kind = lines.find((candidate) => candidate.indent === 0 && candidate.key === 'kind')?.value ?? null;
  const siblings = siblingsOf(lines, index, depth, line.dash);
  const base = { kind: kind === '' ? null : kind, siblings };
  if (line.key !== null && column >= line.valueFrom) {
    return { ...base, path, key: line.key, item: false, ...wordAt(text, offset, line) };
  }
  const item = line.dash && line.key === null;
  return { ...base, path, key: null, item, ...wordAt(text, offset, line) };
}

function documentLines(text: string, offset: number): readonly Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const to = from + raw.length;
    if (/^---(\s|$)/.test(line)) {
      if (offset <= to && offset >= from) {
        return [];
      }
      if (from > offset) {
        return lines;
      }
      lines.length = 0;
    } else {
      lines.push(lineOf(line, from));
    }
    from = to + 1;
  }
  return lines;
}

function lineOf(text: string, from: number): Line {
  const indent = text.length - text.trimStart().length;
  const dashes = /^(?:-\s+|-$)+/.exec(text.slice(indent))?.[0] ?? '';
  const content = text.slice(indent + dashes.length);
  const pair = content.startsWith('#') ? null : KEY.exec(content);
  const raw = pair?.[3] ?? '';
  return {
    from,
    text,
    indent,
    inner: indent + dashes.length,
    dash: dashes !== '',
    key: pair?.[2] ?? null,
    value: raw.startsWith('#') ? '' : raw.replace(/\s+#.*$/, ''),
    valueFrom: text.length - raw.length,
  };
}

function isComment(line: Line, offset: number): boolean {
  const comment = /(^|\s)#/.exec(line.text);
  return comment !== null && offset - line.from > comment.index + (comment[1] ?? '').length;
}

/** Keys of the lines above that are less and less indented. */
function pathAbove(lines: readonly Line[], index: number, depth: number, isDash: boolean): readonly string[] {
  const path: string[] = [];
  const own = lines[index];
  let limit = isDash && own !== undefined && own.dash ? own.indent : depth;
  // A list may stand at the indentation of its key.
  let mayEqual = own?.dash === true;
  for (let at = index - 1; at >= 0; at -= 1) {
    const line = lines[at];
    if (line === undefined || line.text.trim() === '' || line.text.trimStart().startsWith('#')) {
      continue;
    }
    const inner = line.key === null ? line.indent : line.inner;
    const isParent = line.key !== null && line.value.trim() === '' && (inner < limit || (mayEqual && inner === limit && !line.dash));
    if (isParent && line.key !== null) {
      path.unshift(line.key);
      limit = line.dash ? line.indent : inner;
      mayEqual = line.dash;
    } else if (line.dash && line.indent < limit) {
      limit = line.indent;
      mayEqual = true;
    }
  }
  return path;
}

function siblingsOf(lines: readonly Line[], index: number, depth: number, isDash: boolean): readonly string[] {
  const keys: string[] = [];
  for (let at = isDash ? -1 : index - 1; at >= 0; at -= 1) {
    const line = lines[at];
    if (line === undefined || line.text.trim() === '') {
      continue;
    }
    if (line.inner < depth) {
      break;
    }
    if (line.inner === depth && line.key !== null) {
      keys.push(line.key);
    }
    if (line.dash && line.indent < depth) {
      break;
    }
  }
  for (let at = index + 1; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || line.text.trim() === '') {
      continue;
    }
    if (line.indent < depth) {
      break;
    }
    if (line.inner === depth && line.key !== null && !line.dash) {
      keys.push(line.key);
    }
  }
  return keys;
}

const WORD = /[\w./*{}:@-]/;

function wordAt(text: string, offset: number, line: Line): { readonly range: TextRange; readonly text: string } {
  // A dash or a key before the word is no part of it.
  const isValue = line.key !== null && offset >= line.from + line.valueFrom;
  const least = line.from + (isValue ? line.valueFrom : line.inner);
  let from = offset;
  while (from > least && WORD.test(text[from - 1] ?? '')) {
    from -= 1;
  }
  let to = offset;
  while (to < line.from + line.text.length && WORD.test(text[to] ?? '') && text[to] !== ':') {
    to += 1;
  }
  return { range: { from, to }, text: text.slice(from, to) };
}
