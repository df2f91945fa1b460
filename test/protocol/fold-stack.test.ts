import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { foldStack } from '../../src/protocol/fold-stack.ts';

const at = (line: number, column = 1) => ({ path: filePath('functions/f.ts'), line, column });
const told = (lines: readonly number[]) =>
  foldStack(lines.map((line) => at(line))).map(({ places, times }) => [places.map(({ line }) => line), times]);

test('endless recursion stands once, with how often', () => {
  expect(told(Array.from({ length: 50 }, () => 7))).toEqual([[[7], 50]]);
});

test('functions that call each other in turn stand once, with how often, and what is around them as it is', () => {
  expect(told([1, ...Array.from({ length: 24 }, () => [7, 9]).flat(), 7, 3])).toEqual([
    [[1], 1],
    [[7, 9], 24],
    [[7], 1],
    [[3], 1],
  ]);
});

test('two columns of one line are two places', () => {
  expect(foldStack([at(1, 1), at(1, 2), at(1, 1)]).length).toBe(3);
});

test('a stack without recursion stays as it is', () => {
  expect(told([3, 5, 5, 8])).toEqual([
    [[3], 1],
    [[5], 1],
    [[5], 1],
    [[8], 1],
  ]);
});

test('unfolded it is the stack again', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 60 }), (lines) => {
      const unfolded = foldStack(lines.map((line) => at(line))).flatMap(({ places, times }) =>
        Array.from({ length: times }, () => places).flat(),
      );
      expect(unfolded.map(({ line }) => line)).toEqual(lines);
    }),
  );
});
