import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import type { Problem } from '../../src/model/problem.ts';
import { inOrder, mergeProblems } from '../../src/state/all-problems.ts';

const problem = (code: string, from: number, to: number, path = 'functions/a.ts'): Problem => ({
  code,
  severity: 'error',
  message: code,
  path: filePath(path),
  range: { from, to },
});

test('a finding of the type checker is left out where the Studio speaks of the same place', () => {
  const own = [problem('no-such-import', 10, 20)];
  const elsewhere = problem('ts1', 30, 40);
  const inOtherFile = problem('ts2', 12, 14, 'functions/b.ts');
  expect(mergeProblems(own, [problem('ts3', 9, 21), elsewhere, inOtherFile])).toEqual([...own, elsewhere, inOtherFile]);
});

test('a problem of a whole function says nothing of each place in it', () => {
  const own = [problem('unserved-function', 0, 4000)];
  const type = problem('ts1', 300, 310);
  expect(mergeProblems(own, [type])).toEqual([...own, type]);
});

test('problems stand by severity, then by file, then by place, whoever found them', () => {
  const [a, b, c, d] = [problem('a', 50, 60), problem('b', 10, 20, 'functions/b.ts'), problem('c', 10, 20), problem('d', 10, 15)];
  const warning: Problem = { ...problem('w', 0, 1), severity: 'warning' };
  const everywhere: Problem = { code: 'e', severity: 'error', message: 'e' };
  expect(inOrder([warning, a, b, c, everywhere, d]).map(({ code }) => code)).toEqual(['e', 'd', 'c', 'a', 'b', 'w']);
});
