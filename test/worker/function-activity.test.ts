import { expect, test } from 'vitest';
import { filePath, typename } from '../../src/base/ids.ts';
import type { FunctionActivity } from '../../src/worker/trial-contract.ts';
import { loadExample } from '../support/load-example.ts';
import { nodeBrowser } from '../support/studio-in-node.ts';
import type { NodeTab } from '../support/studio-in-node.ts';

const GREET = filePath('functions/greet.ts');
const STUDIO = filePath('studio.json');
const NAMES = [typename('greeter/greet'), typename('greeter/none')];

interface Line {
  readonly seq: number;
  readonly type: string;
  readonly call: number;
  readonly messages: readonly number[];
  readonly address: { readonly typename: string };
  readonly reason: { readonly error: { readonly name: string; readonly message: string } };
}

/** The same, counted over the whole trace. */
async function counted(tab: NodeTab): Promise<readonly FunctionActivity[]> {
  const { rows } = await tab.get('read-trace', { filter: null, from: 0, count: 1_000_000 });
  const lines = rows.map(({ line }) => JSON.parse(line) as Line);
  return NAMES.map((name) => {
    const ended = lines.filter(
      (line) => line.address?.typename === name && (line.type === 'call-completed' || line.type === 'call-failed'),
    );
    const startOf = ({ call, seq }: Line) => lines.findLast((line) => line.type === 'call-started' && line.call === call && line.seq < seq);
    const last = ended.at(-1);
    const failed = ended.findLast((line) => line.type === 'call-failed');
    return {
      typename: name,
      messages: ended
        .filter((line) => line.type === 'call-completed')
        .reduce((sum, line) => sum + (startOf(line)?.messages.length ?? 0), 0),
      lastCall: last === undefined ? null : (startOf(last)?.seq ?? null),
      lastError: failed === undefined ? null : { seq: failed.seq, error: `${failed.reason.error.name}: ${failed.reason.error.message}` },
    };
  });
}

test('what functions came to is what the trace says, while a run goes, after a reload, and for readers', async () => {
  const files = loadExample('greeter');
  const good = files.get(GREET) ?? '';
  const from = good.indexOf('const visits: number =');
  const insert = "if ((context.storage.visits ?? 0) === 6) throw new RangeError('seven');\n    ";
  // Calls take so long that messages wait for them and come in batches.
  const studio = JSON.parse(files.get(STUDIO) ?? '{}') as { readonly settings?: object };
  const slow = JSON.stringify({ ...studio, settings: { ...studio.settings, callLatency: { minMillis: 10, meanMillis: 2000 } } });
  const browser = nodeBrowser();
  const first = await browser.open();
  const { id } = await first.get('create-project', {
    name: 'test',
    files: new Map([...files, [STUDIO, slow], [GREET, `${good.slice(0, from)}${insert}${good.slice(from)}`]]),
  });
  await first.get('open-project', { id });
  await first.get('start-run', { speed: 'max', play: true });
  await first.phase('failed');
  await first.shown();
  const before = await first.get('read-function-activity', { typenames: NAMES });
  expect(before).toEqual(await counted(first));
  expect(before[0]?.messages).toBeGreaterThan(6);
  expect(before[0]?.lastError?.error).toBe('RangeError: seven');
  expect(before[1]).toEqual({ typename: 'greeter/none', messages: 0, lastCall: null, lastError: null });

  const reader = await browser.open();
  await reader.get('open-project', { id });
  expect(await reader.get('read-function-activity', { typenames: NAMES })).toEqual(before);

  await first.get('save-edits', { id, edits: [{ type: 'text', path: GREET, from, to: from + insert.length, insert: '' }] });
  expect((await first.get('apply-code', { agreed: false })).applied).toBe(true);
  await first.get('decide', { decision: 'retry' });
  await first.projected(({ messages }) => messages > 400);
  await first.get('pause', {});
  await first.get('close-project', {});
  first.kill();
  const second = await browser.open();
  await second.get('open-project', { id });
  const after = await second.get('read-function-activity', { typenames: NAMES });
  expect(after).toEqual(await counted(second));
  expect(after[0]?.messages).toBeGreaterThan(before[0]?.messages ?? 0);
  const { rows } = await second.get('read-trace', {
    filter: { types: ['call-started'], name: null, id: null, text: null },
    from: 0,
    count: 1_000_000,
  });
  expect(rows.some(({ line }) => (JSON.parse(line) as Line).messages.length > 1)).toBe(true);
});
