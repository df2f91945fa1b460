/** Code that others wrote, dropped into a project: libraries in each shape they come in, generated protobuf classes, data. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { callOnce, compile, repliedWith, teller, told } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';
import { generatedPoint, generatedReading } from '../support/generated-protobuf.ts';

const library = (path: string): Promise<string> => readFile(`node_modules/${path}`, 'utf8');

async function tells(body: string, files: Readonly<Record<string, string>>, before = ''): Promise<unknown[]> {
  const sources = { 'functions/f.ts': teller(body, before), ...files };
  expect((await compile(sources)).problems).toEqual([]);
  const sandbox = await startSandbox(sources);
  expect(sandbox.report.problems).toEqual([]);
  return told(await callOnce(sandbox, { to: 't/f' }));
}

describe('a library that is dropped in works', () => {
  test('as UMD, minified to one line', async () => {
    const body = `const packed = fflate.deflateSync(fflate.strToU8('abc'.repeat(100))); tell([packed.length < 20, fflate.strFromU8(fflate.inflateSync(packed)).length]);`;
    const files = { 'functions/lib/fflate.min.js': await library('fflate/umd/index.js') };
    expect(await tells(body, files, `import * as fflate from './lib/fflate.min.js';`)).toEqual([[true, 300]]);
  });

  test('as UMD of several hundred kilobytes, by its default and by its names', async () => {
    const text = await library('acorn/dist/acorn.js');
    expect(text.length).toBeGreaterThan(200_000);
    const body = `tell([acorn.parse('1 + 2', { ecmaVersion: 2020 }).body[0].type, tokenizer('x', { ecmaVersion: 2020 }).getToken().value]);`;
    expect(await tells(body, { 'functions/lib/acorn.js': text }, `import acorn, { tokenizer } from './lib/acorn';`)).toEqual([
      ['ExpressionStatement', 'x'],
    ]);
  });

  test('as an ES module, in .mjs', async () => {
    const files = { 'functions/lib/acorn.mjs': await library('acorn/dist/acorn.mjs') };
    expect(
      await tells(`tell(parse('f()', { ecmaVersion: 2020 }).body.length);`, files, `import { parse } from './lib/acorn.mjs';`),
    ).toEqual([1]);
  });

  test('as a bundle of a megabyte and a half, which asks for modules that are not there and does without', async () => {
    const files = { 'functions/lib/elk.bundled.js': await library('elkjs/lib/elk.bundled.js') };
    expect(await tells(`tell(typeof ELK);`, files, `import ELK from './lib/elk.bundled.js';`)).toEqual(['function']);
  });

  test('as CommonJS in sloppy mode that hangs itself on `this`', async () => {
    const files = {
      'lib/old.js': `(function (root) { count = 0; root.next = function () { return ++count + 010; }; })(this); delete this.none;`,
    };
    expect(await tells(`tell(next());`, files, `import { next } from '../lib/old';`)).toEqual([9]);
  });

  test('in all endings, with cycles, re-exports, dynamic imports and import.meta', async () => {
    const files = {
      'functions/a.mts': `export * from './b.cjs'; export * as c from './c.mjs'; export const where = import.meta.url; export const text = 'import.meta.url';`,
      'functions/b.cjs': `exports.b = 1; exports.cycle = () => require('./a.mts').where.length > 0;`,
      'functions/c.mjs': `import { d } from './d.cts'; export default d;`,
      'functions/d.cts': `const d: number = 4; export = { d };`,
      'functions/late.js': `export const late = 5;`,
    };
    const body = `const { late } = await import('./late.js'); tell([b, cycle(), c.default, where, text, late]);`;
    expect(await tells(body, files, `import { b, c, cycle, where, text } from './a.mjs';`)).toEqual([
      [1, true, 4, 'file:///project/functions/a.mts', 'import.meta.url', 5],
    ]);
  });

  test('JSON is imported as its value, by import with and without attributes and by require', async () => {
    const files = {
      'data/rates.json': '{ "EUR": 1.25, "__proto__": { "x": 1 }, "list": ["\u2028"] }',
      'functions/by-require.js': `module.exports = require('../data/rates').EUR;`,
    };
    const body = `tell([rates.EUR, Object.keys(rates), again.list[0], required]);`;
    const before = `import rates from '../data/rates.json'; import again from '../data/rates.json' with { type: 'json' }; import required from './by-require';`;
    expect(await tells(body, files, before)).toEqual([[1.25, ['EUR', '__proto__', 'list'], '\u2028', 1.25]]);
  });
});

describe('protobuf', () => {
  const files = { 'functions/gen/reading_pb.js': generatedReading, 'functions/gen/geo/point_pb.js': generatedPoint };

  test('classes that protoc generated are message types, with the messages that protobuf brings', async () => {
    const body = `const reading = new Reading(); reading.setSensor('s-1'); reading.setAt(Timestamp.fromDate(new Date(1_700_000_000_500))); reading.setPoint(new Point([3]));
const READING = StateFun.protoType('t/reading', Reading);
context.send(messageBuilder({ typename: 't/g', id: '1', value: reading, valueType: READING }));
const back = READING.deserialize(READING.serialize(reading));
tell([back.toObject(), back instanceof Reading, proto.demo.Reading === Reading]);`;
    const before = `import { Reading } from './gen/reading_pb.js'; import { Point } from './gen/geo/point_pb'; import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js'; declare const proto: any;`;
    const sources = { 'functions/f.ts': teller(body, before), ...files };
    const sandbox = await startSandbox(sources);
    expect(sandbox.report.problems).toEqual([]);
    const reply = await callOnce(sandbox, { to: 't/f' });
    expect(told(reply)).toEqual([[{ sensor: 's-1', at: { seconds: 1_700_000_000, nanos: 500_000_000 }, point: { x: 3 } }, true, true]]);
    const result = repliedWith(reply);
    // Fields 1 (text), 2 (Timestamp: 1 and 2 as varints) and 3 (Point), written out by hand from the encoding's rules.
    expect(result.type === 'result' ? Buffer.from(result.messages[0]?.argument.bytes ?? []).toString('hex') : null).toBe(
      '0a03732d31120c0880e2cfaa061080cab5ee011a020803',
    );
  });

  test('a type of one’s own serializes by hand, over Buffer and Uint8Array', async () => {
    const body = `const POINT = StateFun.customType('t/point', (value: any) => Buffer.from([value.x, value.y]), (bytes: any) => ({ x: bytes[0], y: bytes[1], kind: Buffer.isBuffer(bytes) }));
const RAW = StateFun.customType('t/raw', (value: any) => new Uint8Array([value]) as any, (bytes: any) => bytes[0]);
tell([POINT.deserialize(POINT.serialize({ x: 1, y: 2 })), RAW.deserialize(RAW.serialize(9))]);
context.send(messageBuilder({ typename: 't/g', id: '1', value: 7, valueType: RAW }));`;
    const sandbox = await startSandbox({ 'functions/f.ts': teller(body) });
    const reply = await callOnce(sandbox, { to: 't/f' });
    expect(told(reply)).toEqual([[{ x: 1, y: 2, kind: true }, 9]]);
    const result = repliedWith(reply);
    expect(result.type === 'result' ? [...(result.messages[0]?.argument.bytes ?? [])] : null).toEqual([7]);
  });
});

describe('what cannot be imported', () => {
  test('is told with what to do instead, and the file that was probably meant', async () => {
    const { problems } = await compile({
      'functions/f.js': `import a from './shard'; import b from 'lodash'; import c from 'node:crypto'; import d from 'functions/shared'; import e from 'dayjs'; a; b; c; d; e;`,
      'functions/shared.ts': 'export default 1;',
      'functions/lib/dayjs.min.js': '1',
    });
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['unknown-import', expect.stringContaining("Did you mean './shared'?")],
      ['unknown-import', expect.stringContaining("by its path, such as './lib/lodash.js'")],
      ['unknown-import', expect.stringContaining('crypto.randomUUID()')],
      ['unknown-import', expect.stringContaining("write the file's path, './shared'")],
      ['unknown-import', expect.stringContaining("by its path, './lib/dayjs.min.js'")],
    ]);
  });

  test('throws when the code runs where a try or a library may do without it', async () => {
    const sandbox = await startSandbox({
      'functions/f.js': `let fs = null; let why = null; try { fs = require('fs'); } catch (error) { why = [error.code, error.message.includes('context.storage')]; }
module.exports = { typename: 't/f', fn(context) { console.log(fs, JSON.stringify(why)); } };`,
    });
    expect(sandbox.report.problems).toEqual([]);
    expect((await callOnce(sandbox, { to: 't/f' })).logs.map(({ text }) => text)).toEqual(['null ["MODULE_NOT_FOUND",true]']);
  });

  test('JSON that is none is placed in its file', async () => {
    const { problems } = await compile({ 'functions/f.ts': `import d from './d.json'; d;`, 'functions/d.json': '{\n  "a": 1,\n}' });
    expect(problems.map(({ code, place }) => [code, place?.path, place?.line])).toEqual([['syntax-error', 'functions/d.json', 3]]);
  });
});
