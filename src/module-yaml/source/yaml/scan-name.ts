/** Anchors, aliases, tags and directives. */
import { textEdit } from '../../problem-codes.ts';
import { BLANK_BREAK_OR_END, BREAK_OR_END, END, SPACE_BREAK_OR_END } from './cursor.ts';
import { shown, type ScanState } from './scan-state.ts';
import type { Directive, Token } from './token.ts';

const WORD = /[-A-Za-z0-9_]/;
const URI = /[-A-Za-z0-9_;/?:@&=+$,.!~*'()[\]%]/;

export function scanAnchor(state: ScanState): Token {
  const { cursor } = state;
  const from = cursor.at;
  const type = cursor.take(1) === '*' ? 'alias' : 'anchor';
  const name = cursor.takeUntil(`${SPACE_BREAK_OR_END}:,[]{}/.*&`);
  if (name === '' || !cursor.has(`${SPACE_BREAK_OR_END}?:,]}%@\``)) {
    const sign = type === 'alias' ? '*' : '&';
    const message = `${sign} begins the name of an ${type}, in which ${shown(cursor.peek())} may not stand: put the text in quotes if you mean ${sign} itself.`;
    state.break(message, { from, to: cursor.at + 1 });
  }
  return { type, from, to: cursor.at, name };
}

export function scanTag(state: ScanState): Token {
  const { cursor } = state;
  const from = cursor.at;
  let handle: string | null = null;
  let suffix = '!';
  if (cursor.peek(1) === '<') {
    cursor.forward(2);
    suffix = scanUri(state, from);
    if (cursor.peek() !== '>') {
      state.break('A tag that begins with !< must end with >.', { from, to: cursor.at });
    }
    cursor.forward();
  } else if (cursor.has(SPACE_BREAK_OR_END, 1)) {
    cursor.forward();
  } else {
    let length = 1;
    while (!cursor.has(`!${BLANK_BREAK_OR_END}`, length)) {
      length += 1;
    }
    if (cursor.peek(length) === '!') {
      handle = scanHandle(state);
    } else {
      handle = '!';
      cursor.forward();
    }
    suffix = scanUri(state, from);
  }
  if (!cursor.has(BLANK_BREAK_OR_END)) {
    const message = `! begins a tag, in which ${shown(cursor.peek())} may not stand: put the text in quotes if you mean ! itself.`;
    state.break(message, { from, to: cursor.at + 1 });
  }
  return { type: 'tag', from, to: cursor.at, handle, suffix };
}

function scanHandle(state: ScanState): string {
  const { cursor } = state;
  const from = cursor.at;
  if (cursor.peek() !== '!') {
    state.break('The handle of a tag begins and ends with !.', state.here());
    return '';
  }
  let length = 1;
  if (cursor.peek(1) !== ' ') {
    while (WORD.test(cursor.peek(length))) {
      length += 1;
    }
    if (cursor.peek(length) !== '!') {
      state.break(`${shown(cursor.peek(length))} may not stand in the handle of a tag.`, { from, to: from + length + 1 });
      return '';
    }
    length += 1;
  }
  return cursor.take(length);
}

function scanUri(state: ScanState, from: number): string {
  const { cursor } = state;
  let length = 0;
  while (URI.test(cursor.peek(length))) {
    length += 1;
  }
  const raw = cursor.take(length);
  const escapes = /%(?![0-9A-Fa-f]{2})/.test(raw) ? null : decoded(raw);
  if (raw === '' || escapes === null) {
    state.break('! begins a tag, and this is none: put the text in quotes if you mean ! itself.', { from, to: cursor.at + 1 });
    return '';
  }
  return escapes;
}

/** Null where the escapes are no UTF-8. */
function decoded(raw: string): string | null {
  if (!raw.includes('%')) {
    return raw;
  }
  try {
    return decodeURIComponent(raw);
  } catch {
    return null;
  }
}

export function scanDirective(state: ScanState): Token {
  const { cursor } = state;
  const from = cursor.at;
  cursor.forward();
  let length = 0;
  while (WORD.test(cursor.peek(length))) {
    length += 1;
  }
  const name = cursor.take(length);
  if (name === '' || !cursor.has(BLANK_BREAK_OR_END)) {
    state.break('A line that begins with % is a directive, and this is none: remove it, or put the text in quotes.', {
      from,
      to: cursor.at + 1,
    });
  }
  const directive: Directive =
    name === 'YAML' ? scanVersion(state, from) : name === 'TAG' ? scanTagDirective(state, from) : { name: 'other' };
  if (directive.name === 'other') {
    cursor.takeUntil(BREAK_OR_END);
  }
  const to = cursor.at;
  cursor.skip(' ');
  if (cursor.peek() === '#') {
    cursor.takeUntil(BREAK_OR_END);
  }
  const char = cursor.peek();
  if (cursor.takeBreak() === '' && char !== END) {
    state.break(`Behind a directive only a comment may stand, not ${shown(char)}.`, state.here());
  }
  return { type: 'directive', from, to, directive };
}

function scanVersion(state: ScanState, from: number): Directive {
  const { cursor } = state;
  cursor.skip(' ');
  const match = /^(\d{1,9})\.(\d{1,9})/.exec(cursor.text.slice(cursor.at, cursor.at + 24));
  cursor.forward(match?.[0].length ?? 0);
  if (match === null || !cursor.has(BLANK_BREAK_OR_END)) {
    state.break('The directive must be %YAML 1.1: write that, or remove the line.', { from, to: cursor.at + 1 }, 'yaml-directive');
    return { name: 'other' };
  }
  const major = Number(match[1]);
  if (major !== 1) {
    const range = { from, to: cursor.at };
    const text = cursor.text.slice(from, cursor.at);
    const fix = { label: 'Write %YAML 1.1', edits: [textEdit(range.from, range.to, '%YAML 1.1')] };
    state.refuse('yaml-directive', `The loader reads YAML 1.1 only: remove “${text}”.`, range, fix);
  }
  return { name: 'YAML', major };
}

function scanTagDirective(state: ScanState, from: number): Directive {
  const { cursor } = state;
  cursor.skip(' ');
  const handle = scanHandle(state);
  if (cursor.peek() !== ' ') {
    state.break('The directive must have the form %TAG !handle! prefix.', { from, to: cursor.at + 1 }, 'yaml-directive');
  }
  cursor.skip(' ');
  const prefix = scanUri(state, from);
  if (!cursor.has(BLANK_BREAK_OR_END)) {
    state.break('The directive must have the form %TAG !handle! prefix.', { from, to: cursor.at + 1 }, 'yaml-directive');
  }
  return { name: 'TAG', handle, prefix };
}
