/** Colours for one line of YAML, good enough to read by: the editor that takes its place on focus has a real tokenizer. */
export type YamlTokenKind = 'key' | 'string' | 'number' | 'keyword' | 'comment' | 'mark' | 'plain';

export interface YamlToken {
  readonly kind: YamlTokenKind;
  readonly text: string;
}

const KEY = /^(\s*(?:-\s+)*)((?:"[^"]*"|'[^']*'|[^\s#:'"[\]{},][^#:]*?)\s*)(:)(?=\s|$)/;
const NUMBER = /^[-+]?(\d[\d_]*)(\.\d+)?([eE][-+]?\d+)?$/;
const WORD = /^(true|false|yes|no|on|off|null|~)$/i;

export function yamlTokens(line: string): readonly YamlToken[] {
  if (/^(---|\.\.\.)(\s|$)/.test(line)) {
    return [{ kind: 'mark', text: line }];
  }
  const tokens: YamlToken[] = [];
  let rest = line;
  const key = KEY.exec(line);
  if (key !== null) {
    const [whole, indent = '', name = '', colon = ''] = key;
    push(tokens, 'plain', indent);
    push(tokens, 'key', name);
    push(tokens, 'plain', colon);
    rest = line.slice(whole.length);
  } else {
    const lead = /^\s*(?:-\s+)*/.exec(line)?.[0] ?? '';
    push(tokens, 'plain', lead);
    rest = line.slice(lead.length);
  }
  const comment = commentStart(rest);
  const value = rest.slice(0, comment);
  const lead = /^\s*/.exec(value)?.[0] ?? '';
  const text = value.slice(lead.length).trimEnd();
  push(tokens, 'plain', lead);
  push(tokens, kindOf(text), text);
  push(tokens, 'plain', value.slice(lead.length + text.length));
  push(tokens, 'comment', rest.slice(comment));
  return tokens;
}

function push(tokens: YamlToken[], kind: YamlTokenKind, text: string): void {
  if (text !== '') {
    tokens.push({ kind, text });
  }
}

function kindOf(text: string): YamlTokenKind {
  if (NUMBER.test(text)) {
    return 'number';
  }
  return WORD.test(text) ? 'keyword' : 'string';
}

/** Where a comment begins: `#` at the start or after a blank, outside quotes. */
function commentStart(text: string): number {
  let quote: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote !== null) {
      quote = char === quote ? null : quote;
    } else if ((char === '"' || char === "'") && /^\s*$|[[{,:]\s*$/.test(text.slice(0, at))) {
      quote = char;
    } else if (char === '#' && (at === 0 || /\s/.test(text.charAt(at - 1)))) {
      return at;
    }
  }
  return text.length;
}
