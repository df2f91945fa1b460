import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppServer, listen } from '../../../scripts/serve.mjs';
import { Greet } from '../../../src/examples/greeter/project/functions/greet.ts';
import type { RemoteTarget } from '../../../src/model/remote-target.ts';
import { decodeFromFunction, encodeToFunction } from '../../../src/protocol/wire-codec.ts';
import { typename } from '../../../src/base/ids.ts';
import { relayFrame } from '../../../src/worker/remote/relay-frames.ts';
import { createRelayTransport, hasRelay, NO_RELAY } from '../../../src/worker/remote/relay-transport.ts';
import { freePort, MISBEHAVIOUR, startHttp, startSdkServer } from '../../support/remote-servers.ts';
import type { RemoteServer } from '../../support/remote-servers.ts';

let dist: string;
let app: Server;
let origin: string;
const closers: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'statefun-relay-'));
  await writeFile(join(dist, 'sandbox.html'), '<script>1</script>');
  app = createAppServer(dist);
  origin = `http://127.0.0.1:${await listen(app, 0)}`;
});

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
  app.closeAllConnections();
  await new Promise((resolve) => {
    app.close(resolve);
  });
  await rm(dist, { recursive: true });
});

async function server(starting: Promise<RemoteServer>): Promise<RemoteServer> {
  const started = await starting;
  closers.push(() => started.stop());
  return started;
}

/** As a browser sends what a script of the page asks for. */
function fromPage(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), origin, 'sec-fetch-site': 'same-origin' } });
}

function transport(isConfirmed: (template: string) => boolean = () => true) {
  const made = createRelayTransport({ base: `${origin}/relay/`, fetch: fromPage, isConfirmed });
  closers.push(() => made.close());
  return made;
}

function targetAt(template: string, timeoutMillis = 30_000): RemoteTarget {
  return { template, name: 'greet', url: template.replaceAll('{function.name}', 'greet'), transport: 'async', timeoutMillis };
}

const GREETING = encodeToFunction({
  target: { typename: typename('greeter/greet'), id: 'Ada' },
  states: [],
  messages: [{ caller: null, argument: { typename: 'greeter.types/visit', hasValue: true, bytes: new Uint8Array(0) } }],
});

const never = new AbortController().signal;

/** For what comes soon, however slow the machine is. */
const PATIENT = { timeout: 30_000 };

