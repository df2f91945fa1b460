/** What the SDK's own types make of values: the ground on which an assignment to a state is told as one that does not fit. */
import { StateFun } from 'apache-flink-statefun';
import { expect, test } from 'vitest';

function kept(type: { serialize(value: unknown): Buffer; deserialize(bytes: Buffer): unknown }, value: unknown): unknown {
  try {
    return type.deserialize(type.serialize(value));
  } catch {
    return 'throws';
  }
}

test.each([
  ['text', 'throws'],
  [1.5, 'throws'],
  [2147483648, 'throws'],
  [{ a: 1 }, 'throws'],
  ['12', 12],
  [true, 1],
])('an int makes of %j: %j', (value, made) => {
  expect(kept(StateFun.intType(), value)).toBe(made);
});

test.each([
  ['yes', 'throws'],
  [1, true],
])('a boolean makes of %j: %j', (value, made) => {
  expect(kept(StateFun.booleanType(), value)).toBe(made);
});

test.each([
  [5, ''],
  [true, ''],
  [{ first: 'a' }, ''],
])('a string makes of %j an empty text', (value, made) => {
  expect(kept(StateFun.stringType(), value)).toBe(made);
});
