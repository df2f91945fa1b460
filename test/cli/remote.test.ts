import { afterEach, describe, expect, it } from 'vitest';
import type { FilePath } from '../../src/base/ids.ts';
import { Greet } from '../../src/examples/greeter/project/functions/greet.ts';
import { Model } from '../../src/examples/fraud-detection/project/functions/model.ts';
import { createNodeTransport } from '../../src/cli/node-http.ts';
import { remoteChoice } from '../../src/cli/remote-options.ts';
import { STUDIO_JSON } from '../../src/model/project.ts';
import type { RemoteTarget } from '../../src/model/remote-target.ts';
import type { RemoteEndpoint } from '../../src/model/studio-file.ts';
import type { CallFailureReason, TraceEvent } from '../../src/runtime/trace-event.ts';
import { readAnswer } from '../../src/worker/remote/http-answer.ts';
import { folderWith, runCommand } from '../support/command-line.ts';
import { loadExample } from '../support/load-example.ts';
import { freePort, MISBEHAVIOUR, startHttp, startSdkServer } from '../support/remote-servers.ts';
import type { RemoteServer } from '../support/remote-servers.ts';
import { openProject, startRun } from '../support/run-in-node.ts';

const servers: RemoteServer[] = [];

async function kept(server: Promise<RemoteServer>): Promise<RemoteServer> {
  servers.push(await server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

interface RemoteSetting {
  readonly functions: string;
  readonly url?: string;
  readonly timeoutMillis?: number;
}

function withStudio(files: ReadonlyMap<FilePath, string>, change: Readonly<Record<string, unknown>>): ReadonlyMap<FilePath, string> {
  const studio = JSON.parse(files.get(STUDIO_JSON) ?? '{}') as Readonly<Record<string, unknown>>;
  return new Map([...files, [STUDIO_JSON, JSON.stringify({ ...studio, ...change })]]);
}

function withRemotes(files: ReadonlyMap<FilePath, string>, remotes: readonly RemoteSetting[]) {
  return withStudio(files, { remotes });
}

function withoutCode(files: ReadonlyMap<FilePath, string>): ReadonlyMap<FilePath, string> {
  return new Map([...files].filter(([path]) => !path.startsWith('functions/')));
}

/** A run of so much virtual time, with its trace. */
async function play(files: ReadonlyMap<FilePath, string>, millis: number, pauseOnFailure = false) {
  const opened = await openProject(files);
  const run = startRun({ ...opened, config: { ...opened.config, settings: { ...opened.config.settings, pauseOnFailure } } });
  const stop = await run.advanceTo(millis);
  run.close();
  return { stop, trace: run.trace, engine: run.engine, functions: opened.sandbox.report.functions };
}

function targetAt(url: string, timeoutMillis: number): RemoteTarget {
  return { template: url, name: 'greet', url, transport: 'async', timeoutMillis };
}

/** The trace without the one thing that may differ: which code answered. */
function withoutCodeHash(trace: readonly TraceEvent[]): readonly unknown[] {
  return trace.map((event) => (event.type === 'call-completed' ? { ...event, code: null } : event));
}

function failuresIn(trace: readonly TraceEvent[]): readonly CallFailureReason[] {
  return trace.flatMap((event) => (event.type === 'call-failed' ? [event.reason] : []));
}

describe('functions outside the Studio', () => {
  it('give the trace that the same code gives in the Studio, whatever the server takes', async () => {
    const server = await kept(startSdkServer([Greet]));
    const here = await play(loadExample('greeter'), 20_000);
    const there = await play(withRemotes(loadExample('greeter'), [{ functions: 'greeter/*', url: `${server.origin}/statefun` }]), 20_000);
    expect(server.seen.length).toBeGreaterThan(10);
    expect(withoutCodeHash(there.trace)).toEqual(withoutCodeHash(here.trace));
    expect(new Set(there.trace.flatMap((event) => (event.type === 'call-completed' ? [event.code] : [])))).toEqual(new Set(['remote']));
  });

  it('need no code and no stand-in: their states become known from the handshake (S9, S10)', async () => {
    const server = await kept(startSdkServer([Greet]));
    const files = withRemotes(withoutCode(loadExample('greeter')), [{ functions: 'greeter/*', url: `${server.origin}/statefun` }]);
    const { trace, functions } = await play(files, 5_000);
    expect(functions).toEqual([]);
    const [registered] = trace.filter((event) => event.type === 'state-registered');
    expect(registered).toMatchObject({ states: [{ name: 'visits', typename: 'io.statefun.types/int', expiration: null }] });
    expect(trace.some((event) => event.type === 'egress-written')).toBe(true);
  });

  it('may be one function of an endpoint, the others in the Studio', async () => {
    const server = await kept(startSdkServer([Model]));
    const here = await play(loadExample('fraud-detection'), 20_000);
    const there = await play(
      withRemotes(loadExample('fraud-detection'), [
        { functions: 'fraud/model', url: `${server.origin}/{function.name}?of={function.name}` },
      ]),
      20_000,
    );
    expect(withoutCodeHash(there.trace)).toEqual(withoutCodeHash(here.trace));
    expect(server.seen.length).toBeGreaterThan(0);
    expect(new Set(server.seen.map(({ url }) => url))).toEqual(new Set(['/model?of=model'])); // S93
  });

  it('are asked as the engine asks (S5)', async () => {
    const server = await kept(startSdkServer([Greet]));
    await play(withRemotes(loadExample('greeter'), [{ functions: 'greeter/*', url: `${server.origin}/statefun` }]), 2_000);
    const [first] = server.seen;
    expect(first).toMatchObject({
      method: 'POST',
      url: '/statefun',
      headers: {
        'content-type': 'application/octet-stream',
        'user-agent': 'statefun',
        accept: 'application/octet-stream',
        'accept-encoding': 'gzip,deflate',
        connection: 'keep-alive',
      },
    });
    expect(Number(first?.headers['content-length'])).toBeGreaterThan(10);
  });
});

describe('a function server that misbehaves', () => {
  const expected: Readonly<Record<Exclude<keyof typeof MISBEHAVIOUR, 'incomplete' | 'huge'>, unknown>> = {
    html: { type: 'wrong-content-type', contentType: 'text/html', remote: { detail: expect.stringContaining('Welcome to nginx') } },
    'not-found': { type: 'http-status', status: 404, remote: { detail: expect.stringContaining('no such path') } },
    'server-error': { type: 'http-status', status: 503, remote: { detail: expect.stringContaining('503') } },
    redirect: { type: 'http-status', status: 302, remote: { detail: expect.stringContaining('http://127.0.0.1:1/elsewhere') } },
    'broken-protobuf': {
      type: 'bad-reply',
      remote: { detail: expect.stringMatching(/^The answer is no FromFunction: .*\. It has 3 bytes and begins with ff ff ff$/) },
    },
    'html-as-bytes': {
      type: 'bad-reply',
      remote: { detail: expect.stringContaining('. It has 45 bytes and begins with "<html>\\n<title>Welcome to nginx</title></"') },
    },
    hang: { type: 'no-answer', limitMillis: 120_000, remote: { detail: expect.stringContaining('50 ms of real time') } },
    'closes-mid-answer': { type: 'dropped', remote: { detail: expect.stringContaining('in the middle of the answer') } },
  };

  it.each(Object.entries(expected))('%s: is named with its URL, and the run pauses at the call', async (kind, reason) => {
    const server = await kept(startHttp(MISBEHAVIOUR[kind as keyof typeof MISBEHAVIOUR]));
    const url = `${server.origin}/statefun`;
    // Only a server that never answers is to be waited for in vain, however slow the machine is.
    const timeoutMillis = kind === 'hang' ? 50 : 60_000;
    const { stop, engine } = await play(withRemotes(loadExample('greeter'), [{ functions: 'greeter/*', url, timeoutMillis }]), 5_000, true);
    expect(stop).toBe('paused');
    const paused = engine.paused();
    expect(paused?.address?.typename).toBe('greeter/greet');
    expect(paused?.failure).toMatchObject({ type: 'call', reason });
    expect(paused?.failure).toMatchObject({ reason: { remote: { url } } });
    expect(engine.audit()).toMatchObject({ ok: true });
  });

  it('by speaking HTTP where its URL says https is named for that', async () => {
    const server = await kept(startHttp(MISBEHAVIOUR.html));
    const url = `https://127.0.0.1:${server.port}/statefun`;
    const { trace } = await play(withRemotes(loadExample('greeter'), [{ functions: 'greeter/*', url }]), 1_000, true);
    const detail = `What listens at 127.0.0.1:${server.port} does not speak TLS: write http:// in place of https:// in the URL.`;
    expect(failuresIn(trace)).toEqual([{ type: 'refused', remote: { url, detail } }]);
  });

  it('that asks for ever for states that it has holds the run at the call; continuing as the engine asks on (S16)', async () => {
    const server = await kept(startHttp(MISBEHAVIOUR.incomplete));
    const opened = await openProject(withRemotes(loadExample('greeter'), [{ functions: 'greeter/*', url: server.origin }]));
    const run = startRun({ ...opened, config: { ...opened.config, settings: { ...opened.config.settings, pauseOnFailure: true } } });
    expect(await run.advanceTo(60_000)).toBe('paused');
    expect(run.engine.paused()?.failure).toMatchObject({ reason: { type: 'never-ready', times: 100, remote: { url: server.origin } } });
    const asked = server.seen.length;
    expect(asked).toBeGreaterThan(101);
    run.apply({ type: 'decide', decision: 'retry' });
    expect(await run.advanceTo(60_000)).toBe('paused');
    // Each visitor's call stands once.
    let stop = 'paused';
    while (stop === 'paused') {
      run.apply({ type: 'decide', decision: 'as-engine' });
      stop = await run.advanceTo(10_000);
    }
    expect(stop).toBe('until');
    run.close();
    expect(server.seen.length).toBeGreaterThan(asked + 100);
    expect(run.engine.audit()).toMatchObject({ ok: true });
  });

  it('that asks for ever for states that it has ends a simulation with its name', async () => {
    const server = await kept(startHttp(MISBEHAVIOUR.incomplete));
    const folder = await folderWith(loadExample('greeter'));
    const { code, out } = await runCommand('simulate', folder, '--remote', `greeter/*=${server.origin}/`);
    expect(out).toMatch(/Stopped: greeter\/greet \/ \w+ answers again and again that states are missing which it has/);
    expect(code).toBe(1);
  });

  it('that is down is tried again on the virtual clock as StateFun does, and nothing is lost when it is up again', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/statefun`;
    const opened = await openProject(withRemotes(loadExample('greeter'), [{ functions: 'greeter/*', url }]));
    const run = startRun({ ...opened, config: { ...opened.config, settings: { ...opened.config.settings, pauseOnFailure: true } } });
    expect(await run.advanceTo(5_000)).toBe('paused');
    expect(run.engine.paused()?.failure).toMatchObject({ reason: { type: 'refused', remote: { url } } });
    await kept(startSdkServer([Greet], port));
    run.apply({ type: 'decide', decision: 'retry' });
    expect(await run.advanceTo(5_000)).toBe('until');
    run.close();
    const here = await play(loadExample('greeter'), 5_000);
    expect(run.engine.records('greetings', 0, 0).total).toBe(here.engine.records('greetings', 0, 0).total);
    expect(run.engine.audit()).toMatchObject({ ok: true });
  });

  it('that is down costs the call its budget, with the back-off of async (S62)', async () => {
    const port = await freePort();
    const files = withRemotes(loadExample('greeter'), [{ functions: 'greeter/*', url: `http://127.0.0.1:${port}/statefun` }]);
    const { trace } = await play(files, 1_000);
    const pauses = trace.flatMap((event) => (event.type === 'call-failed' ? [event.retryAfterMillis] : []));
    expect(pauses.slice(0, 5)).toEqual([4, 8, 16, 32, 64]);
    expect(failuresIn(trace).every(({ type }) => type === 'refused')).toBe(true);
  });

  it('that does not answer costs the whole budget in one attempt (S61), and real time only its own limit', async () => {
    const server = await kept(startHttp(MISBEHAVIOUR.hang));
    const files = withRemotes(loadExample('greeter'), [{ functions: 'greeter/*', url: server.origin, timeoutMillis: 20 }]);
    const { trace } = await play(files, 130_000);
    const [failed] = trace.filter((event) => event.type === 'call-failed');
    expect(failed).toMatchObject({ attempt: 1, decision: 'job-fails' });
    const started = trace.find((event) => event.type === 'call-started');
    const died = trace.find((event) => event.type === 'job-failed');
    expect((died?.at ?? 0) - (started?.at ?? 0)).toBe(120_000);
  });

  it('is not taken for absent because the Studio was busy for longer than the limit', async () => {
    const server = await kept(startHttp(MISBEHAVIOUR.hang));
    const transport = createNodeTransport();
    const target = targetAt(server.origin, 10);
    const asked = transport.post({ target, body: new Uint8Array(3), signal: new AbortController().signal });
    const from = performance.now();
    while (performance.now() - from < 50) {
      // As in a long slice of the engine.
    }
    expect(await asked).toEqual({ type: 'no-answer', limitMillis: 10 });
    transport.close();
  });

  it('that sends more than the limit is cut off', async () => {
    const server = await kept(startHttp(MISBEHAVIOUR.huge));
    const transport = createNodeTransport(1_000_000);
    const target = targetAt(server.origin, 30_000);
    const answer = await transport.post({ target, body: new Uint8Array(3), signal: new AbortController().signal });
    transport.close();
    expect(answer).toMatchObject({ type: 'dropped', message: expect.stringContaining('larger than 1000000 bytes') });
  });

  it('is given up at once when the run ends', async () => {
    const server = await kept(startHttp(MISBEHAVIOUR.hang));
    const transport = createNodeTransport();
    const cancel = new AbortController();
    const target = targetAt(server.origin, 86_400_000);
    const asked = transport.post({ target, body: new Uint8Array(3), signal: cancel.signal });
    cancel.abort();
    expect(await asked).toMatchObject({ type: 'dropped' });
    transport.close();
  });
});

describe('what counts as an answer (S61)', () => {
  const answer = (contentType: string | null, status = 200) =>
    ({ type: 'answered', status, contentType, location: null, body: new Uint8Array(0) }) as const;

  it.each([
    ['async', 'application/octet-stream', 'replied'],
    ['async', 'Application/Octet-Stream', 'replied'],
    ['async', 'text/plain, application/octet-stream', 'replied'],
    ['async', 'application/octet-stream; charset=utf-8', 'wrong-content-type'],
    ['async', null, 'wrong-content-type'],
    ['okhttp', 'application/octet-stream', 'replied'],
    ['okhttp', 'text/plain, application/octet-stream', 'wrong-content-type'],
  ] as const)('%s and content type %s: %s', (transport, contentType, type) => {
    expect(readAnswer(answer(contentType), transport).outcome.type).toBe(type);
  });

  it.each([
    [201, 'replied'],
    [204, 'replied'],
    [199, 'http-status'],
    [300, 'http-status'],
    [404, 'http-status'],
    [500, 'http-status'],
  ])('status %i: %s', (status, type) => {
    expect(readAnswer(answer('application/octet-stream', status), 'async').outcome.type).toBe(type);
  });
});

describe('--remote and --local', () => {
  const ofFile = [{ functions: 'a/*', url: 'http://file/a', timeoutMillis: 7 }];
  const chosen = (remote: readonly string[], local = false, settings: readonly RemoteEndpoint[] = ofFile) => {
    const choice = remoteChoice({ values: new Map([['remote', remote]]), switches: new Set(local ? ['local'] : []) });
    return choice.ok ? choice.value(settings) : choice.error;
  };

  it('add to studio.json and beat it', () => {
    expect(chosen([])).toEqual(ofFile);
    expect(chosen(['b/c=http://x/?q=1'])).toEqual([{ functions: 'b/c', url: 'http://x/?q=1', timeoutMillis: 30_000 }, ...ofFile]);
    expect(chosen(['a/*=http://other/'])).toEqual([{ functions: 'a/*', url: 'http://other/', timeoutMillis: 7 }]);
    expect(chosen(['a/*'])).toEqual(ofFile);
    // A URL for a pattern is meant for all of it, and for nothing else.
    const single = { functions: 'a/f', url: 'http://file/f', timeoutMillis: 7 };
    const other = { functions: 'ab/f', url: 'http://file/ab', timeoutMillis: 7 };
    expect(chosen(['a/*=http://other/'], false, [single, other])).toEqual([
      { functions: 'a/*', url: 'http://other/', timeoutMillis: 30_000 },
      other,
    ]);
    expect(chosen(['a/*'], false, [single])).toEqual([{ functions: 'a/*', url: null, timeoutMillis: 30_000 }, single]);
    expect(chosen([], true)).toEqual([]);
    expect(chosen(['a/*'], true)).toEqual(ofFile);
  });

  it.each(['a', 'a/b/c=http://x', 'a/*=ftp://x/', 'a/*=localhost:8000', 'a/*=http://u:p@x/', 'a/*=http://x/{function.namespace}'])(
    '%s is refused with what to write',
    (text) => {
      expect(chosen([text])).toMatch(/^--remote /);
    },
  );

  it('are taken by simulate and test, which say what a server did', async () => {
    const server = await kept(startSdkServer([Greet]));
    const folder = await folderWith(withoutCode(loadExample('greeter')));
    const remote = `greeter/*=${server.origin}/statefun`;
    const tested = await runCommand('test', folder, '--remote', remote);
    expect(tested.out).toContain('2 scenarios: 2 passed, 0 failed.');
    expect(tested.code).toBe(0);

    const down = await runCommand('simulate', folder, '--until', '3s', '--remote', `greeter/*=http://127.0.0.1:${await freePort()}/`);
    expect(down.code).toBe(1);
    expect(down.out).toMatch(/greeter\/greet: http:\/\/127\.0\.0\.1:\d+\/: Nothing listens at 127\.0\.0\.1:\d+: start the function server/);

    const unserved = await runCommand('simulate', folder, '--remote', 'greter/*=http://127.0.0.1:1/');
    expect(unserved.code).toBe(1);
    expect(unserved.err).toContain('greter/* is to be remote, and no endpoint of module.yaml serves it. Did you mean greeter/*?');

    const ofFile = await folderWith(
      withRemotes(loadExample('greeter'), [{ functions: 'greeter/greet', url: `${server.origin}/statefun` }]),
    );
    const note = `greeter/greet is answered by ${server.origin}/statefun, as studio.json says; --local keeps all functions in the Studio.`;
    expect((await runCommand('test', ofFile)).err).toContain(note);
    expect((await runCommand('simulate', ofFile, '--until', '1s')).err).toContain(note);
    expect((await runCommand('test', ofFile, '--local')).err).toBe('');
    expect((await runCommand('test', ofFile, '--remote', remote)).err).toBe('');

    const leftOver = await folderWith(withRemotes(loadExample('greeter'), [{ functions: 'old/*' }]));
    const simulated = await runCommand('simulate', leftOver, '--until', '1s');
    expect(simulated).toMatchObject({ code: 0, err: expect.stringContaining('old/* is to be remote, and no endpoint') });
  });
});
