import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FilePath, ProjectId } from '../../../src/base/ids.ts';
import { Greet } from '../../../src/examples/greeter/project/functions/greet.ts';
import { setRemote } from '../../../src/commands/set-remote.ts';
import { deriveContext } from '../../../src/commands/derive.ts';
import { applyEdits } from '../../../src/model/edit.ts';
import { loadExample } from '../../support/load-example.ts';
import { freePort, startHttp, startSdkServer } from '../../support/remote-servers.ts';
import type { RemoteServer } from '../../support/remote-servers.ts';
import { relayedBrowser } from '../../support/relayed-browser.ts';
import type { RelayedBrowser } from '../../support/relayed-browser.ts';
import { nodeBrowser } from '../../support/studio-in-node.ts';
import type { NodeBrowser, NodeTab } from '../../support/studio-in-node.ts';
import { makeGreeterInput } from '../../support/straight-line/greeter.ts';
import { withFeeds } from '../../support/straight-line/timed-input.ts';

let relayed: RelayedBrowser;
let browser: NodeBrowser;
let greeter: RemoteServer;

beforeEach(async () => {
  relayed = await relayedBrowser();
  browser = relayed.browser;
  greeter = await startSdkServer([Greet]);
});

afterEach(async () => {
  await greeter.stop();
  await relayed.close();
});

const LOCAL = withFeeds(loadExample('greeter'), makeGreeterInput(3, 300));

function remoteAt(url: string, files: ReadonlyMap<FilePath, string | Uint8Array> = LOCAL) {
  const edits = setRemote(deriveContext({ files }, null), { functions: 'greeter/*', remote: { url } });
  return applyEdits({ files }, edits.ok ? edits.value : []).files;
}

async function opened(tab: NodeTab, files: ReadonlyMap<FilePath, string | Uint8Array>): Promise<ProjectId> {
  const { id } = await tab.get('create-project', { name: 'test', files });
  await tab.get('open-project', { id });
  return id;
}

