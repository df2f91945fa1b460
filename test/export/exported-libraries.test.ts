/** What a project brings along works where it runs for real as it does in the simulation: the same request, the same answer. */
import { readFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { projectOf } from '../../src/model/project.ts';
import type { CallReply } from '../../src/protocol/call.ts';
import { generatedPoint, generatedReading } from '../support/generated-protobuf.ts';
import { startExportedServer } from '../support/exported-server.ts';
import type { ExportedServer } from '../support/exported-server.ts';
import { callOf, callOnce, teller, told } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

let server: ExportedServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

const MODULE = `kind: io.statefun.endpoints.v2/http
spec:
  functions: t/*
  urlPathTemplate: http://localhost:8000/statefun
`;

/** What `t/f` tells when it is called: in the simulation, and from the exported server. */
async function bothTold(code: Readonly<Record<string, string>>): Promise<readonly [unknown, unknown]> {
  const simulated = told(await callOnce(await startSandbox(code), { to: 't/f' }));
  server = await startExportedServer(projectOf({ 'module.yaml': MODULE, ...code }).files, 'linked');
  const response = await fetch(`http://127.0.0.1:${server.port}/statefun`, {
    method: 'POST',
    body: new Uint8Array(callOf({ to: 't/f' }).request),
  });
  expect(response.status).toBe(200);
  const reply = new Uint8Array(await response.arrayBuffer());
  return [simulated, told({ outcome: { type: 'replied', reply } } as unknown as CallReply)];
}

test('libraries in every shape, generated protobuf classes and data', async () => {
  const library = (path: string): Promise<string> => readFile(`node_modules/${path}`, 'utf8');
  const imports =
    `import * as fflate from './lib/fflate.min.js'; import acorn from './lib/acorn'; import { parse } from './lib/acorn.mjs'; import { next } from '../lib/old';
import rates from '../data/rates.json'; import { b, cycle } from './a.mjs'; import { Reading } from './gen/reading_pb.js'; import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';`.replace(
      '\n',
      ' ',
    );
  const body = `const { late } = await import('./late.js'); const reading = new Reading(); reading.setSensor('s'); reading.setAt(Timestamp.fromDate(new Date(1500)));
const READING = StateFun.protoType('t/reading', Reading);
tell([fflate.strFromU8(fflate.inflateSync(fflate.deflateSync(fflate.strToU8('abc')))), acorn.tokenizer('x', { ecmaVersion: 2020 }).getToken().type.label, parse('f()', { ecmaVersion: 2020 }).body.length, next(), rates, b, cycle(), late, READING.deserialize(READING.serialize(reading)).toObject()]);`;
  const [simulated, served] = await bothTold({
    'functions/f.ts': teller(body, imports),
    'functions/a.mts': `export * from './b.cjs'; export const where = 'here';`,
    'functions/b.cjs': `exports.b = 1; exports.cycle = () => require('./a.mts').where;`,
    'functions/late.js': `export const late = 5;`,
    'functions/lib/fflate.min.js': await library('fflate/umd/index.js'),
    'functions/lib/acorn.js': await library('acorn/dist/acorn.js'),
    'functions/lib/acorn.mjs': await library('acorn/dist/acorn.mjs'),
    'functions/gen/reading_pb.js': generatedReading,
    'functions/gen/geo/point_pb.js': generatedPoint,
    'lib/old.js': `(function (root) { var count = 7; root.next = function () { return ++count; }; })(this);`,
    'data/rates.json': '{ "EUR": 1.25, "list": [1] }',
  });
  const expected = { sensor: 's', at: { seconds: 1, nanos: 500_000_000 } };
  expect(simulated).toEqual([['abc', 'name', 1, 8, { EUR: 1.25, list: [1] }, 1, 'here', 5, expected]]);
  expect(served).toEqual(simulated);
});

test('a hand-written file that binds its functions and starts a server itself', async () => {
  const [simulated, served] = await bothTold({
    'functions.js': `const http = require('http');
const { StateFun, egressMessageBuilder } = require('apache-flink-statefun');
const { JSON_TYPE } = require('./src/types');
const statefun = new StateFun();
statefun.bind({ typename: 't/f', fn: answer });
function answer(context, message) { context.send(egressMessageBuilder({ typename: 't/out', value: message.asString(), valueType: JSON_TYPE })); }
http.createServer(statefun.handler()).listen(process.env.PORT || 8000);`,
    'src/types.js': `exports.JSON_TYPE = require('apache-flink-statefun').StateFun.jsonType('t/json');`,
  });
  expect(simulated).toEqual(['hello']);
  expect(served).toEqual(simulated);
});
