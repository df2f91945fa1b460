/** Block scalars: the lines under `|` and `>`. */
import { BLANK_BREAK_OR_END, BREAK_OR_END, END, LINE_BREAKS } from './cursor.ts';
import { shown, type ScanState } from './scan-state.ts';
import type { ScalarToken } from './token.ts';

interface Header {
  /** `+` keeps the breaks at the end, `-` none, and without either one is kept. */
  readonly chomp: '+' | '-' | null;
  readonly increment: number | null;
}

export function scanBlock(state: ScanState): ScalarToken {
  const { cursor } = state;
  const from = cursor.at;
  const folded = cursor.take(1) === '>';
  const { chomp, increment } = scanHeader(state);
  skipRestOfLine(state);
  const least = Math.max(state.indent + 1, 1);
  let column = least;
  let breaks: string;
  if (increment === null) {
    const found = findIndent(state);
    column = Math.max(least, found.column);
    breaks = found.breaks;
  } else {
    column = least + increment - 1;
    breaks = scanBreaks(state, column);
  }
  let value = '';
  let last = '';
  while (cursor.column === column && cursor.peek() !== END) {
    value += breaks;
    const isText = !cursor.has(' \t');
    value += cursor.takeUntil(BREAK_OR_END);
    last = cursor.takeBreak();
    breaks = scanBreaks(state, column);
    if (cursor.column !== column || cursor.peek() === END) {
      break;
    }
    const folds = folded && last === '\n' && isText && !cursor.has(' \t');
    value += folds ? (breaks === '' ? ' ' : '') : last;
  }
  value += chomp === '-' ? '' : chomp === '+' ? last + breaks : last;
  const to = from + cursor.text.slice(from, cursor.at).trimEnd().length;
  return { type: 'scalar', from, to, style: 'block', value };
}

function scanHeader(state: ScanState): Header {
  const { cursor } = state;
  let chomp: Header['chomp'] = null;
  let increment: number | null = null;
  const takeChomp = () => {
    if (cursor.has('+-')) {
      chomp = cursor.take(1) === '+' ? '+' : '-';
    }
  };
  takeChomp();
  if (/[0-9]/.test(cursor.peek())) {
    increment = Number(cursor.peek());
    if (increment === 0) {
      state.break('The indentation behind | or > must be 1 to 9.', state.here());
    }
    cursor.forward();
    if (chomp === null) {
      takeChomp();
    }
  }
  if (!cursor.has(BLANK_BREAK_OR_END)) {
    const message = `Behind | or > only + or - and a digit may stand, not ${shown(cursor.peek())}: put the text on the next line.`;
    state.break(message, state.here());
  }
  return { chomp, increment };
}

function skipRestOfLine(state: ScanState): void {
  const { cursor } = state;
  cursor.skip(' ');
  if (cursor.peek() === '#') {
    cursor.takeUntil(BREAK_OR_END);
  }
  const char = cursor.peek();
  if (cursor.takeBreak() === '' && char !== END) {
    state.break(`Behind | or > only a comment may stand, not ${shown(char)}: put the text on the next line.`, state.here());
  }
}

function findIndent({ cursor }: ScanState): { readonly breaks: string; readonly column: number } {
  let breaks = '';
  let column = 0;
  while (cursor.has(`${LINE_BREAKS} \r`)) {
    if (cursor.peek() === ' ') {
      cursor.forward();
      column = Math.max(column, cursor.column);
    } else {
      breaks += cursor.takeBreak();
    }
  }
  return { breaks, column };
}

function scanBreaks({ cursor }: ScanState, column: number): string {
  let breaks = '';
  for (;;) {
    while (cursor.column < column && cursor.peek() === ' ') {
      cursor.forward();
    }
    const next = cursor.takeBreak();
    if (next === '') {
      return breaks;
    }
    breaks += next;
  }
}
