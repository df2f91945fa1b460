import { expect, test } from 'vitest';
import { filePath, typename, virtualTime } from '../../src/base/ids.ts';
import type { FilePath, ProjectId } from '../../src/base/ids.ts';
import { loadExample } from '../support/load-example.ts';
import { nodeBrowser } from '../support/studio-in-node.ts';
import type { NodeTab } from '../support/studio-in-node.ts';
import { makeFraudInput } from '../support/straight-line/fraud-detection.ts';
import { withFeeds } from '../support/straight-line/timed-input.ts';

const DAY = 24 * 60 * 60 * 1000;
const files = withFeeds(loadExample('fraud-detection'), makeFraudInput(5, 300));

async function opened(tab: NodeTab, tree: ReadonlyMap<FilePath, string>): Promise<ProjectId> {
  const { id } = await tab.get('create-project', { name: 'test', files: tree });
  await tab.get('open-project', { id });
  return id;
}

async function uninterrupted(): Promise<{ readonly hash: string; readonly events: number }> {
  const tab = await nodeBrowser().open();
  await opened(tab, files);
  await tab.get('start-run', { speed: 'max', play: true });
  await tab.phase('idle');
  return tab.get('trace-hash', {});
}

test('a run that is killed again and again ends with the trace of one that never was', async () => {
  const expected = await uninterrupted();
  const browser = nodeBrowser();
  let tab = await browser.open();
  const id = await opened(tab, files);
  await tab.get('start-run', { speed: 'max', play: true });
  for (const part of [0.1, 0.3, 0.31, 0.6, 0.9]) {
    await tab.projected((projection) => projection.traceLength >= expected.events * part);
    tab.kill();
    tab = await browser.open();
    await tab.get('open-project', { id });
  }
  await tab.phase('idle');
  expect(await tab.get('trace-hash', {})).toEqual(expected);
  expect(await tab.get('audit', {})).toMatchObject({ ok: true, unread: 0 });
});

test('what was shown is still there after a kill, and a stopped run stays where it stood', async () => {
  const browser = nodeBrowser();
  const first = await browser.open();
  const id = await opened(first, files);
  await first.get('start-run', { speed: 'max', play: false });
  const { settings } = (await first.phase('stopped')) ?? {};
  await first.get('run-until', { at: virtualTime((settings?.startAt ?? 0) + 3 * DAY) });
  const shown = await first.projected((projection) => projection.now === (settings?.startAt ?? 0) + 3 * DAY);
  const rows = await first.get('read-trace', { filter: null, from: 0, count: 1_000_000 });
  first.kill();

  const second = await browser.open();
  const reopened = await second.get('open-project', { id });
  expect(reopened.run?.phase).toBe('stopped');
  const again = await second.projected(() => true);
  expect({ now: again.now, events: again.events, messages: again.messages, timers: again.timers }).toEqual({
    now: shown.now,
    events: shown.events,
    messages: shown.messages,
    timers: shown.timers,
  });
  expect(await second.get('read-trace', { filter: null, from: 0, count: 1_000_000 })).toEqual(rows);
});

test('a record sent by hand can be followed from its topic through the functions, with request, reply and state', async () => {
  const tab = await nodeBrowser().open();
  await opened(tab, withFeeds(loadExample('greeter'), { feeds: [], files: {} }));
  await tab.get('start-run', { speed: 'max', play: false });
  const topics = await tab.get('read-topics', {});
  const topic = topics.find((candidate) => candidate.role === 'ingress')?.topic ?? '';
  const value = new TextEncoder().encode('{"name":"Ada"}');
  await tab.get('send-record', { record: { topic, partition: null, key: 'Ada', value, headers: [] } });
  const now = tab.projection()?.now ?? virtualTime(0);
  await tab.get('run-until', { at: virtualTime(now + 1000) });
  await tab.projected((projection) => projection.now === now + 1000);
  const found = await tab.get('read-trace', { filter: { types: ['message-sent'], name: null, id: 'Ada', text: null }, from: 0, count: 10 });
  expect(found.total).toBeGreaterThan(0);
  const detail = await tab.get('read-message', { seq: found.rows[0]?.seq ?? 0 });
  expect(detail).toMatchObject({ to: { typename: typename('greeter/greet'), id: 'Ada' }, batch: 1, error: null });
  expect(detail.value?.text).toContain('Ada');
  expect(detail.request).toContain('greet');
  expect(detail.stateBefore.map((state) => state.value)).toContain(null);
  expect(detail.stateAfter.every((state) => state.value !== null)).toBe(true);
});

test('code that does not load is refused, and the last good code runs on', async () => {
  const tab = await nodeBrowser().open();
  const id = await opened(tab, loadExample('greeter'));
  await tab.get('start-run', { speed: 'max', play: false });
  const before = tab.status()?.code;
  const path = filePath('functions/broken.ts');
  await tab.get('save-edits', { id, edits: [{ type: 'create', path, content: 'export const x = {;' }] });
  const answer = await tab.get('apply-code', { agreed: false });
  expect(answer.applied).toBe(false);
  expect(answer.report.problems).toMatchObject([{ code: 'syntax-error', path, place: { path, line: 1 } }]);
  expect(tab.status()?.code).toBe(before);
});

