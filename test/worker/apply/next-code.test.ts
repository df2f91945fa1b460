import { expect, test } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import type { CodeBundle, Sandbox, SandboxHost } from '../../../src/sandbox/sandbox-api.ts';
import { NextCode } from '../../../src/worker/apply/next-code.ts';

interface FakeSandbox {
  readonly name: string;
  state: 'starting' | 'ready' | 'failed' | 'closed';
  /** Lets the start end. */
  ready(): void;
  fail(): void;
}

const OPTIONS = { invocationLimitMillis: 1000 };

/** Starts end when the test says so. */
function fakeHost() {
  const started: FakeSandbox[] = [];
  const host: SandboxHost = {
    start(bundle) {
      return new Promise((resolve, reject) => {
        const sandbox: Sandbox = {
          bundle,
          report: { functions: [], problems: [] },
          onReport: () => undefined,
          invoke: () => Promise.reject(new Error('nothing is called here')),
          close: () => (entry.state = 'closed'),
        };
        const entry: FakeSandbox = {
          name: bundle.hash,
          state: 'starting',
          ready() {
            entry.state = 'ready';
            resolve(sandbox);
          },
          fail() {
            entry.state = 'failed';
            reject(new Error('no sandbox can be had'));
          },
        };
        started.push(entry);
      });
    },
  };
  const states = () => started.map(({ name, state }) => `${name} ${state}`);
  return { host, started, states };
}

function code(hash: string, imports: Readonly<Record<string, string>> = {}): CodeBundle {
  const file = { path: filePath('functions/a.ts'), role: 'function', code: '', mappings: '', imports, async: false, empty: false } as const;
  return { hash, files: [file], rules: [] };
}

/** Lets everything run that waits for nothing else. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

test('the sandbox that was prepared is the one that is taken, and belongs to whoever took it', async () => {
  const { host, started, states } = fakeHost();
  const next = new NextCode(host);
  const prepared = next.prepare(code('a'), OPTIONS);
  await settled();
  started[0]?.ready();
  await prepared;
  const taken = await next.take(code('a'), OPTIONS);
  expect(taken.bundle.hash).toBe('a');
  next.close();
  await settled();
  expect(states()).toEqual(['a ready']);
});

test('one that is still starting is waited for', async () => {
  const { host, started, states } = fakeHost();
  const next = new NextCode(host);
  void next.prepare(code('a'), OPTIONS);
  await settled();
  const taking = next.take(code('a'), OPTIONS);
  started[0]?.ready();
  expect((await taking).bundle.hash).toBe('a');
  expect(states()).toEqual(['a ready']);
});

test.each([
  ['other sources', code('b'), OPTIONS],
  ['an import that leads elsewhere', code('a', { './x': 'functions/x.ts' }), OPTIONS],
  ['another limit', code('a'), { invocationLimitMillis: 2000 }],
])('%s are not run in it: it is closed, and a new sandbox started', async (_, bundle, options) => {
  const { host, started, states } = fakeHost();
  const next = new NextCode(host);
  void next.prepare(code('a'), OPTIONS);
  await settled();
  started[0]?.ready();
  await settled();
  const taking = next.take(bundle, options);
  started[1]?.ready();
  expect((await taking).bundle).toBe(bundle);
  await settled();
  expect(states()).toEqual(['a closed', `${bundle.hash} ready`]);
});

test('while edits go on there is one sandbox at a time, and code that was overtaken before its turn is never started', async () => {
  const { host, started, states } = fakeHost();
  const next = new NextCode(host);
  void next.prepare(code('a'), OPTIONS);
  await settled();
  void next.prepare(code('b'), OPTIONS);
  void next.prepare(code('c'), OPTIONS);
  await settled();
  expect(states()).toEqual(['a starting']);
  started[0]?.ready();
  await settled();
  expect(states()).toEqual(['a closed', 'c starting']);
});

test('preparing the same code again starts nothing', async () => {
  const { host, started, states } = fakeHost();
  const next = new NextCode(host);
  void next.prepare(code('a'), OPTIONS);
  await settled();
  void next.prepare(code('a'), OPTIONS);
  started[0]?.ready();
  await settled();
  await next.prepare(code('a'), OPTIONS);
  expect(states()).toEqual(['a ready']);
});

test('one that could not be started is tried once more when it is wanted', async () => {
  const { host, started, states } = fakeHost();
  const next = new NextCode(host);
  void next.prepare(code('a'), OPTIONS);
  await settled();
  const taking = next.take(code('a'), OPTIONS);
  started[0]?.fail();
  await settled();
  started[1]?.ready();
  expect((await taking).bundle.hash).toBe('a');
  expect(states()).toEqual(['a failed', 'a ready']);
});

test('one that is given back is kept for the next time', async () => {
  const { host, started, states } = fakeHost();
  const next = new NextCode(host);
  const taking = next.take(code('a'), OPTIONS);
  started[0]?.ready();
  const sandbox = await taking;
  next.giveBack(sandbox, OPTIONS);
  expect(await next.take(code('a'), OPTIONS)).toBe(sandbox);
  expect(states()).toEqual(['a ready']);
});
