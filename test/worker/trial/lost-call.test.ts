import { expect, test } from 'vitest';
import { filePath, typename } from '../../../src/base/ids.ts';
import { loadExample } from '../../support/load-example.ts';
import { nodeBrowser } from '../../support/studio-in-node.ts';

const GREET = filePath('functions/greet.ts');
const GREETER = typename('greeter/greet');

test('a call that ended its sandbox is not executed again by looking at it', async () => {
  const files = loadExample('greeter');
  const good = files.get(GREET) ?? '';
  const from = good.indexOf('const visits: number =');
  const bomb = 'const kept: unknown[] = [];\n    for (;;) kept.push(new Array(1e6).fill(Math.random()));\n    ';
  const tab = await nodeBrowser().open();
  const { id } = await tab.get('create-project', {
    name: 'test',
    files: new Map([...files, [GREET, `${good.slice(0, from)}${bomb}${good.slice(from)}`]]),
  });
  await tab.get('open-project', { id });
  await tab.get('start-run', { speed: 'max', play: true });
  await tab.phase('failed');
  await tab.get('decide', { decision: 'drop' });
  const { rows } = await tab.get('read-trace', {
    filter: { types: ['call-failed'], name: null, id: null, text: null },
    from: 0,
    count: 1,
  });
  const [failed] = rows;
  expect(JSON.parse(failed?.line ?? '{}')).toMatchObject({ reason: { type: 'sandbox-lost' } });

  const [activity] = await tab.get('read-function-activity', { typenames: [GREETER] });
  expect(activity).toMatchObject({ lastCall: null, lastError: { seq: failed?.seq } });
  const started = tab.sandboxes.length;
  const looked = await tab.ask('observe-call', { recorded: { seq: failed?.seq ?? -1 }, logpoints: [] });
  expect(looked).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  expect(tab.sandboxes).toHaveLength(started);
  tab.kill();
});
