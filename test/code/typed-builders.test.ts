import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TYPED_BUILDERS, withTypedBuilders } from '../../src/code/typed-builders.ts';

const SDK = 'node_modules/apache-flink-statefun';
const TYPES = `import { StateFun } from 'apache-flink-statefun';
export interface Order { id: string; amount: number }
export const Order = StateFun.jsonType<Order>('shop/order');
export interface Paid { id: string }
export const Paid = StateFun.jsonType<Paid>('shop/paid');
`;
const HEAD = `import { Message, StateFun, Type, egressMessageBuilder, kafkaEgressMessage, kinesisEgressMessage, messageBuilder } from 'apache-flink-statefun';
import { Order, Paid } from './types';
declare const anything: any;
declare const late: boolean;
declare const message: Message;
`;

/** Each line must compile, with the declarations of the editor and with those of the package. */
const FINE = [
  `messageBuilder({ typename: 'a/f', id: 'x', value: { id: '1', amount: 2 }, valueType: Order });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: anything, valueType: Order });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: 'text' });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: 7 });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: 7, valueType: undefined });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: 1.5, valueType: StateFun.floatType() });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: { any: 1 }, valueType: StateFun.jsonType('shop/untyped') });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: { any: 1 }, valueType: StateFun.protoType('shop/proto', anything) });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: { id: '1' }, valueType: late ? Paid : StateFun.jsonType<{ id: string }>('shop/other') });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: null, valueType: StateFun.jsonType<Paid | null>('shop/maybe') });`,
  `messageBuilder({ typename: 'a/f', id: 'x', ...anything });`,
  `messageBuilder(anything);`,
  `const options = { typename: 'a/f', id: 'x', value: { id: '1', amount: 2 }, valueType: Order }; messageBuilder(options);`,
  `function send<T>(value: T, valueType: Type<T>) { return messageBuilder({ typename: 'a/f', id: 'x', value, valueType }); }`,
  `function sendAny(value: unknown, valueType: Type<any>) { return messageBuilder({ typename: 'a/f', id: 'x', value, valueType }); }`,
  `kafkaEgressMessage({ typename: 'a/out', topic: 't', key: 'k', value: { id: '1' }, valueType: Paid });`,
  `kafkaEgressMessage({ typename: 'a/out', topic: 't', value: new Uint8Array(2) });`,
  `kinesisEgressMessage({ typename: 'a/out', stream: 's', partitionKey: 'p', value: 'text' });`,
  `egressMessageBuilder({ typename: 'a/out', value: true, valueType: StateFun.booleanType() });`,
  `const order: Order | null = message.as(Order); const n: number | null = message.asInt();`,
];

/** Each line is wrong for the editor, and fine for the package's own declarations, which do not look. */
const WRONG = [
  `messageBuilder({ typename: 'a/f', id: 'x', value: { id: '1' }, valueType: Order });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: { id: 1 }, valueType: Paid });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: 'text', valueType: StateFun.intType() });`,
  `messageBuilder({ typename: 'a/f', id: 'x', value: message.as(Order), valueType: Order });`,
  `kafkaEgressMessage({ typename: 'a/out', topic: 't', value: { amount: 1 }, valueType: Paid });`,
  `kinesisEgressMessage({ typename: 'a/out', stream: 's', partitionKey: 'p', value: 1, valueType: StateFun.stringType() });`,
  `egressMessageBuilder({ typename: 'a/out', value: 1, valueType: StateFun.booleanType() });`,
];

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'typed-builders-'));
  for (const [name, typed] of [
    ['editor', true],
    ['package', false],
  ] as const) {
    const root = join(folder, name);
    const sdk = join(root, SDK);
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    cpSync(SDK, sdk, { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules/@types'), join(root, 'node_modules/@types'));
    for (const file of typed ? Object.keys(TYPED_BUILDERS) : []) {
      const path = join(sdk, 'dist', file);
      writeFileSync(path, withTypedBuilders(file, readFileSync(path, 'utf8')));
    }
    writeFileSync(join(root, 'types.ts'), TYPES);
    writeFileSync(join(root, 'fine.ts'), HEAD + FINE.map((line) => `{ ${line} }\n`).join(''));
    writeFileSync(join(root, 'wrong.ts'), HEAD + WRONG.map((line) => `{ ${line} }\n`).join(''));
    const options = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'es2023',
      types: ['node'],
    };
    writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['fine.ts', 'wrong.ts'] }));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where the compiler finds something wrong: `file:line` of the statements, counted from 0. */
function faults(name: string): readonly string[] {
  const { stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', join(folder, name), '--pretty', 'false'], {
    encoding: 'utf8',
  });
  const first = HEAD.split('\n').length;
  return [...new Set([...stdout.matchAll(/(fine|wrong)\.ts\((\d+),/g)].map(([, file, line]) => `${file}:${Number(line) - first}`))];
}

describe('the message builders as the editor declares them', () => {
  test('say each value that is not of its valueType, and nothing else', () => {
    expect(faults('editor')).toEqual(WRONG.map((_, index) => `wrong:${index}`));
  });

  test('accept nothing that the package refuses', () => {
    expect(faults('package')).toEqual([]);
  });

  test('stand where those of the package stand', () => {
    for (const [file, changes] of Object.entries(TYPED_BUILDERS)) {
      const text = readFileSync(join(SDK, 'dist', file), 'utf8');
      expect(changes.map(([from]) => text.split(from).length)).toEqual(changes.map(() => 2));
    }
  });
});
