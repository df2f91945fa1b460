/** Numbers where the loader asks a value for one and takes what it gets: a word counts as 0. */
import type { SourceNode } from '../source/source-node.ts';

const MOST = 9_223_372_036_854_775_807n;

/** Java's `asLong` of any value; beyond 2^53 rounded. */
export function longOf(node: SourceNode): number {
  return Number(exactLongOf(node));
}

export function exactLongOf(node: SourceNode): bigint {
  if (node.type !== 'scalar') {
    return 0n;
  }
  switch (node.scalar) {
    case 'boolean':
      return node.value === true ? 1n : 0n;
    case 'int':
      return BigInt.asIntN(64, BigInt(node.read));
    case 'float':
      return clamped(Number(node.value));
    case 'text':
      return longOfText(node.text);
    case 'null':
    case 'binary':
    case 'invalid':
      return 0n;
  }
}

/** Digits are a whole number, 0 where that needs more than 64 bits; anything else is cut as far as it is a number with a fraction. */
function longOfText(text: string): bigint {
  const trimmed = text.trim().replace(/^\+/, '');
  if (/^-?[0-9]+$/.test(trimmed)) {
    const exact = BigInt(trimmed);
    return exact <= MOST && exact >= -MOST - 1n ? exact : 0n;
  }
  if (/^[-+]?Infinity$/.test(trimmed)) {
    return clamped(Number(trimmed));
  }
  return /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?[fFdD]?$/.test(trimmed)
    ? clamped(Number(trimmed.replace(/[fFdD]$/, '')))
    : 0n;
}

/** As Java casts a double to a long. */
function clamped(value: number): bigint {
  if (Number.isNaN(value)) {
    return 0n;
  }
  return value >= 2 ** 63 ? MOST : value <= -(2 ** 63) ? -MOST - 1n : BigInt(Math.trunc(value));
}

/** Digits of other scripts as Java reads them. */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let value = 0;
    while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) {
      value += 1;
    }
    return String(value);
  });
}
