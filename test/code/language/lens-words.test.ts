import { expect, test } from 'vitest';
import { typename } from '../../../src/base/ids.ts';
import { lensesOf } from '../../../src/code/language/lens-words.ts';

const count = typename('fraud/fraud-count');
const titles = (messages: number, error: string | null) =>
  lensesOf(count, { typename: count, messages, lastCall: null, lastError: error === null ? null : { seq: 7, error } }).map(
    ({ title }) => title,
  );

test('without a run a function can be tried, and that is all', () => {
  expect(lensesOf(count, null).map(({ title, act }) => [title, act])).toEqual([['Try it', { type: 'try', typename: count }]]);
});

test('a run tells how many messages were handled', () => {
  expect(titles(0, null)).toEqual(['0 messages handled', 'Try it']);
  expect(titles(1, null)).toEqual(['1 message handled', 'Try it']);
  expect(titles(1_234_567, null)).toEqual(['1\u2009234\u2009567 messages handled', 'Try it']);
});

test('the last error stands in one short line, and leads to its event', () => {
  expect(titles(2, 'Error: no such guest\n    at fn')).toEqual(['2 messages handled', 'last error: Error: no such guest', 'Try it']);
  const [, shortened = ''] = titles(2, 'x'.repeat(200));
  expect(shortened).toBe(`last error: ${'x'.repeat(59)}…`);
  const lenses = lensesOf(count, { typename: count, messages: 2, lastCall: null, lastError: { seq: 7, error: 'e' } });
  expect(lenses.map(({ act }) => act)).toContainEqual({ type: 'error', seq: 7 });
});