test('a second tab reads, and may take over; the first one is told', async () => {
  const browser = nodeBrowser();
  const first = await browser.open();
  const id = await opened(first, loadExample('greeter'));
  const second = await browser.open();
  expect((await second.get('open-project', { id })).writable).toBe(false);
  expect(await second.ask('save-edits', { id, edits: [] })).toMatchObject({ ok: false, error: { code: 'read-only' } });
  expect((await second.get('take-over', { id })).writable).toBe(true);
  await first.told('lost-lock');
  expect(await first.ask('save-edits', { id, edits: [] })).toMatchObject({ ok: false, error: { code: 'read-only' } });
});

test('a tab that does not hear that it was taken over writes nothing more: what the other one has goes on undisturbed', async () => {
  const expected = await uninterrupted();
  const browser = nodeBrowser(undefined, { lossIsTold: false });
  const first = await browser.open();
  const id = await opened(first, files);
  await first.get('start-run', { speed: 'max', play: true });
  await first.projected((projection) => projection.traceLength >= expected.events * 0.3);
  const second = await browser.open();
  await second.get('take-over', { id });
  expect((await first.phase('read-only')).notice).toBe('Another tab took this project over; the run goes on there.');
  expect(first.events.filter(({ type }) => type === 'storage-problem')).toEqual([]);
  await second.phase('idle');
  expect(await second.get('trace-hash', {})).toEqual(expected);
  expect(await second.get('audit', {})).toMatchObject({ ok: true, unread: 0 });
});

test('a tab that does not hear that it was taken over closes the project all the same', async () => {
  const browser = nodeBrowser(undefined, { lossIsTold: false });
  const first = await browser.open();
  const id = await opened(first, loadExample('greeter'));
  await first.get('start-run', { speed: 1, play: false });
  const second = await browser.open();
  await second.get('take-over', { id });
  await first.get('close-project', {});
  expect(first.sandboxes.every((sandbox) => sandbox.closed)).toBe(true);
  expect(second.status()).toMatchObject({ phase: 'stopped' });
});

test('a project opens for writing when the tab that had it closes while it is waited for', async () => {
  const browser = nodeBrowser();
  const first = await browser.open();
  const id = await opened(first, loadExample('greeter'));
  const second = await browser.open();
  const opening = second.get('open-project', { id });
  first.kill();
  expect((await opening).writable).toBe(true);
});

test('a run that another tab took over can be neither played nor sent records here', async () => {
  const browser = nodeBrowser();
  const first = await browser.open();
  const id = await opened(first, loadExample('greeter'));
  await first.get('start-run', { speed: 1, play: true });
  await (await browser.open()).get('take-over', { id });
  expect((await first.phase('read-only')).notice).toContain('Another tab took this project over');
  expect(await first.ask('play', {})).toMatchObject({ ok: false });
});

test.each([
  { speed: 1, play: false, phase: 'stopped' },
  { speed: 1, play: true, phase: 'playing' },
  { speed: 'max', play: false, phase: 'stopped' },
] as const)('a jump to the next timer does not wait for real time: speed $speed, $phase', async ({ speed, play, phase }) => {
  const tab = await nodeBrowser().open();
  await opened(tab, loadExample('fraud-detection'));
  await tab.get('start-run', { speed, play: false });
  const [confirmations] = (await tab.get('read-topics', {})).filter(({ topic }) => topic === 'fraud-confirmations');
  const value = new TextEncoder().encode('{"account":"acct-0001","transaction":"tx-1"}');
  const record = { topic: confirmations?.topic ?? '', partition: null, key: 'acct-0001', value, headers: [] };
  await tab.get('send-record', { record });
  const start = tab.projection()?.now ?? virtualTime(0);
  await tab.get('run-until', { at: virtualTime(start + 400) });
  await tab.phase('stopped');
  const due = (await tab.get('read-timers', { from: 0, count: 1 })).rows[0]?.due;
  expect(due).toBeGreaterThan(start + 30 * DAY - 1);
  if (play) {
    await tab.get('play', {});
  }
  await tab.get('to-next-timer', {});
  const shown = await tab.projected(({ now }) => now >= (due ?? Infinity));
  expect(tab.status()?.phase).toBe(phase);
  expect(shown.now).toBeLessThan((due ?? 0) + 60_000);
  if (!play) {
    expect(shown.now).toBe((due ?? 0) + 1); // S42
    expect((await tab.get('read-trace', { filter: null, from: 0, count: 1_000_000 })).rows.at(-1)?.at).toBe(shown.now);
  }
});

test('a file that defines no function is named when the run starts, and a stand-in records in its place', async () => {
  const tab = await nodeBrowser().open();
  const tree = new Map(loadExample('greeter'));
  tree.set(filePath('functions/greet.ts'), 'export const x = 1;\n');
  await opened(tab, tree);
  const status = await tab.get('start-run', { speed: 'max', play: false });
  expect(status.report.functions).toEqual([]);
  // The other file is imported by nothing any more.
  expect(status.report.problems.map(({ code, path }) => [code, path])).toEqual([
    ['no-spec', 'functions/greet.ts'],
    ['no-spec', 'functions/types.ts'],
  ]);
});

test('an act that comes while the run starts over is done by the new run', async () => {
  const tab = await nodeBrowser().open();
  await opened(tab, loadExample('fraud-detection'));
  await tab.get('start-run', { speed: 'max', play: false });
  const again = tab.get('start-run', { speed: 'max', play: false });
  await tab.get('step', {});
  await again;
  expect((await tab.projected((projection) => projection.events === 1)).events).toBe(1);
});
