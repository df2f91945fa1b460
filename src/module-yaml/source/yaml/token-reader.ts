/** Goes through the tokens; once a fault is told, nothing but the end is left. */
import { textEdit } from '../../problem-codes.ts';
import { lineBreakOf, lineStart } from '../lines.ts';
import type { ScanState } from './scan-state.ts';
import type { Scanned } from './scanner.ts';
import type { Token, TokenType } from './token.ts';

export class TokenReader {
  readonly state: ScanState;
  private readonly tokens: readonly Token[];
  private readonly end: Token;
  private position = 0;

  constructor({ tokens, state }: Scanned) {
    this.state = state;
    this.tokens = tokens;
    const end = state.cursor.text.length;
    this.end = { type: 'stream-end', from: end, to: end };
  }

  peek(ahead = 0): Token {
    return this.state.isBroken ? this.end : (this.tokens[this.position + ahead] ?? this.end);
  }

  next(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  at(...types: readonly TokenType[]): boolean {
    return types.includes(this.peek().type);
  }

  /** A document that does not begin with `---` although one stands before it. */
  refuseBareStart(): void {
    const { state } = this;
    const { text } = state.cursor;
    const { from } = this.peek();
    const before = this.tokens[this.position - 1];
    if (before?.type === 'document-end') {
      const at = lineStart(text, from);
      const fix = { label: 'Add ---', edits: [textEdit(at, at, `---${lineBreakOf(text)}`)] };
      const message = 'After a line with ... the next component must begin with --- : add that line.';
      state.refuse('yaml-document-start', message, { from, to: from + 1 }, fix);
      return;
    }
    state.break(
      before?.type === 'directive'
        ? 'A directive must be followed by a line with ---: add that line, or remove the directive.'
        : 'This does not belong to the text above: check its indentation, or put --- on a line of its own before it.',
      { from, to: from + 1 },
    );
  }
}