/** The trace without what may differ: which code answered. */
async function traceOf(tab: NodeTab): Promise<readonly string[]> {
  await tab.shown();
  const { rows } = await tab.get('read-trace', { filter: null, from: 0, count: 1_000_000 });
  return rows.map(({ line }) => line.replace(/"code":"[^"]*"/, '"code":""'));
}

it('asks before the first call, remembers the answer in this browser, and gives the trace of the code in the Studio', async () => {
  const here = await browser.open();
  await opened(here, LOCAL);
  await here.get('start-run', { speed: 'max', play: true });
  await here.phase('idle');
  const expected = await traceOf(here);

  const url = `${greeter.origin}/statefun`;
  const there = await browser.open();
  const id = await opened(there, remoteAt(url));
  expect(await there.ask('start-run', { speed: 'max', play: true })).toMatchObject({ ok: false, error: { code: 'unconfirmed-remotes' } });
  expect(greeter.seen).toEqual([]);
  expect(await there.get('remote-status', {})).toEqual({ relay: true, remotes: [{ functions: 'greeter/*', url, confirmed: false }] });
  await there.get('confirm-remotes', { urls: [url] });
  await there.get('start-run', { speed: 'max', play: true });
  await there.phase('idle');
  expect(await traceOf(there)).toEqual(expected);
  expect(await there.get('audit', {})).toMatchObject({ ok: true, unread: 0 });

  there.kill();
  const again = await browser.open();
  await again.get('open-project', { id });
  expect((await again.get('remote-status', {})).remotes).toMatchObject([{ confirmed: true }]);
});

it('never calls a server again for what it has answered, however often the tab dies', async () => {
  let tab = await browser.open();
  const id = await opened(tab, remoteAt(greeter.origin));
  await tab.get('confirm-remotes', { urls: [greeter.origin] });
  await tab.get('start-run', { speed: 'max', play: true });
  const first = await tab.phase('idle');
  const uninterrupted = greeter.seen.length;
  const expected = await tab.get('trace-hash', {});
  await tab.get('start-run', { speed: 'max', play: true });
  await tab.projected((projection) => projection.run !== first.run && projection.traceLength >= expected.events / 2);
  tab.kill();
  tab = await browser.open();
  await tab.get('open-project', { id });
  await tab.phase('idle');
  expect(await tab.get('trace-hash', {})).toEqual(expected);
  const done = greeter.seen.length;
  tab.kill();
  tab = await browser.open();
  await tab.get('open-project', { id });
  expect((await tab.phase('idle', 'stopped')).failure).toBeNull();
  expect(await tab.get('trace-hash', {})).toEqual(expected);
  expect(greeter.seen.length).toBe(done);
  expect(done).toBeGreaterThanOrEqual(2 * uninterrupted);
});

it('stands at a server that is down, asks for another URL before it calls there, and goes on', async () => {
  const tab = await browser.open();
  const down = `http://127.0.0.1:${await freePort()}/`;
  const files = remoteAt(down);
  const id = await opened(tab, files);
  await tab.get('confirm-remotes', { urls: [down] });
  await tab.get('start-run', { speed: 'max', play: true });
  const failed = await tab.phase('failed');
  expect(failed.failure).toMatchObject({
    address: { typename: 'greeter/greet' },
    failure: { type: 'call', reason: { type: 'refused', remote: { url: down, detail: expect.stringContaining('Nothing listens') } } },
  });
  await tab.shown();
  const { call } = failed.failure ?? { call: null };
  const started = await tab.get('read-trace', { filter: { types: ['call-failed'], name: null, id: null, text: null }, from: 0, count: 1 });
  const detail = await tab.get('read-message', { seq: started.rows[0]?.seq ?? 0 });
  expect(detail).toMatchObject({ call, reply: null, remote: { url: down, detail: expect.stringContaining('Nothing listens') } });
  expect(detail.request).toContain('greet');

  const edits = setRemote(deriveContext({ files }, null), { functions: 'greeter/*', remote: { url: greeter.origin } });
  await tab.get('save-edits', { id, edits: edits.ok ? edits.value : [] });
  expect(await tab.ask('decide', { decision: 'retry' })).toMatchObject({ ok: false, error: { code: 'unconfirmed-remotes' } });
  await tab.get('confirm-remotes', { urls: [greeter.origin] });
  await tab.get('decide', { decision: 'retry' });
  await tab.phase('idle');
  expect(await tab.get('audit', {})).toMatchObject({ ok: true, unread: 0 });
});

it('says so where there is no relay', async () => {
  const tab = await nodeBrowser().open();
  await opened(tab, remoteAt(greeter.origin));
  const answer = await tab.ask('start-run', { speed: 'max', play: true });
  expect(answer).toMatchObject({ ok: false, error: { code: 'cannot-start', message: expect.stringContaining('npm start') } });
  expect(await tab.get('remote-status', {})).toMatchObject({ relay: false });
});

it('lets a run end at once though a server hangs', async () => {
  let asked: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const hanging = await startHttp(() => asked());
  const tab = await browser.open();
  await opened(tab, remoteAt(hanging.origin));
  await tab.get('confirm-remotes', { urls: [hanging.origin] });
  await tab.get('start-run', { speed: 'max', play: true });
  await arrived;
  await tab.get('end-run', {});
  expect(tab.status()).toBeNull();
  await hanging.stop();
});

it('compares what code in the Studio was recorded to answer with what a server answers, and leaves the run as it is', async () => {
  const tab = await browser.open();
  const id = await opened(tab, LOCAL);
  await tab.get('start-run', { speed: 'max', play: true });
  await tab.phase('idle');
  const before = await traceOf(tab);
  expect(await tab.ask('compare-recorded', { functions: 'greeter/*', from: 0 })).toMatchObject({
    ok: false,
    error: { code: 'bad-request' },
  });
  const switchTo = async (url: string, files: ReadonlyMap<FilePath, string | Uint8Array>) => {
    const edits = setRemote(deriveContext({ files }, null), { functions: 'greeter/*', remote: { url } });
    await tab.get('save-edits', { id, edits: edits.ok ? edits.value : [] });
  };
  await switchTo(greeter.origin, LOCAL);
  expect(await tab.ask('compare-recorded', { functions: 'greeter/*', from: 0 })).toMatchObject({
    ok: false,
    error: { code: 'unconfirmed-remotes' },
  });
  await tab.get('confirm-remotes', { urls: [greeter.origin] });
  const compareAll = async () => {
    let compared = 0;
    for (let from = 0; ;) {
      const part = await tab.get('compare-recorded', { functions: 'greeter/*', from });
      compared += part.compared;
      from = part.next;
      if (part.difference !== null || from >= part.of) {
        return { compared, difference: part.difference };
      }
    }
  };
  expect(await compareAll()).toEqual({ compared: 301, difference: null }); // 300 visits and the handshake.

  const other = await startSdkServer([
    {
      ...Greet,
      async fn(...[context, message]: Parameters<typeof Greet.fn>) {
        await Greet.fn(context, message);
        if (context.storage.visits === 2) {
          context.storage.visits = 12;
        }
      },
    },
  ]);
  await switchTo(other.origin, remoteAt(greeter.origin));
  await tab.get('confirm-remotes', { urls: [other.origin] });
  const { difference } = await compareAll();
  expect(difference).toMatchObject({
    typename: 'greeter/greet',
    part: 'state visits',
    left: { text: 'io.statefun.types/int 2' },
    right: { text: 'io.statefun.types/int 12' },
  });
  const { rows } = await tab.get('read-trace', { filter: null, from: (difference?.seq ?? 0) - 1, count: 1 });
  expect(JSON.parse(rows[0]?.line ?? '{}')).toMatchObject({
    type: 'call-started',
    call: difference?.call,
    address: { id: difference?.id },
  });
  expect(await traceOf(tab)).toEqual(before);
  await other.stop();
});
