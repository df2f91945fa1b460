/** Plain scalars: text without quotes. */
import { BREAK_OR_END, SPACE_BREAK_OR_END } from './cursor.ts';
import type { ScanState } from './scan-state.ts';
import type { ScalarToken } from './token.ts';

export function scanPlain(state: ScanState): ScalarToken {
  const { cursor } = state;
  const from = cursor.at;
  const column = state.indent + 1;
  let to = from;
  let value = '';
  let spaces = '';
  while (cursor.peek() !== '#') {
    const length = runLength(state);
    if (length === 0) {
      break;
    }
    state.allowKey = false;
    value += spaces + cursor.take(length);
    to = cursor.at;
    spaces = scanSpaces(state);
    if (spaces === '' || (state.flowLevel === 0 && cursor.column < column)) {
      break;
    }
  }
  return { type: 'scalar', from, to, style: 'plain', value };
}

function runLength({ cursor, flowLevel }: ScanState): number {
  const isFlow = flowLevel !== 0;
  let length = 0;
  for (;;) {
    const char = cursor.peek(length);
    const isEnd =
      SPACE_BREAK_OR_END.includes(char) ||
      (char === ':' && (cursor.has(SPACE_BREAK_OR_END, length + 1) || (isFlow && cursor.has(',[]{}', length + 1)))) ||
      (isFlow && ',?[]{}'.includes(char));
    if (isEnd) {
      return length;
    }
    length += 1;
  }
}

/** Blanks between two words, folded. Empty where the scalar ends. */
function scanSpaces(state: ScanState): string {
  const { cursor } = state;
  let length = 0;
  while (cursor.has(' \t', length)) {
    length += 1;
  }
  const spaces = cursor.take(length);
  const first = cursor.has(BREAK_OR_END) ? cursor.takeBreak() : '';
  if (first === '') {
    return spaces;
  }
  state.allowKey = true;
  let breaks = '';
  for (;;) {
    if (cursor.column === 0 && isCut(state)) {
      return '';
    }
    cursor.skip(' ');
    const next = cursor.takeBreak();
    if (next === '') {
      return first === '\n' ? breaks || ' ' : first + breaks;
    }
    breaks += next;
  }
}

/** The loader ends a plain scalar at `---` even without a blank behind it. */
function isCut({ cursor }: ScanState): boolean {
  return cursor.text.startsWith('---', cursor.at) || cursor.isMarker('...');
}
