import { describe, expect, test } from 'vitest';
import type { LoadReport } from '../../src/sandbox/sandbox-api.ts';
import { callOnce, told } from '../support/sandbox-calls.ts';
import type { Sources } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

async function reportOf(sources: Sources): Promise<LoadReport> {
  return (await startSandbox(sources)).report;
}

/** `[code, path, line]` of each problem. */
function placed(report: LoadReport): unknown[] {
  return report.problems.map(({ code, path, place }) => [code, path, place === null ? null : place.line]);
}

const names = (report: LoadReport): string[] => report.functions.map(({ typename }) => typename);

describe('functions are found', () => {
  test('as named and default exports, in lists, as instances of classes, and in CommonJS', async () => {
    const report = await reportOf({
      'functions/a.ts': `export const one = { typename: 'd/one', fn() {} };\nexport default { typename: 'd/two', fn() {} };\nexport const more = [{ typename: 'd/three', fn() {} }];`,
      'functions/b.ts': `class Four { typename = 'd/four'; fn(): void {} }\nexport const four = new Four();`,
      'functions/c.js': `module.exports = { typename: 'd/five', fn() {} };`,
    });
    expect(report.problems).toEqual([]);
    expect(names(report)).toEqual(['d/one', 'd/two', 'd/three', 'd/four', 'd/five']);
  });

  test('when the file binds them to a StateFun of its own and starts a server', async () => {
    const sandbox = await startSandbox({
      'functions/server.ts': `import http from 'node:http';
import { StateFun } from 'apache-flink-statefun';
const statefun = new StateFun();
statefun.bind({ typename: 'd/bound', fn(context: any) { context.send; } });
http.createServer(statefun.handler()).listen(process.env.PORT ?? 8000, () => console.log('listening'));`,
    });
    expect(sandbox.report).toEqual({ functions: [{ typename: 'd/bound', path: 'functions/server.ts', states: [] }], problems: [] });
    expect((await callOnce(sandbox, { to: 'd/bound' })).outcome.type).toBe('replied');
  });

  test('once, though several files export or bind the same object', async () => {
    const report = await reportOf({
      'functions/a.ts': `export const f = { typename: 'd/f', fn() {} };`,
      'functions/index.ts': `import { StateFun } from 'apache-flink-statefun'; export * from './a'; import { f } from './a.ts'; export default f; new StateFun().bind(f);`,
    });
    expect([names(report), report.problems]).toEqual([['d/f'], []]);
  });

  test('in the file that defines them, not in one that hands them on', async () => {
    const report = await reportOf({
      'functions/all.ts': `import { StateFun } from 'apache-flink-statefun'; import { f } from './f.ts'; new StateFun().bind(f); export { f };`,
      'functions/f.ts': `export const f = { typename: 'd/f', fn() {} };`,
    });
    expect(report).toEqual({ functions: [{ typename: 'd/f', path: 'functions/f.ts', states: [] }], problems: [] });
  });

  test('with their states', async () => {
    const report = await reportOf({
      'functions/a.ts': `import { StateFun } from 'apache-flink-statefun';
export const f = { typename: 'd/f', fn() {}, specs: [
  { name: 'seen', type: StateFun.intType() },
  { name: 'last_score', type: StateFun.jsonType('d/score'), expireAfterWrite: 5 },
  { name: 'touched', type: StateFun.stringType(), expireAfterCall: 6 } ] };`,
    });
    expect(report.functions[0]?.states).toEqual([
      { name: 'seen', typename: 'io.statefun.types/int', expireAfterWrite: null, expireAfterCall: null },
      { name: 'last_score', typename: 'd/score', expireAfterWrite: 5, expireAfterCall: null },
      { name: 'touched', typename: 'io.statefun.types/string', expireAfterWrite: null, expireAfterCall: 6 },
    ]);
  });
});

