/** Recorded calls of all kinds are executed again as they were. */
import { expect, test } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { loadExample } from '../../support/load-example.ts';
import { nodeBrowser } from '../../support/studio-in-node.ts';
import type { NodeTab } from '../../support/studio-in-node.ts';

const GREET = filePath('functions/greet.ts');

/** The greeter, with a statement in front of its own. */
function greeter(statement: string): ReadonlyMap<ReturnType<typeof filePath>, string> {
  const files = loadExample('greeter');
  const good = files.get(GREET) ?? '';
  const at = good.indexOf('const visits: number =');
  return new Map([...files, [GREET, `${good.slice(0, at)}${statement}\n    ${good.slice(at)}`]]);
}

async function start(files: ReadonlyMap<ReturnType<typeof filePath>, string>, tab: NodeTab) {
  const { id } = await tab.get('create-project', { name: 'test', files });
  await tab.get('open-project', { id });
  await tab.get('start-run', { speed: 'max', play: true });
  return id;
}

async function seqs(tab: NodeTab, type: 'call-completed' | 'call-failed' | 'call-started', count = 20): Promise<readonly number[]> {
  const { rows } = await tab.get('read-trace', { filter: { types: [type], name: null, id: null, text: null }, from: 0, count });
  return rows.map(({ seq }) => seq);
}

test('each attempt of a call that was retried has its own chance again', async () => {
  const settings = { pauseOnFailure: false };
  const files = greeter(`const chance = Math.random(); console.log(chance); if (chance < 0.5) throw new Error('chance ' + chance);`);
  const tab = await nodeBrowser().open();
  await start(new Map([...files, [filePath('studio.json'), withSettings(files, settings)]]), tab);
  await tab.projected((projection) => projection.messages > 100);
  await tab.get('pause', {});
  const failed = await seqs(tab, 'call-failed', 10);
  expect(failed.length).toBe(10);
  const messages = new Set<string>();
  for (const seq of failed) {
    const { result, difference } = await tab.get('observe-call', { recorded: { seq }, logpoints: [] });
    expect(difference).toBeNull();
    messages.add(result.outcome.type === 'threw' ? result.outcome.error.message : '');
  }
  expect(messages.size).toBe(10);
  for (const seq of await seqs(tab, 'call-completed', 10)) {
    expect((await tab.get('observe-call', { recorded: { seq }, logpoints: [] })).difference).toBeNull();
  }
});

test('a function that remembers calls in its module is told to be not deterministic, with the line that differs', async () => {
  const files = greeter('seen.count += 1; context.storage.visits = seen.count;');
  const code = `const seen = { count: 1000 };\n${files.get(GREET) ?? ''}`.replace('context.storage.visits = visits;', '');
  const tab = await nodeBrowser().open();
  await start(new Map([...files, [GREET, code]]), tab);
  await tab.projected((projection) => projection.messages > 60);
  await tab.get('pause', {});
  const last = (await seqs(tab, 'call-completed', 40)).at(-1) ?? 0;
  const { difference } = await tab.get('observe-call', { recorded: { seq: last }, logpoints: [] });
  expect(difference).toMatch(
    /^The reply differs first in line \d+: “….*"visits":10\d\d.*” when it was recorded, “….*"visits":10\d\d.*” now\.$/,
  );
});

test('calls of a run that can only be read are observed too, with logpoints that it never had', async () => {
  const browser = nodeBrowser();
  const first = await browser.open();
  const id = await start(loadExample('greeter'), first);
  await first.projected((projection) => projection.messages > 60);
  await first.get('close-project', {});
  first.kill();
  const tab = await browser.open();
  const db = await openDatabase({ onClosed: () => undefined });
  for (const record of await db.getAll('runs')) {
    await db.put('runs', { ...record, version: 0 });
  }
  db.close();
  expect((await tab.get('open-project', { id })).run?.phase).toBe('read-only');
  const seq = (await seqs(tab, 'call-completed', 30)).at(-1) ?? 0;
  const { result, difference, input } = await tab.get('observe-call', {
    recorded: { seq },
    logpoints: [{ path: GREET, line: 18, expression: 'visits is {visits}' }],
  });
  expect(difference).toBeNull();
  const after = result.states.find(({ name }) => name === 'visits')?.after?.text;
  expect(
    result.marks
      .filter(({ type }) => type === 'logpoint')
      .map(({ text }) => text)
      .at(-1),
  ).toBe(`visits is ${after}`);
  expect(input.messages.length).toBeGreaterThan(0);
});

test('runs of before time and seed were kept find both in the trace', async () => {
  const browser = nodeBrowser();
  const first = await browser.open();
  const id = await start(greeter('console.log(Date.now(), Math.random());'), first);
  await first.projected((projection) => projection.messages > 60);
  await first.get('close-project', {});
  first.kill();
  const tab = await browser.open();
  const db = await openDatabase({ onClosed: () => undefined });
  for (const record of await db.getAll('journal')) {
    const entries = record.entries.map((entry) => {
      const { moments: _moments, ...rest } = { moments: null, ...entry };
      return rest as typeof entry;
    });
    await db.put('journal', { ...record, entries });
  }
  db.close();
  await tab.get('open-project', { id });
  for (const seq of await seqs(tab, 'call-completed', 15)) {
    const { result } = await tab.get('observe-call', { recorded: { seq }, logpoints: [] });
    const recorded = await tab.get('read-message', { seq });
    expect(result.logs.map(({ text }) => text)).toEqual(recorded.logs.map(({ text }) => text));
  }
});

function withSettings(files: ReadonlyMap<ReturnType<typeof filePath>, string>, settings: object): string {
  const studio = JSON.parse(files.get(filePath('studio.json')) ?? '{}') as { readonly settings?: object };
  return JSON.stringify({ ...studio, settings: { ...studio.settings, ...settings } });
}
