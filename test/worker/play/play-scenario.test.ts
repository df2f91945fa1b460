import { describe, expect, it } from 'vitest';
import { filePath, typename } from '../../../src/base/ids.ts';
import type { FilePath } from '../../../src/base/ids.ts';
import { EXAMPLES } from '../../../src/examples/registry.ts';
import { folderWith, runCommand } from '../../support/command-line.ts';
import { loadExample } from '../../support/load-example.ts';
import { nodeBrowser } from '../../support/studio-in-node.ts';
import type { NodeTab } from '../../support/studio-in-node.ts';

type Files = ReadonlyMap<FilePath, string>;

const GREET = filePath('functions/greet.ts');
const OWN = filePath('scenarios/own.yaml');

async function opened(files: Files): Promise<NodeTab> {
  const tab = await nodeBrowser().open();
  const { id } = await tab.get('create-project', { name: 'test', files });
  await tab.get('open-project', { id });
  return tab;
}

function greeterWith(scenario: string, code?: (text: string) => string): Files {
  const files = loadExample('greeter');
  return new Map([...files, [OWN, scenario], [GREET, (code ?? ((text) => text))(files.get(GREET) ?? '')]]);
}

async function play(files: Files, path = OWN) {
  const tab = await opened(files);
  const verdict = await tab.get('play-scenario', { path });
  if (verdict.type !== 'played') {
    throw new Error(JSON.stringify(verdict.why));
  }
  return verdict;
}

/** What `statefun-studio test --json` says of each scenario. */
async function onTheCommandLine(files: Files) {
  const { out } = await runCommand('test', await folderWith(files), '--json');
  const report = JSON.parse(out) as {
    readonly scenarios: readonly {
      scenario: string;
      passed: boolean;
      traceHash: string;
      millis: number;
      expectations: number;
      failures: unknown[];
    }[];
  };
  return report.scenarios;
}

describe.each(EXAMPLES.map(({ id }) => id))('scenarios of the example %s', (id) => {
  it('have in the app the verdict and the trace that the command line gives', async () => {
    const files = loadExample(id);
    const expected = await onTheCommandLine(files);
    expect(expected.length).toBeGreaterThan(1);
    const tab = await opened(files);
    for (const { scenario, passed, traceHash, millis, expectations } of expected) {
      const verdict = await tab.get('play-scenario', { path: filePath(`scenarios/${scenario}.yaml`) });
      expect(verdict).toMatchObject({ type: 'played', passed, traceHash, millis, expectations, end: { type: 'done' } });
    }
    expect(tab.sandboxes.filter(({ closed }) => !closed)).toEqual([]);
  });
});

it('fails in the app as on the command line, with the place, what was expected and what is there', async () => {
  const files = new Map([...loadExample('greeter'), [GREET, (loadExample('greeter').get(GREET) ?? '').replace('?? 0) + 1', '?? 0) + 2')]]);
  const expected = (await onTheCommandLine(files)).find(({ scenario }) => scenario === 'regulars');
  const verdict = await play(files, filePath('scenarios/regulars.yaml'));
  expect(verdict.passed).toBe(false);
  expect(verdict.traceHash).toBe(expected?.traceHash);
  expect(verdict.failures.map(({ diff: _diff, calls: _calls, called: _called, ...failure }) => failure)).toEqual(expected?.failures);
  expect(verdict.failures[1]).toMatchObject({ place: { line: 24 }, expected: '3', actual: '6' });
});

it('names the last calls behind a state that is not as expected, each ready for the bench', async () => {
  const verdict = await play(
    greeterWith(`steps:
  - send:
      - { topic: visits, key: Ada, json: { name: Ada } }
      - { topic: visits, key: Grace, json: { name: Grace } }
  - wait: 5 s
  - send: { topic: visits, key: Ada, json: { name: Ada } }
expect:
  - { function: greeter/greet, id: Ada, state: visits, json: 7 }
`),
  );
  const [failure] = verdict.failures;
  expect(failure?.calls.map(({ typename: type, id, at, failure: thrown }) => [type, id, at >= 5000, thrown])).toEqual([
    ['greeter/greet', 'Ada', true, null],
    ['greeter/greet', 'Ada', false, null],
  ]);
  expect(failure?.calls[0]?.input).toMatchObject({
    typename: 'greeter/greet',
    id: 'Ada',
    // Built-in ints are varints behind a tag: 1.
    states: [{ name: 'visits', value: { bytes: Uint8Array.from([0x0d, 1, 0, 0, 0]) } }],
  });
});

