/** What all parts of the scanner share: the cursor, the nesting, and where faults go. */
import type { ModuleProblem, ModuleProblemCode } from '../../problem-codes.ts';
import { moduleProblem, type ProblemPlace } from '../../problem-codes.ts';
import type { TextRange } from '../../../model/problem.ts';
import { Cursor } from './cursor.ts';

export class ScanState {
  readonly cursor: Cursor;
  /** Column of the block that is open, -1 outside of any. */
  indent = -1;
  flowLevel = 0;
  /** Whether a key may begin at the next token, as at the start of a line. */
  allowKey = true;
  /** What the loader refuses; reading goes on where the text can still be shown. */
  readonly problems: ModuleProblem[] = [];
  /** Nothing behind this could be read. */
  isBroken = false;

  constructor(text: string) {
    this.cursor = new Cursor(text);
  }

  /** The text makes no sense from here on: one problem is told, and reading ends. */
  break(message: string, range: TextRange, code: ModuleProblemCode = 'yaml-syntax'): void {
    if (!this.isBroken) {
      this.isBroken = true;
      this.problems.push(moduleProblem(code, 'error', message, { range: within(this.cursor.text, range), moment: 'load' }));
    }
    this.cursor.stop();
  }

  /** The loader refuses this, but what is meant is plain: reading goes on. */
  refuse(code: ModuleProblemCode, message: string, range: TextRange, fix?: ProblemPlace['fix']): void {
    this.problems.push(moduleProblem(code, 'error', message, { range, moment: 'load', fix }));
  }

  /** The character at the cursor, for messages and ranges. */
  here(length = 1): TextRange {
    return { from: this.cursor.at, to: this.cursor.at + length };
  }
}

function within(text: string, { from, to }: TextRange): TextRange {
  const start = Math.min(from, text.length);
  return { from: start, to: Math.min(Math.max(to, start), text.length) };
}

/** A character as a message shows it. */
export function shown(char: string): string {
  return char === '\0' ? 'the end of the file' : /[\n\r\u0085\u2028\u2029]/.test(char) ? 'the end of the line' : `“${char}”`;
}
