import { expect, test } from 'vitest';
import { filePath, typename, virtualTime } from '../../../src/base/ids.ts';
import { encodeUtf8 } from '../../../src/base/text-encoding.ts';
import type { TrialInput } from '../../../src/worker/trial-contract.ts';
import { loadExample } from '../../support/load-example.ts';
import { nodeBrowser } from '../../support/studio-in-node.ts';
import type { NodeTab } from '../../support/studio-in-node.ts';

const CODE = filePath('functions/count.ts');
const COUNTER = typename('lab/counter');

const counter = `import { StateFun, type Context, type Message } from 'apache-flink-statefun';
export const counter = {
  typename: 'lab/counter',
  specs: [{ name: 'count', type: StateFun.intType() }, { name: 'other', type: StateFun.stringType() }],
  fn(context: Context, message: Message) {
    context.storage.count = (context.storage.count ?? 0) + 1;
    if (message.asString() === 'loop') for (;;) {}
    if (message.asString() === 'throw') throw new RangeError('out of bounds');
    console.log('seen', message.asString(), Date.now());
  },
};
`;

function input(...texts: readonly string[]): TrialInput {
  return {
    typename: COUNTER,
    id: 'a',
    messages: texts.map((text) => ({ caller: null, value: stringValue(text) })),
    states: [{ name: 'count', value: { typename: 'io.statefun.types/int', hasValue: true, bytes: Uint8Array.of(0x0d, 41, 0, 0, 0) } }],
    at: virtualTime(1000),
    seed: 1,
  };
}

/** StringWrapper: field 1, length-delimited. */
function stringValue(text: string) {
  const bytes = encodeUtf8(text);
  return { typename: 'io.statefun.types/string', hasValue: true, bytes: Uint8Array.of(0x0a, bytes.length, ...bytes) };
}

async function open(files: Readonly<Record<string, string>>): Promise<NodeTab> {
  const tab = await nodeBrowser().open();
  const { id } = await tab.get('create-project', {
    name: 'test',
    files: new Map(Object.entries(files).map(([path, text]) => [filePath(path), text])),
  });
  await tab.get('open-project', { id });
  return tab;
}

const limited = JSON.stringify({ version: 1, settings: { invocationLimitMillis: 1500 } });

test('a trial calls the function with the states that are given, the others absent, and shows every effect', async () => {
  const tab = await open({ [CODE]: counter });
  const result = await tab.get('try-function', { input: input('one', 'two'), logpoints: [] });
  expect(result.outcome).toEqual({ type: 'completed' });
  expect(result.states).toMatchObject([
    { name: 'count', before: { text: '41' }, after: { text: '43' }, change: 'written' },
    { name: 'other', before: null, after: null, change: 'none' },
  ]);
  expect(result.logs.map(({ text, message }) => [text, message])).toEqual([
    ['seen one 1000', 0],
    ['seen two 1000', 1],
  ]);
});

test('what a function throws, and a loop that never ends, are outcomes; the next trial works', async () => {
  const tab = await open({ [CODE]: counter, 'studio.json': limited });
  expect((await tab.get('try-function', { input: input('throw'), logpoints: [] })).outcome).toMatchObject({
    type: 'threw',
    error: { name: 'RangeError', message: 'out of bounds', stack: [{ path: CODE, line: 8 }] },
  });
  expect((await tab.get('try-function', { input: input('loop'), logpoints: [] })).outcome).toMatchObject({
    type: 'failed',
    message: expect.stringContaining('within 1.5 s'),
    place: { path: CODE, line: 7 },
  });
  expect((await tab.get('try-function', { input: input('one'), logpoints: [] })).outcome).toEqual({ type: 'completed' });
});

test('a newer trial ends one that hangs, and so does cancelling', async () => {
  const tab = await open({ [CODE]: counter, 'studio.json': JSON.stringify({ version: 1, settings: { invocationLimitMillis: 600_000 } }) });
  const hanging = tab.get('try-function', { input: input('loop'), logpoints: [] });
  expect((await tab.get('try-function', { input: input('one'), logpoints: [] })).outcome).toEqual({ type: 'completed' });
  expect((await hanging).outcome).toMatchObject({ type: 'failed', message: expect.stringContaining('another one was started') });
  const cancelled = tab.get('try-function', { input: input('loop'), logpoints: [] });
  await tab.get('cancel-trial', {});
  expect((await cancelled).outcome).toMatchObject({ type: 'failed', message: expect.stringContaining('Cancelled') });
});

