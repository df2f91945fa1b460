import { expect, test } from 'vitest';
import { virtualTime } from '../../src/base/ids.ts';
import { openDatabase } from '../../src/storage/database.ts';
import type { TraceRow } from '../../src/worker/contract.ts';
import { loadExample } from '../support/load-example.ts';
import { nodeBrowser } from '../support/studio-in-node.ts';
import type { NodeBrowser, NodeTab } from '../support/studio-in-node.ts';

async function recorded(browser: NodeBrowser): Promise<{ readonly id: Awaited<ReturnType<typeof create>>; readonly tab: NodeTab }> {
  const tab = await browser.open();
  const id = await create(tab);
  await tab.get('open-project', { id });
  const { settings } = await tab.get('start-run', { speed: 'max', play: false });
  const at = virtualTime(settings.startAt + 10_000);
  await tab.get('run-until', { at });
  await tab.projected(({ now }) => now === at);
  await tab.phase('stopped');
  return { id, tab };
}

async function create(tab: NodeTab) {
  return (await tab.get('create-project', { name: 'test', files: loadExample('greeter') })).id;
}

async function allRows(tab: NodeTab): Promise<readonly TraceRow[]> {
  return (await tab.get('read-trace', { filter: null, from: 0, count: 1_000_000 })).rows;
}

/** As a Studio with other rules of the runtime would have left it. */
async function recordedBy(version: number): Promise<void> {
  const db = await openDatabase({ onClosed: () => undefined });
  for (const record of await db.getAll('runs')) {
    await db.put('runs', { ...record, version });
  }
  db.close();
}

test('a run that an earlier version recorded can be read in full, and Reset starts it over', async () => {
  const browser = nodeBrowser();
  const { id, tab: first } = await recorded(browser);
  const rows = await allRows(first);
  const call = rows.find(({ type }) => type === 'call-completed');
  const detail = await first.get('read-message', { seq: call?.seq ?? 0 });
  await first.get('close-project', {});
  first.kill();
  const tab = await browser.open();
  await recordedBy(0);
  const opened = await tab.get('open-project', { id });
  expect(opened.run).toMatchObject({ phase: 'read-only', notice: expect.stringContaining('earlier version') as string });
  expect(tab.projection()?.traceLength).toBe(rows.length);
  expect(await allRows(tab)).toEqual(rows);
  expect(detail.reply).not.toBeNull();
  expect(await tab.get('read-message', { seq: call?.seq ?? 0 })).toEqual(detail);
  expect(await tab.ask('play', {})).toMatchObject({ ok: false, error: { code: 'read-only' } });
  expect(await tab.ask('read-topics', {})).toMatchObject({ ok: false, error: { code: 'read-only' } });
  expect((await tab.get('start-run', { speed: 'max', play: false })).phase).toBe('stopped');
});

test('a second tab reads what the first one recorded', async () => {
  const browser = nodeBrowser();
  const { id, tab: first } = await recorded(browser);
  const second = await browser.open();
  const opened = await second.get('open-project', { id });
  expect(opened).toMatchObject({ writable: false, run: { phase: 'read-only' } });
  expect(await allRows(second)).toEqual(await allRows(first));
  expect(await second.ask('step', {})).toMatchObject({ ok: false, error: { code: 'read-only' } });
});

test('what was shown of a run stays readable in the tab that lost it', async () => {
  const browser = nodeBrowser();
  const { id, tab: first } = await recorded(browser);
  const rows = await allRows(first);
  await (await browser.open()).get('take-over', { id });
  await first.phase('read-only');
  expect(await allRows(first)).toEqual(rows);
  expect((await first.get('read-topics', {})).length).toBeGreaterThan(0);
  expect(await first.ask('play', {})).toMatchObject({ ok: false, error: { code: 'read-only' } });
});
