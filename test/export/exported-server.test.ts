import { afterEach, describe, expect, it } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { encodeUtf8, decodeUtf8 } from '../../src/base/text-encoding.ts';
import { projectOf } from '../../src/model/project.ts';
import { decodeFromFunction, encodeToFunction } from '../../src/protocol/wire-codec.ts';
import { startExportedServer } from '../support/exported-server.ts';
import type { ExportedServer } from '../support/exported-server.ts';
import { loadExample } from '../support/load-example.ts';

let server: ExportedServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

/** The greeter's own module.yaml around other code. */
function projectWith(code: Readonly<Record<string, string>>) {
  return projectOf({ 'module.yaml': loadExample('greeter').get('module.yaml' as never) ?? '', ...code }).files;
}

const SPEC = "export const spec = { typename: 'own/one', fn: () => undefined };\n";

function requestOf(type: string): Uint8Array {
  return encodeToFunction({
    target: { typename: typename(type), id: 'ada' },
    states: [],
    messages: [{ caller: null, argument: { typename: 'a/b', hasValue: true, bytes: new Uint8Array([1]) } }],
  });
}

async function ask(port: number, type: string, value: unknown, valueType: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/statefun`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(
      encodeToFunction({
        target: { typename: typename(type), id: 'ada' },
        states: [{ name: 'visits', value: null }],
        messages: [{ caller: null, argument: { typename: valueType, hasValue: true, bytes: encodeUtf8(JSON.stringify(value)) } }],
      }),
    ),
  });
}

describe('the exported server', () => {
  it('answers a request as the function does: state written, a record sent', async () => {
    server = await startExportedServer(loadExample('greeter'), 'linked');
    const response = await ask(server.port, 'greeter/greet', { name: 'Ada', door: 'north' }, 'greeter.types/visit');
    expect(response.status).toBe(200);
    const reply = decodeFromFunction(new Uint8Array(await response.arrayBuffer()));
    expect(reply).toMatchObject({
      ok: true,
      value: { type: 'result', mutations: [{ type: 'modify', name: 'visits' }], egresses: [{ egress: 'greeter/greetings' }] },
    });
    const text = reply.ok && reply.value.type === 'result' ? decodeUtf8(reply.value.egresses[0]?.argument.bytes ?? new Uint8Array()) : '';
    expect(text).toContain('Welcome, Ada.');
  });

  it('answers what it does not serve with an error, and other requests than POST with 405', async () => {
    server = await startExportedServer(loadExample('greeter'), 'linked');
    expect((await ask(server.port, 'greeter/nobody', {}, 'a/b')).status).toBe(500);
    expect((await fetch(`http://127.0.0.1:${server.port}/statefun`)).status).toBe(405);
  });

  it('answers at the paths that module.yaml names and at /health, and nowhere else', async () => {
    server = await startExportedServer(projectWith({ 'functions/one.ts': SPEC }), 'linked');
    const { port } = server;
    const status = async (path: string, init: RequestInit = {}) => (await fetch(`http://127.0.0.1:${port}${path}`, init)).status;
    expect(await status('/health')).toBe(200);
    expect(await status('/')).toBe(404);
    expect(await status('/statefun/more', { method: 'POST', body: 'x' })).toBe(404);
    expect(await status('/statefun?a=b', { method: 'POST', body: new Uint8Array(requestOf('own/one')) })).toBe(200);
    expect(await server.says('/statefun/more')).toContain(
      '404 for POST "/statefun/more" from 127.0.0.1: No endpoint of module.yaml names this path.\n',
    );
  });

  it('serves a path for each function where the URL says so, and every path behind a proxy that changes them', async () => {
    const module =
      'kind: io.statefun.endpoints.v2/http\nspec:\n  functions: own/*\n  urlPathTemplate: http://functions:8000/fn/{function.name}\n';
    const files = projectOf({ 'module.yaml': module, 'functions/one.ts': SPEC }).files;
    const post = async (path: string) =>
      (await fetch(`http://127.0.0.1:${server?.port}${path}`, { method: 'POST', body: new Uint8Array(requestOf('own/one')) })).status;
    server = await startExportedServer(files, 'linked');
    expect([await post('/fn/one'), await post('/fn/a/b'), await post('/statefun')]).toEqual([200, 404, 404]);
    await server.stop();
    server = await startExportedServer(files, 'linked', { ANY_PATH: '1' });
    expect(await post('/anything')).toBe(200);
  });

  it('says of each request that it cannot answer why, in one line, and tells the caller no more', async () => {
    server = await startExportedServer(
      projectWith({ 'functions/one.ts': SPEC.replace('() => undefined', "() => { throw new Error('inner secret'); }") }),
      'linked',
      { MAX_REQUEST_MB: '1' },
    );
    const { port } = server;
    const post = async (body: Uint8Array<ArrayBuffer>): Promise<readonly [number, string]> => {
      const response = await fetch(`http://127.0.0.1:${port}/statefun`, { method: 'POST', body });
      return [response.status, await response.text()];
    };
    expect(await post(new Uint8Array([1, 2, 3]))).toEqual([400, 'These 3 bytes are no request of StateFun.\n']);
    expect(await post(new Uint8Array())).toEqual([400, 'These 0 bytes are no request of StateFun.\n']);
    expect(await post(new Uint8Array(requestOf('own/two')))).toEqual([500, 'No function "own/two" is served here.\n']);
    expect(await post(new Uint8Array(requestOf('own/one')))).toEqual([500, '']);
    const log = await server.says('inner secret');
    expect(log.split('\n').filter((line) => line.startsWith('400 for'))).toHaveLength(2);
    expect(log).toContain('own/one ada: Error: inner secret');
    expect((await post(new Uint8Array(2 * 1024 * 1024)))[0]).toBe(413);
    expect(await server.says('413 for')).toContain('larger than 1 MB (MAX_REQUEST_MB)');
  });

  it('lets a caller hear that its request is too large, also while it still writes and where it gives no length', async () => {
    server = await startExportedServer(projectWith({ 'functions/one.ts': SPEC }), 'linked', { MAX_REQUEST_MB: '1' });
    const url = `http://127.0.0.1:${server.port}/statefun`;
    const piece = new Uint8Array(64 * 1024);
    const pieces = () =>
      new ReadableStream({
        start(controller) {
          for (let sent = 0; sent < 32; sent += 1) {
            controller.enqueue(piece);
          }
          controller.close();
        },
      });
    const said = 'The request is larger than 1 MB (MAX_REQUEST_MB).\n';
    // A connection that is closed too early is seen by some callers only.
    for (let times = 0; times < 30; times += 1) {
      const whole = await fetch(url, { method: 'POST', body: new Uint8Array(32 * piece.length) });
      expect([whole.status, await whole.text()]).toEqual([413, said]);
      const inPieces = await fetch(url, { method: 'POST', body: pieces(), duplex: 'half' } as RequestInit);
      expect([inPieces.status, await inPieces.text()]).toEqual([413, said]);
    }
  });

  it('answers what is under way before it ends', async () => {
    server = await startExportedServer(
      projectWith({
        'functions/slow.ts': `export const slow = { typename: 'own/one', fn: async () => {
          console.error('called');
          await new Promise((resolve) => process.once('SIGTERM', () => setTimeout(resolve, 50)));
        } };`,
      }),
      'linked',
    );
    const answer = fetch(`http://127.0.0.1:${server.port}/statefun`, { method: 'POST', body: new Uint8Array(requestOf('own/one')) });
    await server.says('called');
    server.end();
    expect((await answer).status).toBe(200);
    await expect(fetch(`http://127.0.0.1:${server.port}/health`)).rejects.toThrow();
  });

  it("takes packages that the project's own package.json asks for", async () => {
    server = await startExportedServer(
      projectWith({
        'package.json': '{ "dependencies": { "yaml": "2.9.1" } }',
        'functions/own.ts': `import { parse } from 'yaml';
          export const spec = { typename: parse('a: own/one').a, fn: () => undefined };`,
      }),
      'linked',
    );
    expect((await ask(server.port, 'own/one', 1, 'a/b')).status).toBe(200);
  });

  it('serves what a file binds to a StateFun of its own, and does not let its server listen', async () => {
    server = await startExportedServer(
      projectWith({
        'functions/own.ts': `import { createServer } from 'node:http';
          import { StateFun } from 'apache-flink-statefun';
          const own = new StateFun();
          own.bind({ typename: 'own/one', fn: () => undefined });
          own.bind({ typename: 'own/two', fn: async () => undefined });
          createServer(own.handler()).listen(1);`,
      }),
      'linked',
    );
    expect((await ask(server.port, 'own/one', 1, 'a/b')).status).toBe(200);
    expect((await ask(server.port, 'own/two', 1, 'a/b')).status).toBe(200);
  });

  it('serves lists of specs, imports written with .js, and files that re-export a type', async () => {
    server = await startExportedServer(
      projectWith({
        'functions/list.ts': `import { Name, handle } from './shared.js';
          export { Name } from './shared.js';
          export const specs = ['list/a', 'list/b'].map((typename) => ({ typename, fn: handle as (context: unknown, message: Name) => void }));`,
        'functions/shared.ts': 'export interface Name { text: string } export const handle = () => undefined;',
      }),
      'linked',
    );
    expect((await ask(server.port, 'list/a', 1, 'a/b')).status).toBe(200);
    expect((await ask(server.port, 'list/b', 1, 'a/b')).status).toBe(200);
  });

  it('says which file defines a function twice', async () => {
    const spec = "export const spec = { typename: 'same/name', fn: () => undefined };";
    await expect(startExportedServer(projectWith({ 'functions/a.ts': spec, 'functions/b.ts': spec }), 'linked')).rejects.toThrow(
      "functions/b.ts: 'same/name' is already defined in functions/a.ts; give one of them another typename.",
    );
  });
});
