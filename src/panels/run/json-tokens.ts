/** Splits JSON-like text (JSON, the text form of protobuf messages) into runs of one colour each. Never fails on bad text. */
export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

// The digits of an id such as acct-0057, and of a time such as 04:12:09, are no number.
const PATTERN = /("(?:[^"\\\n]|\\.)*")(\s*:)?|((?<![\w./-]|\d:)-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w/-]|:\d))|\b(true|false|null)\b/g;

export function jsonTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(PATTERN)) {
    if (match.index > at) {
      tokens.push({ kind: 'plain', text: text.slice(at, match.index) });
    }
    const [whole, quoted, colon, number] = match;
    if (quoted !== undefined) {
      tokens.push({ kind: colon === undefined ? 'string' : 'key', text: quoted });
      if (colon !== undefined) {
        tokens.push({ kind: 'plain', text: colon });
      }
    } else {
      tokens.push({ kind: number === undefined ? 'word' : 'number', text: whole });
    }
    at = match.index + whole.length;
  }
  if (at < text.length) {
    tokens.push({ kind: 'plain', text: text.slice(at) });
  }
  return tokens;
}

/** JSON indented by two; any other text as it is. */
export function prettyJson(text: string): string {
  const first = text.trimStart().charAt(0);
  if (first !== '{' && first !== '[') {
    return text;
  }
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Why a text that begins like JSON is not JSON, with its one-based line, or null: it is, or it never meant to be. */
export function jsonComplaint(text: string): string | null {
  const first = text.trimStart().charAt(0);
  if (first !== '{' && first !== '[') {
    return null;
  }
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(detail)?.[1];
    const line = position === undefined ? null : text.slice(0, Number(position)).split('\n').length;
    return line === null ? `Not JSON: ${detail}` : `Not JSON, line ${line}: ${detail.replace(/ in JSON at position.*$/, '')}`;
  }
}
