import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replacementBetween } from '../../src/code/text-diff.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\r\n', '\n', '😀', ' ') });

test('equal texts need no replacement', () => {
  expect(replacementBetween('a\nb', 'a\nb')).toBeNull();
});

test('only what differs is replaced', () => {
  expect(replacementBetween('one two three', 'one 2 three')).toEqual({ from: 4, to: 7, insert: '2' });
  expect(replacementBetween('aa', 'aaa')).toEqual({ from: 2, to: 2, insert: 'a' });
});

test('a line end of two characters is never cut in half', () => {
  expect(replacementBetween('a\r\nb', 'a\nb')).toEqual({ from: 1, to: 3, insert: '\n' });
});

test('applying the replacement gives the second text, whatever the texts', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = replacementBetween(before, after);
      const result = change === null ? before : before.slice(0, change.from) + change.insert + before.slice(change.to);
      expect(result).toBe(after);
    }),
  );
});
