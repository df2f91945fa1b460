import { request as httpRequest } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import type { StateSpec } from '../../src/protocol/messages.ts';
import { decodeFromFunction, encodeToFunction } from '../../src/protocol/wire-codec.ts';
import { COMMANDS_TYPE, programBytes } from '../support/programs/command.ts';
import type { Program } from '../support/programs/command.ts';
import { serveFunctions } from '../support/programs/function-server.ts';
import type { FunctionServer } from '../support/programs/function-server.ts';
import { MALFORMED_BODY } from '../support/programs/interpret.ts';

const COUNT: StateSpec = { name: 'n', typename: 'io.statefun.types/int', expiration: null };
const open: FunctionServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(specs: readonly StateSpec[] | null): Promise<FunctionServer> {
  const server = await serveFunctions(() => specs);
  open.push(server);
  return server;
}

function requestOf(program: Program, name: string, states: readonly StateSpec[] = []): Uint8Array {
  return encodeToFunction({
    target: { typename: typename('t/f'), id: 'a' },
    states: states.map((spec) => ({ name: spec.name, value: null })),
    messages: [{ caller: null, argument: { typename: COMMANDS_TYPE, hasValue: true, bytes: programBytes(program, name) } }],
  });
}

interface Answered {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: Buffer;
}

function post(port: number, body: Uint8Array): Promise<Answered | string> {
  return new Promise((resolve) => {
    const call = httpRequest({ host: '127.0.0.1', port, path: '/f', method: 'POST', agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], body: Buffer.concat(chunks) }),
      );
    });
    call.on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    call.end(body);
  });
}

test('a program is done once its states are there, with values in the declared type', async () => {
  const server = await start([COUNT]);
  const program: Program = [
    { do: 'count', state: 'n' },
    { do: 'send', type: 't/g', id: 'b', program: [], n: 'second' },
  ];
  const first = await post(server.port, requestOf(program, 'first'));
  const second = await post(server.port, requestOf(program, 'first', [COUNT]));
  const replies = [first, second].map((answer) => (typeof answer === 'string' ? answer : decodeFromFunction(answer.body)));
  expect(replies).toEqual([
    { ok: true, value: { type: 'incomplete', missing: [COUNT] } },
    {
      ok: true,
      value: {
        type: 'result',
        mutations: [
          { type: 'modify', name: 'n', value: { typename: COUNT.typename, hasValue: true, bytes: Buffer.from('0d01000000', 'hex') } },
        ],
        messages: [
          {
            target: { typename: 't/g', id: 'b' },
            argument: { typename: COMMANDS_TYPE, hasValue: true, bytes: Buffer.from('{"n":"second","do":[]}') },
          },
        ],
        delayed: [],
        egresses: [],
      },
    },
  ]);
});

test('faults are what HTTP shows of them', async () => {
  const server = await start([]);
  const answers: unknown[] = [];
  for (const [index, fault] of [
    { type: 'status', status: 404 } as const,
    { type: 'malformed' } as const,
    { type: 'content-type', contentType: 'text/plain' } as const,
    { type: 'empty' } as const,
    { type: 'dropped' } as const,
  ].entries()) {
    answers.push(await post(server.port, requestOf([{ do: 'answer', with: fault }], String(index))));
  }
  const type = 'application/octet-stream';
  expect(answers).toEqual([
    { status: 404, type, body: Buffer.alloc(0) },
    { status: 200, type, body: Buffer.from(MALFORMED_BODY) },
    { status: 200, type: 'text/plain', body: Buffer.alloc(0) },
    { status: 200, type, body: Buffer.alloc(0) },
    'ECONNRESET',
  ]);
});

test('a command can fail some attempts of one request, or be done a number of times in all', async () => {
  const server = await start([]);
  const failing = requestOf([{ do: 'fail', message: 'no', attempts: 2 }], 'failing');
  const statuses: unknown[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const answer = await post(server.port, failing);
    statuses.push(typeof answer === 'string' ? answer : answer.status);
  }
  const once: Program = [{ do: 'first', times: 1, label: 'x', program: [{ do: 'answer', with: { type: 'status', status: 503 } }] }];
  for (const name of ['one', 'two']) {
    const answer = await post(server.port, requestOf(once, name));
    statuses.push(typeof answer === 'string' ? answer : answer.status);
  }
  expect(statuses).toEqual([500, 500, 200, 503, 200]);
});

test('a payload that is no program and a type without code answer 500 with an empty body', async () => {
  const server = await start([]);
  const bytes = encodeToFunction({
    target: { typename: typename('t/f'), id: 'a' },
    states: [],
    messages: [{ caller: null, argument: { typename: 'x', hasValue: true, bytes: Buffer.from('{') } }],
  });
  const unknown = await start(null);
  const answers = [await post(server.port, bytes), await post(unknown.port, requestOf([], 'x'))];
  expect(answers.map((answer) => (typeof answer === 'string' ? answer : [answer.status, answer.body.length]))).toEqual([
    [500, 0],
    [500, 0],
  ]);
});
