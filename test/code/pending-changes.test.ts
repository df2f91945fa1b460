import { expect, test } from 'vitest';
import { filePath, typename } from '../../src/base/ids.ts';
import { pendingChanges } from '../../src/code/pending-changes.ts';
import type { LoadReport } from '../../src/sandbox/sandbox-api.ts';
import { analyse, functionFile } from '../support/code-facts.ts';

const REPORT: LoadReport = {
  functions: [
    {
      typename: typename('a/f'),
      path: filePath('functions/f.ts'),
      states: [{ name: 'n', typename: 'io.statefun.types/int', expireAfterWrite: 1000, expireAfterCall: null }],
    },
  ],
  problems: [],
};

function pending(specs: string, more = ''): readonly string[] {
  const files = { 'functions/f.ts': functionFile('', { specs }) + more };
  return pendingChanges(REPORT, analyse(files)).map((change) => `${change.type} ${'state' in change ? change.state : change.function}`);
}

test('the code that runs changes nothing, as the analysis reads it', () => {
  expect(pending("{ name: 'n', type: StateFun.intType(), expireAfterWrite: 1000 }")).toEqual([]);
});

test('edits of specs are told before they are applied', () => {
  expect(pending("{ name: 'n', type: A, expireAfterWrite: 1000 }, { name: 'm', type: A }")).toEqual(['state-type n', 'state-added m']);
  expect(pending('')).toEqual(['state-dropped n']);
  expect(pending("{ name: 'n', type: StateFun.intType(), expireAfterCall: 1000 }")).toEqual(['expiration-changed n']);
});

test('a type that cannot be read counts as unchanged', () => {
  expect(pending("{ name: 'n', type: types.count, expireAfterWrite: 1000 }")).toEqual([]);
});

test('what is missing is not told while the code has errors', () => {
  expect(pending('', "export const G = { typename: 'no slash', fn() {} };")).toEqual([]);
});
