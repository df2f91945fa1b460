/** A place in the text that moves forward, and the classes of characters that the loader's YAML 1.1 scanner knows. */

/** What {@link Cursor.peek} gives behind the end. A NUL of the text itself is refused before. */
export const END = '\0';
export const LINE_BREAKS = '\n\u0085\u2028\u2029';
export const BREAK_OR_END = `\0\r${LINE_BREAKS}`;
export const BLANK_BREAK_OR_END = ` ${BREAK_OR_END}`;
export const SPACE_BREAK_OR_END = `\t${BLANK_BREAK_OR_END}`;

export class Cursor {
  readonly text: string;
  /** Offset in the text, in UTF-16 units. */
  at = 0;
  /** Characters passed, a surrogate pair being one. */
  index = 0;
  line = 0;
  /** Characters since the line's start; byte order marks do not count. */
  column = 0;

  constructor(text: string) {
    this.text = text;
  }

  peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? END;
  }

  /** Whether one of the characters of `set` stands `ahead`. */
  has(set: string, ahead = 0): boolean {
    return set.includes(this.peek(ahead));
  }

  forward(count = 1): void {
    for (let step = 0; step < count && this.at < this.text.length; step += 1) {
      const char = this.peek();
      this.at += 1;
      if (LINE_BREAKS.includes(char) || (char === '\r' && this.peek() !== '\n')) {
        this.index += 1;
        this.line += 1;
        this.column = 0;
      } else if (char < '\udc00' || char > '\udfff') {
        this.index += 1;
        this.column += char === '\ufeff' ? 0 : 1;
      }
    }
  }

  take(count: number): string {
    const taken = this.text.slice(this.at, this.at + count);
    this.forward(count);
    return taken;
  }

  /** Takes characters up to the first of `set`. */
  takeUntil(set: string): string {
    let length = 0;
    while (!this.has(set, length)) {
      length += 1;
    }
    return this.take(length);
  }

  skip(char: string): void {
    while (this.peek() === char) {
      this.forward();
    }
  }

  /** Takes a line break and gives it as YAML counts it: `\n`, or the line and paragraph separators as they are; empty where none stands. */
  takeBreak(): string {
    const char = this.peek();
    if (char === '\r' || char === '\n' || char === '\u0085') {
      this.forward(char === '\r' && this.peek(1) === '\n' ? 2 : 1);
      return '\n';
    }
    return char === '\u2028' || char === '\u2029' ? this.take(1) : '';
  }

  /** Whether a line of three such characters begins here, as document markers do. */
  isMarker(marker: string): boolean {
    return this.text.startsWith(marker, this.at) && this.has(SPACE_BREAK_OR_END, 3);
  }

  /** Nothing more is read. */
  stop(): void {
    this.at = this.text.length;
  }
}
