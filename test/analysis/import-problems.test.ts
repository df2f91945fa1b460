import { describe, expect, test } from 'vitest';
import { collectProblems, deriveContext } from '../../src/commands/derive.ts';
import { projectOf, textFile } from '../../src/model/project.ts';
import { filePath } from '../../src/base/ids.ts';
import { applyEdits } from '../../src/model/edit.ts';

const CODES = new Set(['unknown-import', 'computed-import', 'top-level-await']);

/** `[code, path, text pointed at]` of each problem with imports. */
function problemsOf(files: Readonly<Record<string, string>>): unknown[] {
  const project = projectOf(files);
  return collectProblems(deriveContext(project, null))
    .filter(({ code }) => CODES.has(code))
    .map(({ code, path, range }) => {
      const text = textFile(project, path ?? filePath('')) ?? '';
      return [code, path, text.slice(range?.from, range?.to)];
    });
}

describe('an import that cannot work is told at its place before anything runs', () => {
  test.each([
    [`import { x } from './missing'; x();`, 'unknown-import', './missing'],
    [`export * from 'lodash';`, 'unknown-import', 'lodash'],
    [`import 'node:fs';`, 'unknown-import', 'node:fs'],
    [`const x = require("net"); x;`, 'unknown-import', 'net'],
    [`const f = async () => import('./gone.js'); f;`, 'unknown-import', './gone.js'],
    [`const f = (name: string) => require(name); f;`, 'computed-import', 'name'],
    [`const x = await fetch('http://x'); x;`, 'top-level-await', 'await'],
  ])('%s', (text, code, pointed) => {
    expect(problemsOf({ 'functions/f.ts': text })).toEqual([[code, 'functions/f.ts', pointed]]);
  });

  test('in stubs and in scripts beside functions/ too', () => {
    const bind = `const { StateFun } = require('apache-flink-statefun'); new StateFun().bind({ typename: 'a/b', fn() {} });`;
    expect(problemsOf({ 'stubs/s.ts': `import 'axios';`, 'server.js': `require('express'); ${bind}` })).toEqual([
      ['unknown-import', 'server.js', 'express'],
      ['unknown-import', 'stubs/s.ts', 'axios'],
    ]);
  });
});

describe('nothing is said of', () => {
  test.each([
    [
      'types, declared or taken away by the compiler',
      `import type { A } from 'a'; import { B, type C } from 'b'; export const f = (b: B, c: C, a: A) => [a, b, c];`,
    ],
    ['declarations beside the code', `import { A } from './types'; export const f = (a: A) => a;`],
    [
      'what is there',
      `import { StateFun } from 'apache-flink-statefun'; import x from './d.json'; import 'google-protobuf/google/protobuf/any_pb'; import http from 'http'; StateFun; x; http;`,
    ],
    ['what the code does without', `try { require('fs'); } catch { }`],
    [
      'waiting in functions and methods',
      `export const f = async () => { await 1; }; export class A { async m() { for await (const x of []) { await x; } } }`,
    ],
  ])('%s', (_what, text) => {
    expect(problemsOf({ 'functions/f.ts': text, 'functions/types.d.ts': 'export interface A {}', 'functions/d.json': '{}' })).toEqual([]);
  });

  test('libraries, however they ask for things', () => {
    const files = { 'functions/f.ts': `import './lib/x.min.js';`, 'functions/lib/x.min.js': `require('fs');require('a'+b)` };
    expect(problemsOf(files)).toEqual([]);
  });
});

test('the fix writes the path that was meant', () => {
  const project = projectOf({ 'functions/f.ts': `import { x } from './shard'; x();`, 'functions/shared.ts': '' });
  const [problem] = collectProblems(deriveContext(project, null)).filter(({ code }) => code === 'unknown-import');
  const after = applyEdits(project, problem?.fix?.edits ?? []);
  expect([problem?.fix?.label, textFile(after, filePath('functions/f.ts'))]).toEqual([
    'Write ./shared',
    `import { x } from './shared'; x();`,
  ]);
});
