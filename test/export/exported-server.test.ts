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
