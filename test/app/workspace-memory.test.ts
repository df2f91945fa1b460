import { expect, test } from 'vitest';
import { readWorkspace } from '../../src/app/workspace-memory.ts';
import { projectOf } from '../../src/model/project.ts';

const project = projectOf({ 'module.yaml': '', 'functions/a.ts': 'const a = 1;', 'functions/b.ts': '' });
const EMPTY = { view: 'canvas', paths: [], file: null, offset: 0 };

test('what stood open comes back', () => {
  const kept = { view: 'code', paths: ['functions/b.ts', 'functions/a.ts'], file: 'functions/a.ts', offset: 6 };
  expect(readWorkspace(JSON.stringify(kept), project)).toEqual(kept);
});

test('files that are gone do not, nor what is no memory of the Studio', () => {
  const gone = { view: 'code', paths: ['functions/gone.ts', 'functions/b.ts'], file: 'functions/gone.ts', offset: 6 };
  expect(readWorkspace(JSON.stringify(gone), project)).toEqual({ view: 'code', paths: ['functions/b.ts'], file: null, offset: 0 });
  const odd = { view: 'elsewhere', paths: 7, file: 'functions/a.ts', offset: -1 };
  expect(readWorkspace(JSON.stringify(odd), project)).toEqual({ ...EMPTY, file: 'functions/a.ts' });
  expect([null, 'no json', '7', '{}'].map((text) => readWorkspace(text, project))).toEqual([EMPTY, EMPTY, EMPTY, EMPTY]);
});
