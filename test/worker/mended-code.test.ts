import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { loadExample } from '../support/load-example.ts';
import { nodeBrowser } from '../support/studio-in-node.ts';

const GREET = filePath('functions/greet.ts');
const STUDIO = filePath('studio.json');

test('what the code before threw ahead is asked of the mended code: one Retry is enough', async () => {
  const files = loadExample('greeter');
  const good = files.get(GREET) ?? '';
  const from = good.indexOf('const visits: number =');
  // Everybody's second visit fails: at full speed many such calls are answered before the first of them counts.
  const insert = "if (context.storage.visits === 1) throw new RangeError('again');\n    ";
  const studio = JSON.parse(files.get(STUDIO) ?? '{}') as { readonly settings?: object };
  const slow = JSON.stringify({ ...studio, settings: { ...studio.settings, callLatency: { minMillis: 1000, meanMillis: 5000 } } });
  const tab = await nodeBrowser().open();
  const { id } = await tab.get('create-project', {
    name: 'test',
    files: new Map([...files, [STUDIO, slow], [GREET, `${good.slice(0, from)}${insert}${good.slice(from)}`]]),
  });
  await tab.get('open-project', { id });
  await tab.get('start-run', { speed: 'max', play: true });
  await tab.phase('failed');
  await tab.get('save-edits', { id, edits: [{ type: 'text', path: GREET, from, to: from + insert.length, insert: '' }] });
  await tab.get('apply-code', { agreed: false });
  await tab.get('decide', { decision: 'retry' });
  const failed = (): boolean => tab.status()?.phase === 'failed';
  await tab.projected(({ messages }) => messages > 400 || failed());
  expect(failed()).toBe(false);
  await tab.get('pause', {});

  // What the code of now throws pauses the run, as ever.
  await tab.get('save-edits', {
    id,
    edits: [{ type: 'text', path: GREET, from, to: from, insert: "throw new RangeError('always');\n    " }],
  });
  await tab.get('apply-code', { agreed: false });
  await tab.get('play', {});
  expect((await tab.phase('failed')).error).toMatchObject({ message: 'always' });
  tab.kill();
});
