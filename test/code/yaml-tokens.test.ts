import fc from 'fast-check';
import { expect, test } from 'vitest';
import { yamlTokens } from '../../src/code/yaml-tokens.ts';

const kinds = (line: string) =>
  yamlTokens(line)
    .filter((token) => token.kind !== 'plain')
    .map((token) => `${token.kind} ${token.text}`);

test('a key, its value and a comment are told apart', () => {
  expect(kinds('  port: 8080 # of the broker')).toEqual(['key port', 'number 8080', 'comment # of the broker']);
  expect(kinds('- topic: transactions')).toEqual(['key topic', 'string transactions']);
});

test('a hash inside quotes or a word begins no comment', () => {
  expect(kinds('a: "x # y"')).toEqual(['key a', 'string "x # y"']);
  expect(kinds('a: x#y')).toEqual(['key a', 'string x#y']);
});

test('a colon inside a URL ends no key', () => {
  expect(kinds('urlPathTemplate: http://host:8000/{function.name}')).toEqual([
    'key urlPathTemplate',
    'string http://host:8000/{function.name}',
  ]);
});

test('a document separator is a mark', () => {
  expect(kinds('---')).toEqual(['mark ---']);
});

test('the tokens of any line join to the line', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ':', ' ', '#', '"', "'", '-', '1', '[', '{', '~') }), (line) => {
      expect(
        yamlTokens(line)
          .map((token) => token.text)
          .join(''),
      ).toBe(line);
    }),
  );
});
