/**
 * Text to tokens as the loader's scanner sees YAML 1.1: blocks by indentation, and keys found only when their colon comes, which must be on
 * the same line and within 1024 characters. Reading goes on behind what the loader refuses as long as it makes sense.
 */
import { textEdit } from '../../problem-codes.ts';
import { BREAK_OR_END, END, SPACE_BREAK_OR_END } from './cursor.ts';
import { scanBlock } from './scan-block.ts';
import { scanAnchor, scanDirective, scanTag } from './scan-name.ts';
import { scanPlain } from './scan-plain.ts';
import { scanQuoted } from './scan-quoted.ts';
import { ScanState, shown } from './scan-state.ts';
import type { MarkToken, Token } from './token.ts';

const LONGEST_KEY = 1024;
const NOT_PLAIN = '-?:,[]{}#&*!|>\'"%@`';

/** A token that turns out to be a key when a colon follows. */
interface PossibleKey {
  readonly token: number;
  /** It begins the line of its block, so it must be a key. */
  readonly required: boolean;
  readonly index: number;
  readonly line: number;
  readonly column: number;
  readonly at: number;
}

export interface Scanned {
  readonly tokens: readonly Token[];
  readonly state: ScanState;
}

export function scan(text: string): Scanned {
  const scanner = new Scanner(text);
  scanner.run();
  return { tokens: scanner.tokens, state: scanner.state };
}

class Scanner {
  readonly state: ScanState;
  readonly tokens: Token[] = [];
  private readonly indents: number[] = [];
  private readonly keys = new Map<number, PossibleKey>();

  constructor(text: string) {
    this.state = new ScanState(text);
  }

  run(): void {
    do {
      this.skipToToken();
      this.dropStaleKeys();
      this.closeBlocks(this.state.cursor.column);
    } while (this.scanToken());
  }

  /** False at the end. */
  private scanToken(): boolean {
    const { state } = this;
    const { cursor } = state;
    const char = cursor.peek();
    if (char === END) {
      this.closeBlocks(-1);
      this.dropKey();
      this.mark('stream-end', 0);
      return false;
    }
    if (char === '%' && cursor.column === 0) {
      this.endOfDocument();
      this.tokens.push(scanDirective(state));
    } else if (cursor.column === 0 && (cursor.isMarker('---') || cursor.isMarker('...'))) {
      this.endOfDocument();
      this.mark(char === '-' ? 'document-start' : 'document-end', 3);
    } else if (char === '[' || char === '{') {
      this.keepKey();
      state.flowLevel += 1;
      state.allowKey = true;
      this.mark(char === '[' ? 'flow-sequence-start' : 'flow-mapping-start', 1);
    } else if (char === ']' || char === '}') {
      this.dropKey();
      state.flowLevel -= 1;
      state.allowKey = false;
      this.mark(char === ']' ? 'flow-sequence-end' : 'flow-mapping-end', 1);
    } else if (char === ',') {
      state.allowKey = true;
      this.dropKey();
      this.mark('flow-entry', 1);
    } else if (char === '-' && cursor.has(SPACE_BREAK_OR_END, 1)) {
      this.entry();
    } else if (char === '?' && (state.flowLevel !== 0 || cursor.has(SPACE_BREAK_OR_END, 1))) {
      this.explicitKey();
    } else if (char === ':' && (state.flowLevel !== 0 || cursor.has(SPACE_BREAK_OR_END, 1))) {
      this.value();
    } else {
      this.scanNode(char);
    }
    return true;
  }

  private scanNode(char: string): void {
    const { state } = this;
    const { cursor } = state;
    if (char === '*' || char === '&' || char === '!') {
      this.keepKey();
      state.allowKey = false;
      this.tokens.push(char === '!' ? scanTag(state) : scanAnchor(state));
    } else if ((char === '|' || char === '>') && state.flowLevel === 0) {
      state.allowKey = true;
      this.dropKey();
      this.tokens.push(scanBlock(state));
    } else if (char === "'" || char === '"') {
      this.keepKey();
      state.allowKey = false;
      this.tokens.push(scanQuoted(state));
    } else if (
      !`${SPACE_BREAK_OR_END}${NOT_PLAIN}`.includes(char) ||
      (!cursor.has(SPACE_BREAK_OR_END, 1) && (char === '-' || (state.flowLevel === 0 && (char === '?' || char === ':'))))
    ) {
      this.keepKey();
      state.allowKey = false;
      this.tokens.push(scanPlain(state));
    } else {
      state.break(`${shown(char)} cannot begin a text: put the text in quotes.`, state.here());
    }
  }

  private mark(type: MarkToken['type'], length: number): void {
    const from = this.state.cursor.at;
    this.state.cursor.forward(length);
    this.tokens.push({ type, from, to: from + length });
  }

  private endOfDocument(): void {
    this.closeBlocks(-1);
    this.dropKey();
    this.state.allowKey = false;
  }

