import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInForm, emptyValue, enteredFrom, stateTypename, typedValueOf } from '../../src/protocol/entered-value.ts';
import { jsonFault } from '../../src/protocol/json-fault.ts';
import { shownText } from '../../src/protocol/typed-value.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('values as they are typed', () => {
  test.each([
    // The wrappers of the SDK have one field, number 1 (io.statefun.sdk.types): written here by hand.
    ['io.statefun.types/int', '42', [0x0d, 42, 0, 0, 0]],
    ['io.statefun.types/int', '-1', [0x0d, 255, 255, 255, 255]],
    ['io.statefun.types/long', '300', [0x09, 0x2c, 0x01, 0, 0, 0, 0, 0, 0]],
    ['io.statefun.types/bool', 'true', [0x08, 1]],
    ['io.statefun.types/float', '1.5', [0x0d, 0, 0, 0xc0, 0x3f]],
    ['io.statefun.types/double', '1.5', [0x09, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f]],
    ['io.statefun.types/string', 'hé', [0x0a, 3, 0x68, 0xc3, 0xa9]],
  ])('%s takes “%s”', (typename, text, bytes) => {
    const form = builtInForm(typename) ?? 'json';
    expect(typedValueOf({ typename, form, text })).toEqual({
      ok: true,
      value: { typename, hasValue: true, bytes: Uint8Array.from(bytes) },
    });
    expect(enteredFrom({ typename, bytes: Uint8Array.from(bytes) })).toMatchObject({ typename, form, text });
  });

  test.each([
    ['io.statefun.types/int', '2147483648'],
    ['io.statefun.types/int', '1.5'],
    ['io.statefun.types/long', '9223372036854775808'],
    ['io.statefun.types/bool', 'yes'],
    ['io.statefun.types/float', ''],
  ])('%s refuses “%s”', (typename, text) => {
    expect(typedValueOf({ typename, form: builtInForm(typename) ?? 'json', text }).ok).toBe(false);
  });

  test('JSON is sent in one line, unless that would change a number', () => {
    const sent = (text: string) => {
      const value = typedValueOf({ typename: 'a/b', form: 'json', text });
      return value.ok ? new TextDecoder().decode(value.value.bytes) : value.error;
    };
    expect(sent('{\n  "a": [1, 2]\n}')).toBe('{"a":[1,2]}');
    expect(sent('{ "n": 12345678901234567890 }')).toBe('{ "n": 12345678901234567890 }');
    expect(sent('{ "a": 1, }')).toEqual({ message: 'Not JSON, line 1: a name in double quotes is expected here.', at: 10 });
  });

  test('base64 is checked before it becomes bytes', () => {
    const of = (text: string) => typedValueOf({ typename: 'a/b', form: 'base64', text });
    expect(of('AAECAw==')).toEqual({ ok: true, value: { typename: 'a/b', hasValue: true, bytes: Uint8Array.from([0, 1, 2, 3]) } });
    expect(of('AA!=')).toMatchObject({ ok: false, error: { at: 2 } });
    expect(of('AAE')).toMatchObject({ ok: false });
  });

  test('what was recorded and not changed gives its own bytes again', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom('a/b', 'io.statefun.types/int', 'io.statefun.types/string'),
        (bytes, typename) => {
          const value = typedValueOf(enteredFrom({ typename, bytes }));
          expect(value.ok && [...value.value.bytes]).toEqual([...bytes]);
        },
      ),
    );
  });

  test('text, JSON and bytes are told apart', () => {
    expect(enteredFrom({ typename: 'a/b', bytes: utf8('{"a":1}') })).toMatchObject({ form: 'json', text: '{\n  "a": 1\n}' });
    expect(enteredFrom({ typename: 'a/b', bytes: utf8('plain words') })).toMatchObject({ form: 'text', text: 'plain words' });
    expect(enteredFrom({ typename: 'a/b', bytes: Uint8Array.from([255, 0]) })).toMatchObject({ form: 'base64', text: '/wA=' });
  });

  test('an empty value is one that can be sent', () => {
    for (const typename of ['a/b', 'io.statefun.types/int', 'io.statefun.types/bool', 'io.statefun.types/string']) {
      expect(typedValueOf(emptyValue(typename)).ok).toBe(true);
    }
  });

  test('types of states have their typenames', () => {
    expect(['int', 'boolean', 'float', 'string', 'my/own'].map(stateTypename)).toEqual([
      'io.statefun.types/int',
      'io.statefun.types/bool',
      'io.statefun.types/float',
      'io.statefun.types/string',
      'my/own',
    ]);
    expect(shownText(stateTypename('boolean'), Uint8Array.from([8, 1]))).toBe('true');
  });
});

describe('where a text stops being JSON', () => {
  test.each([
    ['', 0],
    ['{"a" 1}', 5],
    ['{"a": tru}', 6],
    ['[1, 2', 5],
    ['{"a": "open}', 6],
    ['{"a": 1} x', 9],
    ['{"a": 01}', 7],
    ['["\\q"]', 2],
    ['["a\tb"]', 3],
  ])('%j at %i', (text, at) => {
    expect(jsonFault(text)?.at).toBe(at);
  });

  test('agrees with JSON.parse on what is JSON, and points into the text', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', 'x', '\\'), (json, where, insert) => {
        const at = where % (json.length + 1);
        const text = json.slice(0, at) + insert + json.slice(at);
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        const fault = jsonFault(text);
        expect(fault === null).toBe(parses);
        expect(fault === null || (fault.at >= 0 && fault.at <= text.length && fault.message !== 'This is not JSON.')).toBe(true);
      }),
    );
  });
});
