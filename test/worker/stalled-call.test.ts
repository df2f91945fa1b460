import { expect, test } from 'vitest';
import { filePath, typename } from '../../src/base/ids.ts';
import { loadExample } from '../support/load-example.ts';
import { nodeBrowser } from '../support/studio-in-node.ts';

const GREET = filePath('functions/greet.ts');
const STUDIO = filePath('studio.json');

test('a loop that never ends is named at its place in the status, the trace and the console, and a look at its call ends', async () => {
  const files = loadExample('greeter');
  const good = files.get(GREET) ?? '';
  const from = good.indexOf('const visits: number =');
  const insert = 'for (;;) {\n      if (visit.name === "") break;\n    }\n    ';
  const code = `${good.slice(0, from)}${insert}${good.slice(from)}`;
  const place = { path: GREET, line: good.slice(0, from).split('\n').length, column: from - good.lastIndexOf('\n', from) };
  const studio = JSON.parse(files.get(STUDIO) ?? '{}') as { readonly settings?: object };
  const limited = JSON.stringify({ ...studio, settings: { ...studio.settings, invocationLimitMillis: 400 } });
  const browser = nodeBrowser();
  const tab = await browser.open();
  const { id } = await tab.get('create-project', { name: 'test', files: new Map([...files, [STUDIO, limited], [GREET, code]]) });
  await tab.get('open-project', { id });
  await tab.get('start-run', { speed: 'max', play: true });
  const { failure } = await tab.phase('failed');
  const stall = { type: 'loop', place };
  expect(failure?.failure).toMatchObject({ type: 'call', reason: { type: 'timed-out', limitMillis: 400, stall } });

  // What is shown of it is on disk.
  await tab.get('pause', {});
  const filter = { types: ['call-failed' as const], name: null, id: null, text: null };
  const { rows } = await tab.get('read-trace', { filter, from: 0, count: 1 });
  expect(JSON.parse(rows[0]?.line ?? '{}')).toMatchObject({ reason: { type: 'timed-out', stall }, logs: [{ level: 'error', place }] });

  const looked = await tab.get('observe-call', { recorded: { seq: rows[0]?.seq ?? -1 }, logpoints: [] });
  expect(looked.result.outcome).toMatchObject({ type: 'failed', place });
  expect(looked.result.marks).toContainEqual({ type: 'error', place, text: 'a loop goes on and on', message: 0 });
  const [activity] = await tab.get('read-function-activity', { typenames: [typename('greeter/greet')] });
  expect(activity?.lastError?.error).toContain('a loop goes on and on');

  // The place is of the journal: a reload shows it and executes nothing.
  tab.kill();
  const other = await browser.open();
  await other.get('open-project', { id });
  expect((await other.phase('failed')).failure?.failure).toMatchObject({ reason: { stall } });
  other.kill();
});
