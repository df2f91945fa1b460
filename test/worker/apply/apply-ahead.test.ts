import { expect, test, vi } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import type { ProjectId } from '../../../src/base/ids.ts';
import { loadExample } from '../../support/load-example.ts';
import { createRealTime } from '../../../src/worker/real-time.ts';
import type { RealTime } from '../../../src/worker/run-host-api.ts';
import { nodeBrowser, type NodeTab } from '../../support/studio-in-node.ts';

const PATH = filePath('functions/greet.ts');
const FILES = loadExample('greeter');
const TEXT = String(FILES.get(PATH));

async function running(time?: RealTime): Promise<{ readonly tab: NodeTab; readonly id: ProjectId }> {
  const tab = await nodeBrowser().open(time);
  const { id } = await tab.get('create-project', { name: 'test', files: FILES });
  await tab.get('open-project', { id });
  await tab.get('start-run', { speed: 'max', play: false });
  return { tab, id };
}

async function write(tab: NodeTab, id: ProjectId, content: string): Promise<void> {
  await tab.get('save-edits', {
    id,
    edits: [
      { type: 'delete', path: PATH },
      { type: 'create', path: PATH, content },
    ],
  });
}

/** Time that passes when the test says so: until then who sleeps is only woken. */
function heldTime() {
  let over: (() => void)[] = [];
  const time: RealTime = {
    ...createRealTime(),
    sleep(_ms, wake) {
      const passed = new Promise<void>((resolve) => over.push(resolve));
      return Promise.race([passed, wake]);
    },
  };
  return {
    time,
    pass() {
      const sleepers = over;
      over = [];
      sleepers.forEach((end) => end());
    },
  };
}

const open = ({ sandboxes }: NodeTab) => sandboxes.filter(({ closed }) => !closed);

test('applying uses the sandbox that was made ready, whose code is the saved one', async () => {
  const { tab, id } = await running();
  await write(tab, id, TEXT.replace('Welcome', 'Hello'));
  await tab.get('warm-apply', { open: true });
  expect(tab.sandboxes).toHaveLength(2);
  const before = tab.status()?.code;
  expect(await tab.get('apply-code', { agreed: false })).toMatchObject({ applied: true });
  expect(tab.sandboxes).toHaveLength(2);
  expect(tab.sandboxes[1]?.code).toBe(tab.status()?.code);
  expect(tab.status()?.code).not.toBe(before);
  expect(open(tab)).toEqual([tab.sandboxes[1]]);
});

test('code that was saved after it was made ready is applied, not the one that stands ready', async () => {
  const { tab, id } = await running();
  await write(tab, id, TEXT.replace('Welcome', 'Hello'));
  await tab.get('warm-apply', { open: true });
  await write(tab, id, TEXT.replace('Welcome', 'Good day'));
  await tab.get('apply-code', { agreed: false });
  expect(tab.sandboxes).toHaveLength(3);
  expect(tab.sandboxes[2]?.code).toBe(tab.status()?.code);
  expect(open(tab)).toEqual([tab.sandboxes[2]]);
});

test('code is made ready by itself when typing stops, and once only for several edits', async () => {
  const { time, pass } = heldTime();
  const { tab, id } = await running(time);
  await tab.get('warm-apply', { open: true });
  await write(tab, id, TEXT.replace('Welcome', 'H'));
  await write(tab, id, TEXT.replace('Welcome', 'He'));
  await write(tab, id, TEXT.replace('Welcome', 'Hello'));
  expect(tab.sandboxes).toHaveLength(1);
  pass();
  await vi.waitFor(() => expect(tab.sandboxes).toHaveLength(2), { timeout: 20_000 });
  await tab.get('apply-code', { agreed: false });
  expect(tab.sandboxes.map(({ code }) => code)).toEqual([tab.sandboxes[0]?.code, tab.status()?.code]);
});

test('nothing stands ready for code that does not compile, for the code in use, when code is out of view, or without a run', async () => {
  const { tab, id } = await running();
  await tab.get('warm-apply', { open: true });
  await write(tab, id, `${TEXT}\nconst = 1;`);
  await tab.get('warm-apply', { open: true });
  expect(tab.sandboxes).toHaveLength(1);

  await write(tab, id, TEXT.replace('Welcome', 'Hello'));
  await tab.get('warm-apply', { open: true });
  expect(open(tab)).toHaveLength(2);
  await tab.get('warm-apply', { open: false });
  expect(open(tab)).toEqual([tab.sandboxes[0]]);

  await tab.get('warm-apply', { open: true });
  await tab.get('end-run', {});
  expect(open(tab)).toEqual([]);
  await tab.get('warm-apply', { open: true });
  expect(open(tab)).toEqual([]);
});
