import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import { isJson, jsonComplaint, jsonTokens, prettyJson } from '../../src/panels/run/json-tokens.ts';
import { valueBytes, valueText } from '../../src/panels/run/value-text.ts';

describe('typed values as text', () => {
  test.each([
    ['io.statefun.types/int', [0x0d, 0xff, 0xff, 0xff, 0xff], '-1', 'number'],
    ['io.statefun.types/int', [], '0', 'number'],
    ['io.statefun.types/bool', [0x08, 1], 'true', 'boolean'],
    ['io.statefun.types/string', [0x0a, 2, 0x68, 0x69], '"hi"', 'text'],
    ['my/type', [...encodeUtf8('{"a":1}')], '{"a":1}', 'JSON'],
    ['my/type', [...encodeUtf8('plain')], 'plain', 'text'],
    ['my/type', [0xff, 0x00], 'ff 00', 'bytes'],
  ])('%s', (type, bytes, text, format) => {
    expect(valueText(type, Uint8Array.from(bytes))).toEqual({ text, format });
  });

  test('text typed in for the built-in string type reads back as the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(JSON.parse(valueText('io.statefun.types/string', valueBytes('io.statefun.types/string', text)).text)).toBe(text);
      }),
    );
  });
});

describe('JSON on the screen', () => {
  test('runs of colour put together are the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(
          jsonTokens(text)
            .map((token) => token.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  test('keys, strings, numbers and words are told apart', () => {
    expect(
      jsonTokens('{"a": "b", "n": -1.5, "t": null}')
        .filter((token) => token.kind !== 'plain')
        .map((token) => [token.kind, token.text]),
    ).toEqual([
      ['key', '"a"'],
      ['string', '"b"'],
      ['key', '"n"'],
      ['number', '-1.5'],
      ['key', '"t"'],
      ['word', 'null'],
    ]);
  });

  test('only what begins like JSON is held to it', () => {
    expect([jsonComplaint('hello'), jsonComplaint('{"a":1}'), jsonComplaint('')]).toEqual([null, null, null]);
    expect(jsonComplaint('{"a": }')).toMatch(/^Not JSON/);
    expect([isJson('1'), isJson('x'), prettyJson('{"a":1}'), prettyJson('{"a":')]).toEqual([true, false, '{\n  "a": 1\n}', '{"a":']);
  });
});
