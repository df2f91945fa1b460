/** Where a text stops being JSON: the character, and what was expected there. Engines word this each in their own way. */
export interface JsonFault {
  readonly message: string;
  readonly at: number;
}

/** Null when the text is JSON. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    return faultAt(text);
  }
}

/** A reading of the same grammar (RFC 8259) that stops at the first character that cannot be. */
function faultAt(text: string): JsonFault {
  const scan = new Scan(text);
  return scan.value() ?? scan.end() ?? { message: 'This is not JSON.', at: 0 };
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

class Scan {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): JsonFault | null {
    this.#blanks();
    switch (this.#text.charAt(this.#at)) {
      case '{':
        return this.#object();
      case '[':
        return this.#list();
      case '"':
        return this.#string();
      default:
        return this.#take(NUMBER) || this.#take(WORD) ? null : this.#fault('A value is expected here');
    }
  }

  end(): JsonFault | null {
    this.#blanks();
    return this.#at < this.#text.length ? this.#fault('Nothing may follow the value') : null;
  }

  #object(): JsonFault | null {
    this.#at += 1;
    this.#blanks();
    if (this.#skip('}')) {
      return null;
    }
    for (;;) {
      this.#blanks();
      if (this.#text.charAt(this.#at) !== '"') {
        return this.#fault('A name in double quotes is expected here');
      }
      const name = this.#string();
      if (name !== null) {
        return name;
      }
      this.#blanks();
      if (!this.#skip(':')) {
        return this.#fault('A colon is expected here');
      }
      const value = this.value();
      if (value !== null) {
        return value;
      }
      this.#blanks();
      if (this.#skip('}')) {
        return null;
      }
      if (!this.#skip(',')) {
        return this.#fault('A comma or } is expected here');
      }
    }
  }

  #list(): JsonFault | null {
    this.#at += 1;
    this.#blanks();
    if (this.#skip(']')) {
      return null;
    }
    for (;;) {
      const value = this.value();
      if (value !== null) {
        return value;
      }
      this.#blanks();
      if (this.#skip(']')) {
        return null;
      }
      if (!this.#skip(',')) {
        return this.#fault('A comma or ] is expected here');
      }
    }
  }

  #string(): JsonFault | null {
    const start = this.#at;
    this.#at += 1;
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === '') {
        this.#at = start;
        return this.#fault('This text has no closing quote');
      }
      if (char === '"') {
        this.#at += 1;
        return null;
      }
      if (char < ' ') {
        return this.#fault('A line break or tab in a text is written \\n or \\t');
      }
      if (char === '\\' && !/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(this.#text.slice(this.#at, this.#at + 6))) {
        return this.#fault('This escape is none of JSON’s');
      }
      this.#at += char === '\\' ? 2 : 1;
    }
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found !== null;
  }

  #skip(char: string): boolean {
    const there = this.#text.charAt(this.#at) === char;
    this.#at += there ? 1 : 0;
    return there;
  }

  #blanks(): void {
    while (/[ \t\n\r]/.test(this.#text.charAt(this.#at))) {
      this.#at += 1;
    }
  }

  #fault(message: string): JsonFault {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    return { message: `Not JSON, line ${line}: ${message[0]?.toLowerCase() ?? ''}${message.slice(1)}.`, at: this.#at };
  }
}
