import { expect, test } from 'vitest';
import { filePath, typename } from '../../../src/base/ids.ts';
import { decodeUtf8 } from '../../../src/base/text-encoding.ts';
import type { FuzzFinding } from '../../../src/worker/trial-contract.ts';
import { loadExample } from '../../support/load-example.ts';
import { nodeBrowser } from '../../support/studio-in-node.ts';
import type { NodeTab } from '../../support/studio-in-node.ts';

const CODE = filePath('functions/order.ts');
const ORDER = typename('lab/order');

function handler(...body: readonly string[]): string {
  return [
    `import { StateFun, messageBuilder, type Context, type Message } from 'apache-flink-statefun';`,
    `interface Order { id: string; amount: number; tags: string[]; note?: string }`,
    `const Order = StateFun.jsonType<Order>('lab.types/order');`,
    `const Total = StateFun.jsonType<{ sum: number }>('lab.types/total');`,
    `let calls = 0; void calls;`,
    `export const order = { typename: 'lab/order', specs: [{ name: 'total', type: Total }],`,
    `  async fn(context: Context, message: Message) {`,
    `    if (!message.is(Order)) return;`,
    `    const order: Order = message.as(Order)!;`,
    ...body,
    `  } };`,
  ].join('\n');
}

async function open(code: string): Promise<NodeTab> {
  const tab = await nodeBrowser().open();
  const { id } = await tab.get('create-project', { name: 'test', files: new Map([[CODE, code]]) });
  await tab.get('open-project', { id });
  return tab;
}

function inputOf({ input }: FuzzFinding) {
  return {
    messages: input.messages.map(({ value }) => [value.typename, JSON.parse(decodeUtf8(value.bytes)) as unknown]),
    states: input.states.map(({ name, value }) => [name, value === null ? null : (JSON.parse(decodeUtf8(value.bytes)) as unknown)]),
  };
}

test('a function that takes all that its type allows has no findings that keep to the type', async () => {
  const tab = await open(
    handler(`    context.storage.total = { sum: (context.storage.total?.sum ?? 0) + order.amount + order.tags.length };`),
  );
  const report = await tab.get('fuzz-function', { typename: ORDER, samples: 200, seed: 1 });
  expect(report).toMatchObject({ samples: 200, cancelled: false, notLoaded: null });
  expect(report.types).toEqual([
    { typename: 'lab.types/order', use: 'message', from: ['code'] },
    { typename: 'lab.types/total', use: 'state', from: ['code'] },
  ]);
  expect(report.findings.filter(({ fits }) => fits)).toEqual([]);
  // A missing list is what bad data has.
  expect(report.findings.map(({ type, place }) => [type, place?.line])).toContainEqual(['throws', 10]);
});

test('what throws is gathered by line, with the smallest input that leads there, and opens as a trial', async () => {
  const tab = await open(
    handler(
      `    if (order.amount < 0) throw new RangeError('negative ' + order.amount);`, // 10
      `    if (context.storage.total?.sum === 0) throw new Error('empty total');`, // 11
      `    JSON.stringify(order.tags[0]!.length);`, // 12
    ),
  );
  const report = await tab.get('fuzz-function', { typename: ORDER, samples: 300, seed: 7 });
  const fitting = report.findings.filter(({ fits }) => fits).toSorted((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0));
  expect(fitting.map(({ type, place }) => [type, place?.line])).toEqual([
    ['throws', 10],
    ['throws', 11],
    ['throws', 12],
  ]);
  const [negative, empty, untagged] = fitting.map(inputOf);
  expect(negative).toMatchObject({ messages: [['lab.types/order', { id: '', tags: [] }]], states: [['total', null]] });
  expect(empty).toEqual({
    messages: [['lab.types/order', { id: '', amount: 0, tags: [''] }]].map(([type, value]) => [type, { ...(value as object), tags: [] }]),
    states: [['total', { sum: 0 }]],
  });
  expect(untagged).toEqual({ messages: [['lab.types/order', { id: '', amount: 0, tags: [] }]], states: [['total', null]] });
  for (const { input, error } of fitting) {
    const { outcome } = await tab.get('try-function', { input, logpoints: [] });
    expect(outcome).toMatchObject({ type: 'threw', error: { name: error?.name, message: error?.message } });
  }
});

