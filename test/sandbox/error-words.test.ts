import { describe, expect, test } from 'vitest';
import { callOnce, compile } from '../support/sandbox-calls.ts';
import type { Sources } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

/** `Name: message at line:column` of what the function `t/f` throws. */
async function thrown(sources: Sources): Promise<string> {
  const { outcome } = await callOnce(await startSandbox(sources), { to: 't/f', messages: ['x'], states: ['n'] });
  if (outcome.type !== 'threw') {
    return outcome.type;
  }
  const { name, message, stack } = outcome.error;
  return `${name}: ${message} at ${stack[0]?.line}`;
}

const file = (before: string, body: string): Sources => ({
  'functions/f.ts': `${before}\nexport const f = { typename: 't/f', specs: [{ name: 'n', type: StateFun.intType() }], fn(context: any) {\n${body}\n} };`,
  'functions/shared.ts': 'export const rate: any = 2; export const none: any = undefined; export default undefined as any;',
});
const SDK = `import { StateFun, messageBuilder } from 'apache-flink-statefun';`;

describe('an error names things as the source does', () => {
  test.each([
    [`${SDK}`, 'StateFun.boolType();', 'StateFun.boolType is not a function'],
    [`${SDK} import { rate } from './shared.ts';`, 'rate(1);', 'rate is not a function'],
    [`${SDK} import { none } from './shared.ts';`, 'none(1);', 'none is not a function'],
    [`${SDK} import { none as nothing } from './shared.ts';`, 'const x = nothing(1);', 'nothing is not a function'],
    [`${SDK} import { rate as quota } from './shared.ts';`, 'new quota.Of();', 'quota.Of is not a constructor'],
    [`${SDK} import Limits from './shared.ts';`, 'Limits();', 'Limits is not a function'],
    [`${SDK} import Limits, { rate } from './shared.ts';`, 'new Limits(rate);', 'Limits is not a constructor'],
    [`${SDK} export const own: any = 1;`, 'own.go();', 'own.go is not a function'],
    [`${SDK} const own: any = { call: undefined };`, 'own.call();', 'own.call is not a function'],
    [`${SDK} const own: any = {};`, 'own.x.call();', "Cannot read properties of undefined (reading 'call')"],
  ])('%s %s', async (before, body, message) => {
    expect(await thrown(file(before, body))).toBe(`TypeError: ${message} at 3`);
  });

  test('also while the file loads', async () => {
    const { report } = await startSandbox(file(`${SDK} const type = StateFun.boolType();`, ''));
    expect(report.problems.filter(({ code }) => code === 'load-error').map(({ message, place }) => [message, place?.line])).toEqual([
      ['TypeError: StateFun.boolType is not a function', 1],
    ]);
  });

  test('where a file is CommonJS, its names are its own', async () => {
    const { bundle } = await compile({ 'functions/f.js': `exports.x = 1; exports.f = { typename: 't/f', fn() { exports.x.go(); } };` });
    expect(bundle.files[0]?.names).toBeUndefined();
  });
});

describe('where protobuf only says that an assertion failed, the value and its type are named', () => {
  test.each([
    [
      'a state',
      'context.storage.n = 2147483648;',
      '2147483648 does not fit StateFun.intType(): it holds whole numbers from -2147483648 to 2147483647',
    ],
    [
      'a message',
      `context.send(messageBuilder({ typename: 'a/b', id: '1', value: 'yes', valueType: StateFun.booleanType() }));`,
      'the text “yes” does not fit StateFun.booleanType(): it holds true or false',
    ],
    [
      'a message of its own type',
      `const value = { serializeBinary() { throw new Error('Assertion failed'); } };\ncontext.send(messageBuilder({ typename: 'a/b', id: '1', value, valueType: StateFun.protoType('a/p', Object as any) }));`,
      'a field of this a/p message holds what its protobuf type does not, such as a number beyond 32 bits or a text in place of a number',
    ],
    [
      'a float',
      `context.send(messageBuilder({ typename: 'a/b', id: '1', value: -1e39, valueType: StateFun.floatType() }));`,
      '-1e+39 does not fit StateFun.floatType(): it holds numbers of 32 bits, up to about 3.4e38',
    ],
  ])('%s', async (_name, body, words) => {
    expect(await thrown(file(SDK, body))).toBe(`Error: Assertion failed: ${words}. at 3`);
  });

  test('and code sees the error of the SDK as it is', async () => {
    const body = `try { context.storage.n = 5.5; } catch (error) { throw new TypeError((error as Error).message); }`;
    expect(await thrown(file(SDK, body))).toBe('TypeError: Assertion failed at 3');
  });
});
