import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineDiff, stateDiff } from '../../src/panels/run/state-diff.ts';

describe('what a call changed in the state', () => {
  test('a value that was set, changed, deleted or left alone', () => {
    const before = [
      { name: 'count', text: '2' },
      { name: 'last', text: null },
      { name: 'old', text: '"x"' },
      { name: 'same', text: '{"a":1}' },
    ];
    const after = [
      { name: 'count', text: '3' },
      { name: 'last', text: '7' },
      { name: 'old', text: null },
      { name: 'same', text: '{"a":1}' },
      { name: 'new', text: 'true' },
    ];
    expect(stateDiff(before, after).map((line) => line.sign + line.text)).toEqual([
      '-"count": 2',
      '+"count": 3',
      '-"last": absent',
      '+"last": 7',
      '-"old": "x"',
      '+"old": absent',
      ' "same": {"a":1}',
      '-"new": absent',
      '+"new": true',
    ]);
  });

  test('of a long value only the lines that changed, and what is near them', () => {
    const value = (amount: number) => JSON.stringify({ a: 1, b: 2, c: 3, d: 4, amount, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10 });
    expect(stateDiff([{ name: 'v', text: value(1) }], [{ name: 'v', text: value(2) }]).map((line) => line.sign + line.text)).toEqual([
      ' "v": {',
      ' …',
      '   "c": 3,',
      '   "d": 4,',
      '-  "amount": 1,',
      '+  "amount": 2,',
      '   "e": 5,',
      '   "f": 6,',
      ' …',
    ]);
  });

  test('a diff holds both sides, whatever the lines are', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (from, to) => {
        const diff = lineDiff(from, to);
        expect(diff.filter((line) => line.sign !== '+').map((line) => line.text)).toEqual(from);
        expect(diff.filter((line) => line.sign !== '-').map((line) => line.text)).toEqual(to);
      }),
    );
  });
});
