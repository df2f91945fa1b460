import { afterEach, beforeEach, expect, it } from 'vitest';
import { filePath } from '../../../src/base/ids.ts';
import type { FilePath } from '../../../src/base/ids.ts';
import { deriveContext } from '../../../src/commands/derive.ts';
import { setRemote } from '../../../src/commands/set-remote.ts';
import { Greet } from '../../../src/examples/greeter/project/functions/greet.ts';
import { applyEdits } from '../../../src/model/edit.ts';
import { folderWith, runCommand } from '../../support/command-line.ts';
import { loadExample } from '../../support/load-example.ts';
import { MISCOUNTING_GREET } from '../../support/miscounting-greeter.ts';
import { startHttp, startSdkServer } from '../../support/remote-servers.ts';
import type { RemoteServer } from '../../support/remote-servers.ts';
import { relayedBrowser } from '../../support/relayed-browser.ts';
import type { RelayedBrowser } from '../../support/relayed-browser.ts';
import type { NodeBrowser, NodeTab } from '../../support/studio-in-node.ts';

const REGULARS = filePath('scenarios/regulars.yaml');

let relayed: RelayedBrowser;
let browser: NodeBrowser;
let server: RemoteServer;

beforeEach(async () => {
  relayed = await relayedBrowser();
  browser = relayed.browser;
});

afterEach(async () => {
  await server.stop();
  await relayed.close();
});

function remoteAt(url: string, files: ReadonlyMap<FilePath, string> = loadExample('greeter')) {
  const edits = setRemote(deriveContext({ files }, null), { functions: 'greeter/*', remote: { url } });
  return applyEdits({ files }, edits.ok ? edits.value : []).files;
}

async function opened(files: ReadonlyMap<FilePath, string | Uint8Array>, confirm = true): Promise<NodeTab> {
  const tab = await browser.open();
  const { id } = await tab.get('create-project', { name: 'test', files });
  await tab.get('open-project', { id });
  if (confirm) {
    await tab.get('confirm-remotes', { urls: [`${server.origin}/statefun`] });
  }
  return tab;
}

it('finds the first call that a server answers otherwise, the same as the command line does', async () => {
  server = await startSdkServer([MISCOUNTING_GREET]);
  const url = `${server.origin}/statefun`;
  const folder = await folderWith(loadExample('greeter'));
  const { out } = await runCommand('compare', folder, 'regulars', '--json', '--remote', `greeter/*=${url}`);
  const [expected] = (
    JSON.parse(out) as {
      scenarios: { calls: number; difference: Record<string, unknown>; states: { what: string }[]; egress: { what: string }[] }[];
    }
  ).scenarios;

  const tab = await opened(remoteAt(url));
  const compared = await tab.get('compare-scenario', { path: REGULARS, functions: null });
  expect(compared.type === 'compared' && compared.difference !== null).toBe(true);
  const { difference, states, egress, calls } =
    compared.type === 'compared' ? compared : { difference: null, states: [], egress: [], calls: 0 };
  const { left: _left, right: _right, ...where } = difference ?? { left: null, right: null };
  expect(where).toEqual({
    typename: 'greeter/greet',
    id: 'Ada',
    ordinal: 3,
    part: 'state visits',
    call: expected?.difference['call'],
    attempt: 1,
    request: expected?.difference['request'],
  });
  expect(difference).toMatchObject({ left: { text: 'io.statefun.types/int 2' }, right: { text: 'io.statefun.types/int 12' } });
  expect({ calls, states: states.map(({ what }) => what), egress: egress.map(({ what }) => what) }).toEqual({
    calls: expected?.calls,
    states: expected?.states.map(({ what }) => what),
    egress: expected?.egress.map(({ what }) => what),
  });
  const asked = compared.type === 'compared' ? compared.asked : null;
  const tried = asked === null ? null : await tab.get('try-function', { input: asked, logpoints: [] });
  expect(tried).toMatchObject({
    outcome: { type: 'completed' },
    states: [{ name: 'visits', before: { text: '1' }, after: { text: '2' } }],
  });
  expect(tab.events.flatMap((event) => (event.type === 'scenario-progress' ? [event.side] : []))).toContain('in-studio');
  expect(tab.sandboxes.slice(0, 2).map(({ closed }) => closed)).toEqual([true, true]);
});

it('says that a server which does what the code does is the same, and plays the scenario on it with the verdict of the code', async () => {
  server = await startSdkServer([Greet]);
  const tab = await opened(remoteAt(`${server.origin}/statefun`));
  expect(await tab.get('compare-scenario', { path: REGULARS, functions: ['greeter/*'] })).toMatchObject({
    type: 'compared',
    difference: null,
    states: [],
    egress: [],
    interrupted: false,
  });
  const seen = server.seen.length;
  expect(await tab.get('play-scenario', { path: REGULARS })).toMatchObject({ type: 'played', passed: true });
  expect(server.seen.length).toBeGreaterThan(seen);
});

it('calls no server before the user has confirmed its URL', async () => {
  server = await startSdkServer([Greet]);
  const tab = await opened(remoteAt(`${server.origin}/statefun`), false);
  for (const type of ['play-scenario', 'compare-scenario'] as const) {
    expect(await tab.ask(type, { path: REGULARS, functions: null })).toMatchObject({ ok: false, error: { code: 'unconfirmed-remotes' } });
  }
  expect(server.seen).toEqual([]);
});

it('compares nothing where no function is remote, or none of those has code here', async () => {
  server = await startSdkServer([Greet]);
  const local = await opened(loadExample('greeter'));
  expect(await local.ask('compare-scenario', { path: REGULARS, functions: null })).toMatchObject({
    ok: false,
    error: { code: 'bad-request' },
  });
  const files = new Map([...loadExample('greeter'), [filePath('functions/greet.ts'), 'export {};\n']]);
  const codeless = await opened(remoteAt(`${server.origin}/statefun`, files));
  expect(await codeless.get('compare-scenario', { path: REGULARS, functions: null })).toMatchObject({
    type: 'not-played',
    why: { type: 'project', problems: [{ code: 'nothing-to-compare' }] },
  });
});

it('does not wait, once it is cancelled, for a server that never answers', async () => {
  server = await startHttp(() => undefined);
  const tab = await opened(remoteAt(`${server.origin}/statefun`));
  const comparing = tab.get('compare-scenario', { path: REGULARS, functions: null });
  while (server.seen.length === 0) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  await tab.get('cancel-scenario', {});
  expect(await comparing).toMatchObject({ type: 'compared', interrupted: true });
  expect(tab.sandboxes.filter(({ closed }) => !closed)).toEqual([]);
});