  private entry(): void {
    const { state } = this;
    if (state.flowLevel === 0) {
      if (!state.allowKey) {
        state.break('A list item cannot begin here: put the - on a line of its own.', state.here());
        return;
      }
      this.openBlock(state.cursor.column, 'sequence-start', this.tokens.length, state.cursor.at);
    }
    state.allowKey = true;
    this.dropKey();
    this.mark('entry', 1);
  }

  private explicitKey(): void {
    const { state } = this;
    if (state.flowLevel === 0) {
      if (!state.allowKey) {
        state.break('? cannot begin a key here: put the text in quotes if you mean ? itself.', state.here());
        return;
      }
      this.openBlock(state.cursor.column, 'mapping-start', this.tokens.length, state.cursor.at);
    }
    state.allowKey = state.flowLevel === 0;
    this.dropKey();
    this.mark('key', 1);
  }

  private value(): void {
    const { state } = this;
    const key = this.keys.get(state.flowLevel);
    if (key !== undefined) {
      this.keys.delete(state.flowLevel);
      this.tokens.splice(key.token, 0, { type: 'key', from: key.at, to: key.at });
      if (state.flowLevel === 0) {
        this.openBlock(key.column, 'mapping-start', key.token, key.at);
      }
      state.allowKey = false;
    } else {
      if (state.flowLevel === 0) {
        if (!state.allowKey) {
          const message =
            'A value cannot begin here: put a text that contains “: ” in quotes, put a key on a line of its own, and keep keys below 1000 characters.';
          state.break(message, state.here());
          return;
        }
        this.openBlock(state.cursor.column, 'mapping-start', this.tokens.length, state.cursor.at);
      }
      state.allowKey = state.flowLevel === 0;
      this.dropKey();
    }
    this.mark('value', 1);
  }

  /** Blanks, comments and line breaks. A tab is no blank to the loader. */
  private skipToToken(): void {
    const { state } = this;
    const { cursor } = state;
    if (cursor.at === 0 && cursor.peek() === '\ufeff') {
      cursor.forward();
    }
    for (;;) {
      cursor.skip(' ');
      if (cursor.peek() === '\t') {
        this.refuseTab();
        continue;
      }
      if (cursor.peek() === '#') {
        cursor.takeUntil(BREAK_OR_END);
      }
      if (cursor.takeBreak() === '') {
        return;
      }
      if (state.flowLevel === 0) {
        state.allowKey = true;
      }
    }
  }

  private refuseTab(): void {
    const { state } = this;
    const { cursor } = state;
    const isIndent = /[\n\r\u0085\u2028\u2029]$/.test(
      cursor.text.slice(0, cursor.at).trimEnd() === '' ? '\n' : cursor.text.slice(0, cursor.at),
    );
    const from = cursor.at;
    let length = 0;
    while (cursor.has('\t ', length)) {
      length += 1;
    }
    const range = { from, to: from + length };
    const blanks = cursor.take(length).replaceAll('\t', isIndent ? '  ' : ' ');
    const fix = { label: 'Replace the tab by blanks', edits: [textEdit(range.from, range.to, blanks)] };
    state.refuse('yaml-tab', 'A tab stands where only blanks may: write blanks instead.', range, fix);
  }

  private keepKey(): void {
    const { state } = this;
    const { cursor } = state;
    const required = state.flowLevel === 0 && state.indent === cursor.column;
    if (state.allowKey) {
      this.dropKey();
      const { index, line, column, at } = cursor;
      this.keys.set(state.flowLevel, { token: this.tokens.length, required, index, line, column, at });
    }
  }

  private dropStaleKeys(): void {
    const { cursor } = this.state;
    for (const [level, key] of this.keys) {
      if (key.line !== cursor.line || cursor.index - key.index > LONGEST_KEY) {
        this.judge(key);
        this.keys.delete(level);
      }
    }
  }

  private dropKey(): void {
    const key = this.keys.get(this.state.flowLevel);
    if (key !== undefined) {
      this.judge(key);
      this.keys.delete(this.state.flowLevel);
    }
  }

  private judge(key: PossibleKey): void {
    if (key.required) {
      const line = this.state.cursor.text.slice(key.at).split(/[\n\r\u0085\u2028\u2029]/, 1)[0] ?? '';
      const message = /^-{2,}/.test(line)
        ? 'This line has no colon. A separator is exactly --- in column 0.'
        : `This line has no colon behind its key within 1024 characters: write “key: value”, or indent the line under the text that it continues.`;
      this.state.break(message, { from: key.at, to: key.at + Math.min(line.length, 80) });
    }
  }

  private openBlock(column: number, type: 'sequence-start' | 'mapping-start', token: number, at: number): void {
    const { state } = this;
    if (state.indent < column) {
      this.indents.push(state.indent);
      state.indent = column;
      this.tokens.splice(token, 0, { type, from: at, to: at });
    }
  }

  private closeBlocks(column: number): void {
    const { state } = this;
    if (state.flowLevel !== 0) {
      return;
    }
    while (state.indent > column) {
      state.indent = this.indents.pop() ?? -1;
      this.tokens.push({ type: 'block-end', from: state.cursor.at, to: state.cursor.at });
    }
  }
}