test('a function that remembers calls in its module is found, with where its answers differ', async () => {
  const tab = await open(handler(`    calls += 1; context.storage.total = { sum: calls };`));
  const report = await tab.get('fuzz-function', { typename: ORDER, samples: 100, seed: 1 });
  const [impure] = report.findings.filter(({ type }) => type === 'impure');
  expect(impure).toMatchObject({ fits: true, difference: expect.stringMatching(/set total.*in one order of calls.*in the opposite one/) });
  expect(impure?.count).toBeGreaterThan(50);
});

test('chance and time come from the call: a function that uses them answers the same', async () => {
  const tab = await open(handler(`    context.storage.total = { sum: Math.random() + Date.now() };`));
  const report = await tab.get('fuzz-function', { typename: ORDER, samples: 50, seed: 1 });
  expect(report.findings).toEqual([]);
});

test('loops that never end, and promises that nothing settles, are found and the rest is tried', async () => {
  const looping = await open(handler(`    if (order.tags.length === 3) for (;;);`));
  const report = await looping.get('fuzz-function', { typename: ORDER, samples: 60, seed: 1 });
  expect(report.findings.filter(({ fits }) => fits)).toMatchObject([
    { type: 'endless', message: expect.stringContaining('a loop goes on and on'), place: { path: CODE, line: 10 } },
  ]);
  const waiting = await open(handler(`    if (order.tags.length === 3) await new Promise(() => undefined);`));
  const other = await waiting.get('fuzz-function', { typename: ORDER, samples: 60, seed: 1 });
  expect(other.findings.filter(({ fits }) => fits)).toMatchObject([
    { type: 'endless', message: expect.stringContaining('nothing can settle'), place: { path: CODE, line: 10 } },
  ]);
});

test('the same seed gives the same report, cancelling ends it, and progress is told', async () => {
  const tab = await open(handler(`    if (order.amount === 1) throw new Error('one');`));
  const timeless = async (samples: number) => ({
    ...(await tab.get('fuzz-function', { typename: ORDER, samples, seed: 3 })),
    realMillis: 0,
  });
  expect(await timeless(100)).toEqual(await timeless(100));
  const progress = tab.events.filter((event) => event.type === 'fuzz-progress');
  expect(progress.at(-1)).toMatchObject({ done: 200, total: 200 });
  const endless = tab.get('fuzz-function', { typename: ORDER, samples: 5000, seed: 3 });
  await tab.get('cancel-fuzz', {});
  expect((await endless).cancelled).toBe(true);
  expect(await tab.ask('fuzz-function', { typename: ORDER, samples: 0, seed: 1 })).toMatchObject({
    ok: false,
    error: { code: 'bad-request' },
  });
});

test('values of a run are drawn from what was recorded', async () => {
  const tab = await nodeBrowser().open();
  const { id } = await tab.get('create-project', { name: 'test', files: loadExample('fraud-detection') });
  await tab.get('open-project', { id });
  await tab.get('start-run', { speed: 'max', play: true });
  await tab.projected((projection) => projection.messages > 300);
  await tab.get('pause', {});
  const report = await tab.get('fuzz-function', { typename: typename('fraud/fraud-count'), samples: 200, seed: 1 });
  expect(report.notLoaded).toBeNull();
  expect(report.types.filter(({ from }) => from.includes('recorded')).length).toBeGreaterThan(1);
  expect(report.findings.filter(({ fits, type }) => fits && type !== 'throws')).toEqual([]);
});
