/** The exported folder as its user has it: packages from the registry by npm ci, built and started. */
import { afterEach, expect, it } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import { decodeFromFunction, encodeToFunction } from '../../src/protocol/wire-codec.ts';
import { startExportedServer } from '../support/exported-server.ts';
import type { ExportedServer } from '../support/exported-server.ts';
import { loadExample } from '../support/load-example.ts';

let server: ExportedServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

it.each([
  ['greeter', 'greeter/greet', ['visits']],
  ['shopping-cart', 'shop/stock', ['available']],
  ['fraud-detection', 'fraud/fraud-count', ['fraud_count']],
])('%s installs, builds, starts, and asks for the states it misses', async (example, type, states) => {
  server = await startExportedServer(loadExample(example), 'installed');
  const request = encodeToFunction({
    target: { typename: typename(type), id: 'one' },
    states: [],
    messages: [{ caller: null, argument: { typename: 'test/any', hasValue: true, bytes: encodeUtf8('{}') } }],
  });
  const response = await fetch(`http://127.0.0.1:${server.port}/`, { method: 'POST', body: new Uint8Array(request) });
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  const reply = decodeFromFunction(new Uint8Array(await response.arrayBuffer()));
  expect(reply).toMatchObject({ ok: true, value: { type: 'incomplete', missing: states.map((name) => ({ name })) } });
});
