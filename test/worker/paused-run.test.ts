import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { loadExample } from '../support/load-example.ts';
import { nodeBrowser } from '../support/studio-in-node.ts';

const GREET = filePath('functions/greet.ts');

test('a run that stands at a failure is quiet until it is decided about, and goes on then', async () => {
  const files = loadExample('greeter');
  const good = files.get(GREET) ?? '';
  const bad = good.replace('const visits: number =', "throw new Error('no');\n    const visits: number =");
  const tab = await nodeBrowser().open();
  const { id } = await tab.get('create-project', { name: 'test', files: new Map([...files, [GREET, bad]]) });
  await tab.get('open-project', { id });
  await tab.get('start-run', { speed: 'max', play: true });
  await tab.phase('failed');
  await tab.shown();
  const answered = async (): Promise<number> => {
    for (let turn = 0; turn < 20; turn += 1) {
      await tab.get('read-topics', {});
      await tab.get('read-trace', { filter: null, from: 0, count: 10 });
    }
    return tab.events.length;
  };
  const told = await answered();
  expect(await answered()).toBe(told);

  await tab.get('save-edits', { id, edits: [{ type: 'text', path: GREET, from: 0, to: bad.length, insert: good }] });
  expect((await tab.get('apply-code', { agreed: false })).applied).toBe(true);
  await tab.get('decide', { decision: 'retry' });
  await tab.projected((projection) => projection.messages > 20);
  expect(tab.status()?.phase).toBe('playing');
});