describe('the relay', () => {
  it('carries calls to a confirmed server and brings the answers, many at once', async () => {
    const greeter = await server(startSdkServer([Greet]));
    const relay = transport();
    const target = targetAt(`${greeter.origin}/{function.name}`);
    const answers = await Promise.all(Array.from({ length: 100 }, () => relay.post({ target, body: GREETING, signal: never })));
    expect(greeter.seen).toHaveLength(100);
    expect(new Set(greeter.seen.map(({ url }) => url))).toEqual(new Set(['/greet']));
    for (const answer of answers) {
      expect(answer).toMatchObject({ type: 'answered', status: 200, contentType: 'application/octet-stream' });
      expect(decodeFromFunction(answer.type === 'answered' ? answer.body : new Uint8Array(0))).toMatchObject({
        value: { type: 'incomplete', missing: [{ name: 'visits' }] },
      });
    }
  });

  it('lets nothing of the browser out but the bytes', async () => {
    const greeter = await server(startSdkServer([Greet]));
    const cookies = (url: string, init: RequestInit) =>
      fromPage(url, { ...init, headers: { ...(init.headers as Record<string, string>), cookie: 'a=b', authorization: 'secret' } });
    const relay = createRelayTransport({ base: `${origin}/relay/`, fetch: cookies, isConfirmed: () => true });
    await relay.post({ target: targetAt(greeter.origin), body: GREETING, signal: never });
    relay.close();
    expect(Object.keys(greeter.seen[0]?.headers ?? {}).sort()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'content-length', 'content-type', 'host', 'user-agent'].sort(),
    );
    expect(greeter.seen[0]?.method).toBe('POST');
  });

  it('asks nobody whom the user has not confirmed', async () => {
    const greeter = await server(startSdkServer([Greet]));
    const answer = await transport(() => false).post({ target: targetAt(greeter.origin), body: GREETING, signal: never });
    expect(answer).toMatchObject({ type: 'refused', message: expect.stringContaining('not confirmed') });
    expect(greeter.seen).toEqual([]);
  });

  it('follows no redirect', async () => {
    const behind = await server(startSdkServer([Greet]));
    const redirect = await server(startHttp((request, response) => response.writeHead(307, { location: behind.origin }).end()));
    const answer = await transport().post({ target: targetAt(redirect.origin), body: GREETING, signal: never });
    expect(answer).toMatchObject({ type: 'answered', status: 307, location: behind.origin });
    expect(behind.seen).toEqual([]);
  });

  it('tells of a server that is down, that hangs, that sends no end, and that breaks off', async () => {
    const relay = transport();
    const ask = async (listener: keyof typeof MISBEHAVIOUR, timeoutMillis = 30_000) =>
      relay.post({
        target: targetAt((await server(startHttp(MISBEHAVIOUR[listener]))).origin, timeoutMillis),
        body: GREETING,
        signal: never,
      });
    const down = targetAt(`http://127.0.0.1:${await freePort()}/`);
    expect(await relay.post({ target: down, body: GREETING, signal: never })).toMatchObject({ type: 'refused' });
    expect(await ask('hang', 30)).toEqual({ type: 'no-answer', limitMillis: 30 });
    expect(await ask('huge')).toMatchObject({ type: 'dropped', message: expect.stringContaining('larger than 33554432 bytes') });
    expect(await ask('closes-mid-answer')).toMatchObject({ type: 'dropped' });
  });

  it('gives up what is under way when its session ends', async () => {
    let given: () => void = () => undefined;
    const givenUp = new Promise<void>((resolve) => {
      given = resolve;
    });
    let asked: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const hanging = await server(
      startHttp((request) => {
        request.resume();
        request.on('close', given);
        asked();
      }),
    );
    const relay = transport();
    const answer = relay.post({ target: targetAt(hanging.origin), body: GREETING, signal: never });
    await arrived;
    relay.close();
    await givenUp;
    expect(await answer).toMatchObject({ type: 'dropped' });
  });

  it('that went away is told of, and a session is opened anew when it is back', async () => {
    const greeter = await server(startSdkServer([Greet]));
    const relay = transport();
    const target = targetAt(greeter.origin);
    await relay.post({ target, body: GREETING, signal: never });
    app.closeAllConnections();
    await expect.poll(async () => (await relay.post({ target, body: GREETING, signal: never })).type, PATIENT).toBe('answered');
  });

  it('is missed on other servers, and what to do is said', async () => {
    const other = await server(startHttp((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')));
    const base = `${other.origin}/relay/`;
    expect(await hasRelay({ base, fetch: fromPage })).toBe(false);
    expect(await hasRelay({ base: `${origin}/relay/`, fetch: fromPage })).toBe(true);
    const relay = createRelayTransport({ base, fetch: fromPage, isConfirmed: () => true });
    expect(await relay.post({ target: targetAt(origin), body: GREETING, signal: never })).toEqual({ type: 'refused', message: NO_RELAY });
  });
});

interface Raw {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request as anybody on this machine may send it; resolves with the first bytes of what comes. */
function raw(path: string, headers: OutgoingHttpHeaders, body: string | Uint8Array = '', method = 'POST'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${origin}${path}`, { method, headers }, (response) => {
      const done = (text: string): void => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        closers.push(() => void response.destroy());
      };
      response.once('data', (chunk: Buffer) => done(chunk.subarray(8).toString()));
      response.once('end', () => done(''));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function honest(): Record<string, string> {
  return {
    host: new URL(origin).host,
    origin,
    'sec-fetch-site': 'same-origin',
    'sec-fetch-dest': 'empty',
    'content-type': 'application/octet-stream',
    'x-statefun-studio': 'relay',
  };
}

async function token(): Promise<string> {
  const { text } = await raw('/relay/session', honest());
  return (JSON.parse(text) as { readonly token: string }).token;
}

describe('the relay refuses', () => {
  it('nothing of an honest page', async () => {
    expect(await raw('/relay/session', honest())).toMatchObject({ status: 200, text: expect.stringMatching(/^\{"token":"[\w-]{43}"\}$/) });
  });

  it.each([
    ['another host, as DNS rebinding has it', 403, { host: 'evil.example:80' }],
    ['the name of another machine with this port', 403, { host: 'studio.example' }],
    ['another origin', 403, { origin: 'https://evil.example' }],
    ['an opaque origin, as the sandbox has one', 403, { origin: 'null' }],
    ['no origin', 403, { origin: undefined }],
    ['a cross-site request', 403, { 'sec-fetch-site': 'cross-site' }],
    ['a request of another port of this machine', 403, { 'sec-fetch-site': 'same-site' }],
    ['what an address bar asks for', 403, { 'sec-fetch-site': 'none' }],
    ['what a frame or a form asks for', 403, { 'sec-fetch-dest': 'document' }],
    ['a request without the Studio’s header, which a form can send', 403, { 'x-statefun-studio': undefined }],
    ['another content type', 403, { 'content-type': 'text/plain' }],
  ])('%s', async (_what, status, change) => {
    const headers = Object.fromEntries(Object.entries({ ...honest(), ...change }).filter(([, value]) => value !== undefined));
    const answer = await raw('/relay/session', headers);
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each(['GET', 'PUT', 'OPTIONS', 'HEAD'])('the method %s', async (method) => {
    expect(await raw('/relay/session', honest(), '', method)).toMatchObject({ status: 405 });
  });

  it('requests without a session, or with the token of one that ended', async () => {
    expect(await raw('/relay/targets', honest(), 'http://127.0.0.1:1/')).toMatchObject({ status: 401 });
    const of = await token();
    app.closeAllConnections();
    await expect
      .poll(async () => (await raw('/relay/targets', { ...honest(), 'x-relay-token': of }, 'http://127.0.0.1:1/')).status, PATIENT)
      .toBe(401);
  });

  it.each([
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'http://user:secret@127.0.0.1/',
    'http://{function.name}.example/',
    'http://127.0.0.1/{function.namespace}',
    'http://127.0.0.1/#x',
    'http:///x',
    '127.0.0.1:8000',
    '',
  ])('the address %j', async (url) => {
    expect(await raw('/relay/targets', { ...honest(), 'x-relay-token': await token() }, url)).toMatchObject({ status: 400 });
  });

  const call = { id: 1, name: 'greet', transport: 'async', timeoutMillis: 1000 };

  it('calls to an address that was not confirmed, of another session too, and then sends none of the batch', async () => {
    const greeter = await server(startSdkServer([Greet]));
    const first = { ...honest(), 'x-relay-token': await token() };
    expect(await raw('/relay/targets', first, greeter.origin)).toMatchObject({ status: 204 });
    const other = { ...honest(), 'x-relay-token': await token() };
    expect(await raw('/relay/calls', other, relayFrame({ ...call, target: greeter.origin }))).toMatchObject({ status: 403 });
    const batch = Buffer.concat([
      relayFrame({ ...call, target: greeter.origin }),
      relayFrame({ ...call, target: `${greeter.origin}/other` }),
    ]);
    expect(await raw('/relay/calls', first, batch)).toMatchObject({ status: 403 });
    expect(greeter.seen).toEqual([]);
  });

  it.each([
    ['a name that leads elsewhere', { name: '../admin' }],
    ['a name that is all dots', { name: '..' }],
    ['a name with a query', { name: 'a?b' }],
    ['a percent sign in a name', { name: '%2e%2e' }],
    ['no time limit', { timeoutMillis: 0 }],
    ['a time limit of more than a day', { timeoutMillis: 86_400_001 }],
    ['an unknown transport', { transport: 'carrier-pigeon' }],
    ['an id that is none', { id: 'x' }],
  ])('calls with %s', async (_what, change) => {
    const headers = { ...honest(), 'x-relay-token': await token() };
    const target = 'http://127.0.0.1:1/{function.name}';
    await raw('/relay/targets', headers, target);
    expect(await raw('/relay/calls', headers, relayFrame({ ...call, target, ...change }))).toMatchObject({ status: 400 });
  });

  it('what cannot be read, what is too large, and too many at once', async () => {
    const headers = { ...honest(), 'x-relay-token': await token() };
    expect(await raw('/relay/calls', headers, 'hello')).toMatchObject({ status: 400 });
    expect(await raw('/relay/calls', { ...headers, 'content-length': 34 * 1024 * 1024 })).toMatchObject({ status: 413 });
    expect(await raw('/relay/targets', headers, 'x'.repeat(8193))).toMatchObject({ status: 413 });
    const hanging = await server(startHttp(MISBEHAVIOUR.hang));
    await raw('/relay/targets', headers, hanging.origin);
    const many = Buffer.concat(Array.from({ length: 257 }, (_, id) => relayFrame({ ...call, id, target: hanging.origin })));
    expect(await raw('/relay/calls', headers, many)).toMatchObject({ status: 429 });
    expect(hanging.seen).toEqual([]);
  });

  it('more sessions than anybody has tabs', async () => {
    for (let opened = 0; opened < 32; opened += 1) {
      expect((await raw('/relay/session', honest())).status).toBe(200);
    }
    expect(await raw('/relay/session', honest())).toMatchObject({ status: 503 });
  });

  it('to be shown as a page: its answers are bytes that no browser renders', async () => {
    expect((await raw('/relay/session', honest())).headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });
});