test('code that does not compile, and a function that no file defines, are told with their places', async () => {
  const tab = await open({ [CODE]: counter.replace('fn(context', 'fn((context') });
  expect((await tab.get('try-function', { input: input('one'), logpoints: [] })).outcome).toMatchObject({
    type: 'not-loaded',
    problems: [{ code: 'syntax-error', place: { path: CODE, line: 5 } }],
  });
  const other = await open({ [CODE]: counter.replace("'lab/counter'", "'lab/other'") });
  expect((await other.get('try-function', { input: input('one'), logpoints: [] })).outcome).toMatchObject({
    type: 'not-loaded',
    message: expect.stringContaining('No file of functions/ defines lab/counter'),
    problems: [],
  });
});

test('a trial uses the code as it is in the files, also where the sandbox was warmed before it changed', async () => {
  const tab = await nodeBrowser().open();
  const { id } = await tab.get('create-project', { name: 'test', files: new Map([[CODE, counter]]) });
  await tab.get('open-project', { id });
  await tab.get('warm-bench', { open: true, logpoints: [] });
  const at = counter.indexOf('+ 1');
  await tab.get('save-edits', { id, edits: [{ type: 'text', path: CODE, from: at, to: at + 3, insert: '+ 9' }] });
  const { states } = await tab.get('try-function', { input: input('one'), logpoints: [] });
  expect(states[0]).toMatchObject({ after: { text: '50' } });
});

test('input that no call could have is refused', async () => {
  const tab = await open({ [CODE]: counter });
  const refused = await tab.ask('try-function', { input: input(), logpoints: [] });
  expect(refused).toMatchObject({ ok: false, error: { code: 'bad-request' } });
});

test('recorded calls are executed again with the code they had, and a call that failed opens as it was', async () => {
  const files = loadExample('greeter');
  const greet = filePath('functions/greet.ts');
  const good = files.get(greet) ?? '';
  const tab = await nodeBrowser().open();
  const { id } = await tab.get('create-project', { name: 'test', files });
  await tab.get('open-project', { id });
  await tab.get('start-run', { speed: 'max', play: true });
  await tab.projected((projection) => projection.messages > 30);
  await tab.get('pause', {});
  const insert = "throw new Error('no');\n    const visits: number =";
  const from = good.indexOf('const visits: number =');
  await tab.get('save-edits', { id, edits: [{ type: 'text', path: greet, from, to: from + 'const visits: number ='.length, insert }] });
  expect((await tab.get('apply-code', { agreed: false })).applied).toBe(true);
  await tab.get('play', {});
  const status = await tab.phase('failed');
  await tab.shown();

  const { rows } = await tab.get('read-trace', {
    filter: { types: ['call-completed'], name: null, id: null, text: null },
    from: 0,
    count: 20,
  });
  expect(rows).toHaveLength(20);
  for (const { seq } of rows) {
    const observed = await tab.get('observe-call', { recorded: { seq }, logpoints: [] });
    expect(observed.difference).toBeNull();
    expect(observed.result.outcome).toEqual({ type: 'completed' });
  }

  const failed = await tab.get('observe-call', { recorded: { call: status.failure?.call ?? 0, attempt: null }, logpoints: [] });
  expect(failed.result.outcome).toMatchObject({ type: 'threw', error: { message: 'no' } });
  expect(failed.difference).toBeNull();
  const { rows: failures } = await tab.get('read-trace', {
    filter: { types: ['call-failed'], name: null, id: null, text: null },
    from: 0,
    count: 1,
  });
  const again = await tab.get('read-trial-input', { seq: failures[0]?.seq ?? 0 });
  expect(again).toEqual(failed.input);
  expect((await tab.get('try-function', { input: again, logpoints: [] })).outcome).toMatchObject({ type: 'threw' });
});
