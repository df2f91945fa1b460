/** Scalars in single and double quotes. */
import { textEdit } from '../../problem-codes.ts';
import { END, SPACE_BREAK_OR_END } from './cursor.ts';
import { shown, type ScanState } from './scan-state.ts';
import type { ScalarToken } from './token.ts';

const ESCAPES = new Map(
  Object.entries({
    '0': '\0',
    a: '\u0007',
    b: '\b',
    t: '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\u001b',
    ' ': ' ',
    '"': '"',
    '\\': '\\',
    N: '\u0085',
    _: '\u00a0',
    L: '\u2028',
    P: '\u2029',
  }),
);
const HEX_DIGITS = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

export function scanQuoted(state: ScanState): ScalarToken {
  const { cursor } = state;
  const from = cursor.at;
  const quote = cursor.take(1);
  const slashes: number[] = [];
  let value = scanText(state, quote, from, slashes);
  while (cursor.peek() !== quote && !state.isBroken) {
    value += scanSpaces(state, from) + scanText(state, quote, from, slashes);
  }
  cursor.forward();
  refuseSlashes(state, slashes);
  return { type: 'scalar', from, to: cursor.at, style: quote === '"' ? 'double' : 'single', value };
}

/** `\/`, which JSON has and the loader does not. */
function refuseSlashes(state: ScanState, slashes: readonly number[]): void {
  const at = slashes[0];
  if (at !== undefined) {
    const edits = slashes.toReversed().map((slash) => textEdit(slash, slash + 2, '/'));
    const message = 'The loader does not know the escape \\/ : write / without the backslash.';
    state.refuse('yaml-escape', message, { from: at, to: at + 2 }, { label: 'Write / instead of \\/', edits });
  }
}

function scanText(state: ScanState, quote: string, from: number, slashes: number[]): string {
  const { cursor } = state;
  let value = '';
  for (;;) {
    value += cursor.takeUntil(`${SPACE_BREAK_OR_END}'"\\`);
    const char = cursor.peek();
    if (quote === "'" && char === "'" && cursor.peek(1) === "'") {
      value += "'";
      cursor.forward(2);
    } else if ((quote === '"' && char === "'") || (quote === "'" && (char === '"' || char === '\\'))) {
      value += cursor.take(1);
    } else if (quote === '"' && char === '\\') {
      value += scanEscape(state, from, slashes);
    } else {
      return value;
    }
  }
}

function scanEscape(state: ScanState, from: number, slashes: number[]): string {
  const { cursor } = state;
  const at = cursor.at;
  cursor.forward();
  const letter = cursor.peek();
  const plain = ESCAPES.get(letter);
  if (plain !== undefined) {
    cursor.forward();
    return plain;
  }
  const digits = HEX_DIGITS.get(letter);
  if (digits !== undefined) {
    cursor.forward();
    const hex = cursor.take(digits);
    const code = Number.parseInt(hex, 16);
    if (hex.length < digits || !/^[0-9A-Fa-f]+$/.test(hex) || code > 0x10ffff) {
      const range = { from: at, to: at + 2 + digits };
      state.break(`\\${letter} must be followed by ${digits} hexadecimal digits of a character.`, range, 'yaml-escape');
      return '';
    }
    return String.fromCodePoint(code);
  }
  if (cursor.takeBreak() !== '') {
    return scanBreaks(state, from);
  }
  if (letter === '/') {
    cursor.forward();
    slashes.push(at);
    return '/';
  }
  state.break(
    `\\ before ${shown(letter)} is no escape: write \\\\ for a backslash, or use single quotes.`,
    { from: at, to: at + 2 },
    'yaml-escape',
  );
  return '';
}

function scanSpaces(state: ScanState, from: number): string {
  const { cursor } = state;
  let length = 0;
  while (cursor.has(' \t', length)) {
    length += 1;
  }
  const spaces = cursor.take(length);
  if (cursor.peek() === END) {
    state.break('This quote is never closed: add the same quote at the end of the text.', { from, to: from + 1 });
    return '';
  }
  const first = cursor.takeBreak();
  if (first === '') {
    return spaces;
  }
  const breaks = scanBreaks(state, from);
  return first === '\n' ? breaks || ' ' : first + breaks;
}

function scanBreaks(state: ScanState, from: number): string {
  const { cursor } = state;
  let breaks = '';
  for (;;) {
    if (cursor.isMarker('---') || cursor.isMarker('...')) {
      state.break('This quote is not closed before the next --- line: add the same quote at the end of the text.', { from, to: from + 1 });
      return '';
    }
    while (cursor.has(' \t')) {
      cursor.forward();
    }
    const next = cursor.takeBreak();
    if (next === '') {
      return breaks;
    }
    breaks += next;
  }
}