describe('problems', () => {
  test('name the place of a bad typename, a bad state name and a doubled typename', async () => {
    const report = await reportOf({
      'functions/a.ts': `import { StateFun } from 'apache-flink-statefun';
export const bad = { typename: 'no-namespace', fn() {} };
export const state = { typename: 'd/state', fn() {},
  specs: [{ name: 'userCount', type: StateFun.intType() }] };
export const twice = { typename: 'd/twice', fn() {} };`,
      'functions/b.ts': `\nexport const twice = { typename: 'd/twice', fn() {} };`,
    });
    expect(placed(report)).toEqual([
      ['bad-spec', 'functions/a.ts', 2],
      ['bad-spec', 'functions/a.ts', 4],
      ['duplicate-typename', 'functions/b.ts', 2],
    ]);
    expect(names(report)).toEqual(['d/twice']);
  });

  test('name the place of an export or a bind that has no typename to point at', async () => {
    const report = await reportOf({
      'functions/a.ts': `export const rate = 1;\nexport const person = { fn() {}, specs: [] };\nexport const trap = { get typename() { throw new Error('x'); }, fn() {} };`,
      'functions/b.ts': `import { StateFun } from 'apache-flink-statefun';\nconst statefun = new StateFun();\nstatefun.bind({ fn() {} } as any);`,
    });
    expect(placed(report)).toEqual([
      ['bad-spec', 'functions/a.ts', 2],
      ['bad-spec', 'functions/a.ts', 3],
      ['load-error', 'functions/b.ts', 3],
    ]);
  });

  test('name what has an fn and nothing else where no other file can add the typename', async () => {
    const report = await reportOf({
      'functions/a.ts': `export const rate = 1;\n\nexport const gauge = { fn() {} };\nexport const options = { fn() {}, name: 'x' };`,
      'functions/b.js': `module.exports = { fn() {} };`,
      'functions/base.ts': `export const base = { fn() {} };`,
      'functions/f.ts': `import { base } from './base.ts';\nexport const f = { typename: 'd/f', ...base };\nexport function fn() {}`,
    });
    expect(placed(report)).toEqual([
      ['bad-spec', 'functions/a.ts', 3],
      ['bad-spec', 'functions/b.js', 1],
    ]);
    expect(report.problems[0]?.message).toContain('no typename');
    expect(names(report)).toEqual(['d/f']);
  });

  test('name the line at which a file fails to load, and the other files still load', async () => {
    const report = await reportOf({
      'functions/a.ts': `const rates: any = undefined;\n\nexport const first = rates.first;`,
      'functions/b.ts': `export const f = { typename: 'd/f', fn() {} };`,
    });
    expect(placed(report)).toEqual([['load-error', 'functions/a.ts', 3]]);
    expect(names(report)).toEqual(['d/f']);
  });

  test('say of a file without a spec only when nothing imports it and it holds more than types', async () => {
    const report = await reportOf({
      'functions/f.ts': `import { rate } from './shared'; export const f = { typename: 'd/f', fn() { return rate; } };`,
      'functions/shared.ts': 'export const rate = 2;',
      'functions/types.ts': `import type { Context } from 'apache-flink-statefun';\nexport interface Order { total: number }\nexport type F = (context: Context) => void;`,
      'functions/forgotten.ts': 'export const x = 1;',
    });
    expect(placed(report)).toEqual([['no-spec', 'functions/forgotten.ts', null]]);
  });

  test('survive exports that throw when they are read', async () => {
    const report = await reportOf({
      'functions/a.js': `const trap = new Proxy({}, { get() { throw 1; }, has() { throw 2; }, ownKeys() { throw 3; }, getPrototypeOf() { throw 4; }, getOwnPropertyDescriptor() { throw 5; } });
module.exports = { trap, list: [trap], get thrower() { throw trap; }, spec: { get typename() { throw trap; }, fn() {} }, f: { typename: 'd/f', fn() {} } };`,
      'functions/b.js': `throw new Proxy(new Error('x'), { get() { throw new Error('y'); } });`,
      'functions/c.js': `module.exports = new Proxy({}, { ownKeys() { for (;;) throw 1; }, has: () => true, get: () => { throw 1; } });`,
    });
    expect(names(report)).toEqual(['d/f']);
    expect(report.problems.map(({ code, path }) => [code, path])).toEqual([
      ['bad-spec', 'functions/a.js'],
      ['bad-spec', 'functions/a.js'],
      ['load-error', 'functions/b.js'],
      ['bad-spec', 'functions/c.js'],
    ]);
  });
});

test('modules may import each other in a circle', async () => {
  const sandbox = await startSandbox({
    'functions/a.ts': `import { StateFun, egressMessageBuilder } from 'apache-flink-statefun'; import { b } from './b'; export const name = () => 'a'; export const f = { typename: 'd/f', fn(context: any) { context.send(egressMessageBuilder({ typename: 't/out', value: b(), valueType: StateFun.jsonType('t/json') })); } };`,
    'functions/b.ts': `import { name } from './a'; export const b = () => 'b of ' + name();`,
  });
  expect(told(await callOnce(sandbox, { to: 'd/f' }))).toEqual(['b of a']);
});