it('leads from an expectation about an egress to the calls that wrote there, and from one about failures to those that failed', async () => {
  const verdict = await play(
    greeterWith(
      `settings: { restartStrategy: { type: none } }
steps:
  - send: { topic: visits, key: Ada, json: { name: Ada } }
  - wait: 5 s
  - send: { topic: visits, key: Eve, json: { name: Eve } }
  - wait: 10 s
expect:
  - { egress: greeter/greetings, count: 2 }
  - failures: none
`,
      (text) => text.replace('const visit =', "if (context.self.id === 'Eve') { throw new Error('not Eve'); }\n    const visit ="),
    ),
  );
  const [egress, failures] = verdict.failures;
  expect(egress?.calls.map(({ id }) => id)).toEqual(['Ada']);
  expect(failures?.calls).toMatchObject([
    { id: 'Eve', failure: { message: 'Error: not Eve', place: { path: GREET, line: 11 } }, input: { id: 'Eve' } },
  ]);
  expect(verdict.callFailures).toMatchObject([{ function: 'greeter/greet', reason: 'threw', place: { path: GREET, line: 11 } }]);
});

it('puts no calls behind a step that cannot be played, and names those that failed beside it', async () => {
  const verdict = await play(
    greeterWith(
      `settings: { restartStrategy: { type: fixed-delay, delay: 1 s } }
steps:
  - send:
      - { topic: visits, key: Ada, json: { name: Ada } }
      - { topic: visits, key: Eve, json: { name: Eve } }
expect:
  - { egress: greeter/greetings, count: 2 }
`,
      (text) => text.replace('const visit =', "if (context.self.id === 'Eve') { throw new Error('not Eve'); }\n    const visit ="),
    ),
  );
  expect(verdict.failures).toMatchObject([{ type: 'step', calls: [], message: expect.stringContaining('not idle') as string }]);
  expect(verdict.jobFailures).toMatchObject([{ code: 'call-budget-spent', place: { path: GREET, line: 11 } }]);
  expect(verdict.failedCalls).toMatchObject([{ id: 'Eve', input: { id: 'Eve' } }]);
});

it('gives a call step that fails as the call that the bench would make', async () => {
  const verdict = await play(
    greeterWith(`steps:
  - call:
      function: greeter/greet
      id: Ada
      states: { state: visits, type: io.statefun.types/int, json: 2 }
      messages: { type: greeter.types/visit, json: { name: Ada, door: north } }
      reply: { states: [{ state: visits, json: 4 }] }
`),
  );
  const called = verdict.failures[0]?.called;
  expect(called).toMatchObject({ typename: typename('greeter/greet'), id: 'Ada', states: [{ name: 'visits' }] });
  const tab = await opened(loadExample('greeter'));
  const tried = called === null || called === undefined ? null : await tab.get('try-function', { input: called, logpoints: [] });
  expect(tried).toMatchObject({ outcome: { type: 'completed' }, states: [{ name: 'visits', after: { text: '3' } }] });
});

it('touches neither the run there is nor its trace, and stores nothing', async () => {
  const tab = await opened(loadExample('greeter'));
  await tab.get('start-run', { speed: 'max', play: false });
  await tab.phase('stopped');
  const before = { status: tab.status(), trace: await tab.get('trace-hash', {}) };
  await tab.get('play-scenario', { path: filePath('scenarios/regulars.yaml') });
  expect({ status: tab.status(), trace: await tab.get('trace-hash', {}) }).toEqual(before);
});

