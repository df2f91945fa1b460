import { expect, test } from 'vitest';
import { filePath, virtualTime } from '../../src/base/ids.ts';
import type { ProjectId } from '../../src/base/ids.ts';
import { loadExample } from '../support/load-example.ts';
import { nodeBrowser, type NodeTab } from '../support/studio-in-node.ts';
import { withFeeds } from '../support/straight-line/timed-input.ts';

const PATH = filePath('functions/greet.ts');
const FILES = withFeeds(loadExample('greeter'), { feeds: [], files: {} });
const SPEC = "{ name: 'visits', type: StateFun.intType() }";

/** A run of the greeter in which Ada has been greeted once, so that the state is registered. */
async function greeted(): Promise<{ readonly tab: NodeTab; readonly id: ProjectId }> {
  const tab = await nodeBrowser().open();
  const { id } = await tab.get('create-project', { name: 'test', files: FILES });
  await tab.get('open-project', { id });
  await tab.get('start-run', { speed: 'max', play: false });
  await greet(tab);
  await stands(tab);
  return { tab, id };
}

/** Sends a visit and lets the run go on for a second. */
async function greet(tab: NodeTab): Promise<void> {
  const [topic] = (await tab.get('read-topics', {})).filter(({ role }) => role === 'ingress');
  const value = new TextEncoder().encode('{"name":"Ada"}');
  await tab.get('send-record', { record: { topic: topic?.topic ?? '', partition: null, key: 'Ada', value, headers: [] } });
  const at = virtualTime((tab.projection()?.now ?? 0) + 1000);
  await tab.get('run-until', { at });
}

/** The run is where it was to go. */
async function stands(tab: NodeTab): Promise<void> {
  await tab.phase('stopped', 'idle');
}

async function edit(tab: NodeTab, id: ProjectId, change: (text: string) => string): Promise<void> {
  const content = change(String(FILES.get(PATH)));
  await tab.get('save-edits', {
    id,
    edits: [
      { type: 'delete', path: PATH },
      { type: 'create', path: PATH, content },
    ],
  });
}

test('S20: code that gives a state another type is held until it is asked for all the same, and then the job fails', async () => {
  const { tab, id } = await greeted();
  const before = tab.status()?.code;
  await tab.get('warm-apply', { open: true });
  await edit(tab, id, (text) =>
    text
      .replace(SPEC, "{ name: 'visits', type: StateFun.stringType() }")
      .replace('(context.storage.visits ?? 0) + 1', '1')
      .replace('= visits;', "= 'one';"),
  );
  const held = await tab.get('apply-code', { agreed: false });
  expect(held).toMatchObject({ applied: false, held: true, changes: [{ type: 'state-type', state: 'visits', held: 'registered' }] });
  expect(tab.status()?.code).toBe(before);

  const applied = await tab.get('apply-code', { agreed: true });
  expect(applied).toMatchObject({ applied: true, held: false, changes: [{ type: 'state-type' }] });
  // The sandbox in which it was held has stood ready meanwhile.
  expect(tab.sandboxes.map(({ closed }) => closed)).toEqual([true, false]);
  await greet(tab);
  const { failure } = await tab.phase('failed');
  expect(failure?.failure).toMatchObject({ type: 'job', code: 'state-type-mismatch' });
});

test('S17: an added state is applied at once, and told', async () => {
  const { tab, id } = await greeted();
  await edit(tab, id, (text) => text.replace(SPEC, `${SPEC}, { name: 'last', type: StateFun.stringType() }`));
  expect(await tab.get('apply-code', { agreed: false })).toMatchObject({
    applied: true,
    held: false,
    changes: [{ type: 'state-added', state: 'last', held: 'none' }],
  });
});

test('S18: after a crash a dropped state is stored only, and is told to be back when it is declared again', async () => {
  const { tab, id } = await greeted();
  await tab.get('checkpoint-now', {});
  await tab.get('run-until', { at: virtualTime((tab.projection()?.now ?? 0) + 60_000) });
  await stands(tab);
  await edit(tab, id, (text) =>
    text.replace(SPEC, '').replace('(context.storage.visits ?? 0) + 1', '1').replace('context.storage.visits = visits;', ''),
  );
  expect(await tab.get('apply-code', { agreed: false })).toMatchObject({
    applied: true,
    changes: [{ type: 'state-dropped', held: 'registered' }],
  });
  await tab.get('crash', {});
  await greet(tab);
  await stands(tab);
  await edit(tab, id, (text) => text);
  expect(await tab.get('apply-code', { agreed: false })).toMatchObject({
    applied: true,
    changes: [{ type: 'state-back', held: 'stored' }],
  });
});

test('code of before is told nothing about, since nothing changed', async () => {
  const { tab, id } = await greeted();
  await edit(tab, id, (text) => text.replace('Welcome', 'Hello'));
  expect(await tab.get('apply-code', { agreed: false })).toMatchObject({ applied: true, changes: [] });
});
