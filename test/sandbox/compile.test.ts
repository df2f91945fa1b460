import { describe, expect, test } from 'vitest';
import { compile } from '../support/sandbox-calls.ts';

async function problemsOf(text: string, path = 'functions/f.ts'): Promise<unknown[]> {
  const { problems } = await compile({ [path]: text, 'functions/other.ts': 'export const x = 1;', 'functions/dir/index.ts': 'export {};' });
  return problems.map(({ code, place }) => [code, place?.path, place?.line, place?.column]);
}

describe('code that does not parse', () => {
  test.each([
    ['of TypeScript', 'const a = 1;\nconst b: = 2;', 2, 10],
    ['after types were removed', 'const a: number = 1;\n  const b: string = ;', 2, 21],
    ['with a second declaration', 'let x: number = 1;\nlet x = 2;', 2, 5],
    ['with the name of the wrapper’s parameter', 'const a = 1;\nlet exports = 2;', 2, 5],
    ['waiting at the top', 'const a = 1;\nawait a;', 2, 7],
  ])('%s is placed at its line and column', async (_case, text, line, column) => {
    expect(await problemsOf(text)).toEqual([['syntax-error', 'functions/f.ts', line, column]]);
  });

  test.each([
    '}); globalThis.escaped = 1; (function () {',
    '}, function () { globalThis.escaped = 1;',
    '}]); (() => { [{',
    '*/ }); /*',
    '`${',
    '#!/usr/bin/env node\n}); (function () {',
  ])('cannot break out of its wrapper: %j', async (text) => {
    const { bundle, problems } = await compile({ 'functions/f.ts': text });
    expect([bundle.files, problems.map(({ code }) => code)]).toEqual([[], ['syntax-error']]);
  });

  test('leaves the other files in the bundle', async () => {
    const { bundle } = await compile({ 'functions/bad.ts': 'const', 'functions/good.ts': 'export const x = 1;' });
    expect(bundle.files.map((file) => file.path)).toEqual(['functions/good.ts']);
  });
});

describe('imports', () => {
  test('of the SDK and of project files resolve, with and without endings', async () => {
    const text = ["'apache-flink-statefun'", "'./other'", "'./other.ts'", "'./other.js'", "'./dir'", "'../functions/other'", "'node:http'"]
      .map((specifier, index) => `import * as m${index} from ${specifier}; console.log(m${index});`)
      .join('\n');
    const { bundle, problems } = await compile({
      'functions/f.ts': text,
      'functions/other.ts': 'export const x = 1;',
      'functions/dir/index.ts': 'export const y = 1;',
    });
    expect(problems).toEqual([]);
    expect(bundle.files.find((file) => file.path === 'functions/f.ts')?.imports).toEqual({
      'apache-flink-statefun': 'apache-flink-statefun',
      './other': 'functions/other.ts',
      './other.ts': 'functions/other.ts',
      './other.js': 'functions/other.ts',
      './dir': 'functions/dir/index.ts',
      '../functions/other': 'functions/other.ts',
      'node:http': 'node:http',
    });
  });

  test.each([
    ["import fs from 'node:fs';\nfs.readFileSync('x');", 1, 17],
    ["const a = 1;\nimport net from 'net'; net();", 2, 18],
    ['import {\n  v4,\n  v5,\n} from "uuid"; v4(v5);', 4, 9],
    ["const x = require('./missing'); x();", 1, 20],
    ["import { x } from '../../outside'; x();", 1, 20],
    ["import { x } from 'apache-flink-statefun/dist/core'; x();", 1, 20],
  ])('of anything else is a problem at the text that names it: %j', async (text, line, column) => {
    expect(await problemsOf(text)).toEqual([['unknown-import', 'functions/f.ts', line, column]]);
  });

  test('that only name types need no module', async () => {
    expect(
      await problemsOf("import type { A } from 'somewhere'; import { B } from 'else'; export const f = (a: A, b: B) => [a, b];"),
    ).toEqual([]);
  });
});

describe('the hash', () => {
  test('names paths and texts, whatever the order of files', async () => {
    const hashOf = async (sources: Record<string, string>): Promise<string> => (await compile(sources)).bundle.hash;
    const both = await hashOf({ 'functions/a.ts': '1', 'functions/b.ts': '2' });
    expect(await hashOf({ 'functions/b.ts': '2', 'functions/a.ts': '1' })).toBe(both);
    expect(await hashOf({ 'functions/a.ts': '2', 'functions/b.ts': '1' })).not.toBe(both);
    expect(both).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('code that may go on after its handler is told from code that cannot, through imports', async () => {
  const { bundle } = await compile({
    'functions/plain.ts': 'export const f = { typename: "a/b", fn(context: any) { context.storage.n = 1; } };',
    'functions/waits.ts': 'export const g = async () => 1;',
    'functions/uses.ts': "import { g } from './waits'; export const h = () => { g(); };",
    'functions/hides.ts': "export const i = () => { (globalThis as any)['Pro' + 'mise'].resolve(); };",
  });
  expect(Object.fromEntries(bundle.files.map((file) => [file.path, file.async]))).toEqual({
    'functions/plain.ts': false,
    'functions/waits.ts': true,
    'functions/uses.ts': true,
    'functions/hides.ts': true,
  });
});