it('tells what keeps a file from being played, and what keeps the project from it', async () => {
  const tab = await opened(greeterWith('steps:\n  - send: { topic: visit, key: Ada, json: {} }\n'));
  expect(await tab.get('play-scenario', { path: OWN })).toMatchObject({
    type: 'not-played',
    why: { type: 'scenario', problems: [{ line: 2, message: expect.stringContaining('Write visits.') as string }] },
  });
  const broken = await opened(greeterWith('steps:\n  - wait: 1 s\n', (text) => text.replace('fn(context', 'fn((context')));
  expect(await broken.get('play-scenario', { path: OWN })).toMatchObject({
    type: 'not-played',
    why: { type: 'project', problems: [{ place: { path: GREET, line: 10 } }] },
  });
  expect(await tab.ask('play-scenario', { path: filePath('scenarios/none.yaml') })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
});

it('says that a job which fails of the same thing for ever does so', async () => {
  const verdict = await play(
    greeterWith(`settings: { restartStrategy: { type: fixed-delay, delay: 1 s } }
steps:
  - send: { topic: visits, text: nobody }
  - wait: 10 d
`),
  );
  expect(verdict).toMatchObject({
    passed: false,
    jobFailures: [{ code: 'record-without-key', times: 1000, place: null }],
    end: { type: 'looping', times: 1000, message: expect.stringContaining('UTF-8 key') as string },
  });
});

describe('Cancel', () => {
  const ENDLESS = `steps:
  - send: { topic: visits, key: Ada, json: { name: Ada }, repeat: 1000000, rate: { perSecond: 10 } }
  - wait: 30 d
`;

  it('ends a long scenario as interrupted, after it has told how far it is, and closes its sandbox', async () => {
    const tab = await opened(greeterWith(ENDLESS));
    const playing = tab.get('play-scenario', { path: OWN });
    await until(() => tab.events.some((event) => event.type === 'scenario-progress' && event.path === OWN && event.messages > 0));
    await tab.get('cancel-scenario', {});
    expect(await playing).toMatchObject({ type: 'played', passed: false, end: { type: 'interrupted' }, failures: [] });
    expect(tab.sandboxes.map(({ closed }) => closed)).toEqual([true]);
  });

  it.each([
    ['in the run', 'send: { topic: visits, key: Ada, json: { name: Ada } }'],
    ['called alone', 'call: { function: greeter/greet, id: Ada, messages: { type: greeter.types/visit, json: {} } }'],
  ])('does not wait for a function that never returns, %s', async (_, step) => {
    const files = greeterWith(`steps:\n  - ${step}\n  - wait: 1 s\n`, (text) =>
      text.replace('const visit =', 'for (;;) {}\n    const visit ='),
    );
    const settings = filePath('studio.json');
    const studio = JSON.parse(files.get(settings) ?? '{}') as { settings?: object };
    const patient = JSON.stringify({ ...studio, settings: { ...studio.settings, invocationLimitMillis: 60_000 } });
    const tab = await opened(new Map([...files, [settings, patient]]));
    const playing = tab.get('play-scenario', { path: OWN });
    await until(() => tab.events.some((event) => event.type === 'scenario-progress'));
    await tab.get('cancel-scenario', {});
    expect(await playing).toMatchObject({ end: { type: 'interrupted' }, failures: [] });
  });

  it('comes with the next play and with the end of the project', async () => {
    const tab = await opened(greeterWith(ENDLESS));
    const first = tab.get('play-scenario', { path: OWN });
    await until(() => tab.events.some((event) => event.type === 'scenario-progress'));
    const second = tab.get('play-scenario', { path: OWN });
    expect(await first).toMatchObject({ end: { type: 'interrupted' } });
    await until(() => tab.sandboxes.length === 2);
    await tab.get('close-project', {});
    expect(await second).toMatchObject({ end: { type: 'interrupted' } });
  });
});

/** The worker's own turns: each look comes after whatever it had to say. */
async function until(test: () => boolean): Promise<void> {
  while (!test()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
