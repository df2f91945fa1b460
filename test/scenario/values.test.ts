import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/base/json.ts';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import { containsJson, equalJson, jsonOf, matchesValue, shownValue } from '../../src/scenario/expect/values.ts';

describe('JSON that is equal', () => {
  it.each<[JsonValue, JsonValue, boolean]>([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [[1, 2], [1, 2, 3], false],
    [[1, 2, 3], [1, 2], false],
    [[], {}, false],
    [{ a: null }, {}, false],
    [{ a: null }, { b: null }, false],
    [1, '1', false],
    [null, false, false],
    [{ constructor: 1 }, {}, false],
  ])('%j and %j: %s', (left, right, equal) => {
    expect(equalJson(left, right)).toBe(equal);
    expect(equalJson(right, left)).toBe(equal);
  });
});

describe('JSON that contains other JSON', () => {
  it.each<[JsonValue, JsonValue, boolean]>([
    [{}, { a: 1 }, true],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }, true],
    [{ a: { b: 2 } }, { a: { b: 1 } }, false],
    [{ a: null }, {}, false],
    [[1], [1, 2], false],
    [[1, 2], [1], false],
    [[{ a: 1 }], [{ a: 1, b: 2 }], true],
    [{}, [], false],
    [[], {}, false],
    ['a', 'ab', false],
  ])('%j in %j: %s', (part, whole, contained) => {
    expect(containsJson(part, whole)).toBe(contained);
  });
});

describe('a value', () => {
  const long = new Uint8Array([9, 1, 0, 0, 0, 0, 0, 32, 0]);
  it('of a built-in type is a number, a text or a boolean', () => {
    expect(jsonOf({ typename: 'io.statefun.types/long', bytes: new Uint8Array([9, 5, 0, 0, 0, 0, 0, 0, 0]) })).toBe(5);
    expect(jsonOf({ typename: 'io.statefun.types/bool', bytes: new Uint8Array([8, 1]) })).toBe(true);
    expect(jsonOf({ typename: 'io.statefun.types/string', bytes: new Uint8Array([10, 1, 55]) })).toBe('7');
    expect(jsonOf({ typename: 'io.statefun.types/int', bytes: new Uint8Array() })).toBe(0); // S24
  });

  it('that is too large for a JavaScript number is told apart as text', () => {
    expect(matchesValue({ type: 'text', text: '9007199254740993' }, { typename: 'io.statefun.types/long', bytes: long })).toBe(true);
    expect(matchesValue({ type: 'text', text: '9007199254740992' }, { typename: 'io.statefun.types/long', bytes: long })).toBe(false);
  });

  it('that is no JSON is no JSON, and is shown as text or as base64', () => {
    const bytes = encodeUtf8('no json');
    expect(matchesValue({ type: 'json', value: 'no json' }, { typename: '', bytes })).toBe(false);
    expect(matchesValue({ type: 'text-contains', text: 'json' }, { typename: '', bytes })).toBe(true);
    expect(shownValue({ typename: '', bytes })).toBe('"no json"');
    expect(shownValue({ typename: '', bytes: new Uint8Array([255, 0]) })).toBe('base64 /wA=');
    expect(matchesValue({ type: 'text-contains', text: 'x' }, { typename: '', bytes: new Uint8Array([255, 0]) })).toBe(false);
  });
});
