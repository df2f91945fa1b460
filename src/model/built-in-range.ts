/**
 * Which values the SDK's built-in types cannot carry. google-protobuf says of them no more than “Assertion failed”, and of
 * a text nothing at all: it writes an empty one.
 */
export type BuiltInType = 'int' | 'float' | 'boolean' | 'string';

const INT_MIN = -2_147_483_648;
const INT_MAX = 2_147_483_647;
const FLOAT_MAX = 3.402_823_466_385_288_6e38;
const LONGEST = 40;

/** What is wrong with a value of such a type, as part of a sentence, or null. Calls nothing that user code may have replaced. */
export function builtInFault(type: BuiltInType, value: unknown): string | null {
  switch (type) {
    case 'int':
      return isInt(value) ? null : `${shown(value)} does not fit StateFun.intType(): it holds whole numbers from ${INT_MIN} to ${INT_MAX}`;
    case 'float':
      return typeof value !== 'number' || !(value > FLOAT_MAX || value < -FLOAT_MAX) || value === Infinity || value === -Infinity
        ? null
        : `${shown(value)} does not fit StateFun.floatType(): it holds numbers of 32 bits, up to about 3.4e38`;
    case 'boolean':
      return typeof value === 'boolean' || typeof value === 'number'
        ? null
        : `${shown(value)} does not fit StateFun.booleanType(): it holds true or false`;
    case 'string':
      return typeof value === 'string'
        ? null
        : `StateFun.stringType() writes an empty text for ${shown(value)}: give it a text, such as String(value)`;
  }
}

function isInt(value: unknown): boolean {
  return typeof value === 'number' && value % 1 === 0 && value >= INT_MIN && value <= INT_MAX;
}

function shown(value: unknown): string {
  if (typeof value === 'string') {
    let start = '';
    for (let index = 0; index < value.length && index < LONGEST; index += 1) {
      start += value[index];
    }
    return `the text “${start}${value.length > LONGEST ? '…' : ''}”`;
  }
  return typeof value === 'number' || typeof value === 'boolean'
    ? `${value}`
    : typeof value === 'object'
      ? 'an object'
      : `a ${typeof value}`;
}
