import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtCommandLine } from '../../scripts/build-cli.mjs';
import { MODULE_YAML } from '../../src/model/project.ts';
import { folderWith, runCommand } from '../support/command-line.ts';
import { loadExample } from '../support/load-example.ts';

beforeAll(() => {
  builtCommandLine();
});

const SEND = 'steps:\n  - send: { topic: visits, key: Ada, json: { name: Ada, door: north } }\n';

/** The greeter with other files, without its scenarios; null takes a file away. */
function project(changes: Readonly<Record<string, string | null>>): Promise<string> {
  const files = [...loadExample('greeter')].filter(([path]) => !path.startsWith('scenarios/'));
  const given = Object.entries(changes).flatMap(([path, text]) => (text === null ? [] : [[path, text] as const]));
  return folderWith(new Map<string, string>([...files.filter(([path]) => changes[path] === undefined), ...given]));
}

function greetThat(does: string, typename = 'greeter/greet'): string {
  return `export const Greet = {\n  typename: '${typename}',\n  specs: [],\n  fn: () => {\n    ${does}\n  },\n};\n`;
}

const THREW = {
  function: 'greeter/greet',
  reason: 'threw',
  message: 'ReferenceError: missing is not defined',
  place: { path: 'functions/greet.ts', line: 5, column: 5 },
};

describe('a function that throws', () => {
  const files = { 'functions/greet.ts': greetThat('missing();'), 'scenarios/one.yaml': SEND };

  it('is named by simulate with what it threw, where and how often, and the exit code is 1', async () => {
    const folder = await project(files);
    const [text, json] = await Promise.all([
      runCommand('simulate', folder, '--until', '30s'),
      runCommand('simulate', folder, '--until', '30s', '--json'),
    ]);
    expect([text.code, json.code]).toEqual([1, 1]);
    expect(text.out).toMatch(/greeter\/greet threw ReferenceError: missing is not defined \(functions\/greet\.ts:5:5\), \d+ attempts\n/);
    expect(text.out).toContain('1 address still failed at the end');
    const summary = JSON.parse(json.out) as { failedCalls: number };
    expect(summary).toMatchObject({ callFailures: [{ ...THREW, attempts: summary.failedCalls }], unanswered: 1, noneAnswered: true });
  });

  it('is named by test below a scenario that is not idle in time', async () => {
    const folder = await project({ ...files, 'scenarios/one.yaml': `${SEND}  - wait: { until: idle, atMost: 20 s }\n` });
    const [text, json] = await Promise.all([runCommand('test', folder), runCommand('test', folder, '--json')]);
    expect([text.code, json.code]).toEqual([1, 1]);
    expect(text.out).toContain('was not idle');
    expect(text.out).toContain('failed call: greeter/greet threw ReferenceError: missing is not defined (functions/greet.ts:5:5), ');
    expect(JSON.parse(json.out)).toMatchObject({ scenarios: [{ played: true, callFailures: [THREW] }] });
  });

  it('fails the run where one message of many is never answered, also where the job has ended by then', async () => {
    const steps = `${SEND}  - send: { topic: visits, key: Bob, json: { name: Bob, door: north } }\n`;
    const folder = await project({
      'functions/greet.ts': `export const Greet = {
  typename: 'greeter/greet',
  specs: [],
  fn(context) {
    if (context.self.id === 'Bob') throw new Error('not Bob');
  },
};`,
      'scenarios/short.yaml': `settings: { generators: true }\n${steps}  - wait: 5 s\n`,
      'scenarios/ended.yaml': `settings: { restartStrategy: { type: none } }\n${steps}`,
      'studio.json': '{ "version": 1 }',
    });
    const [short, ended] = await Promise.all([
      runCommand('simulate', folder, '--scenario', 'short', '--json'),
      runCommand('simulate', folder, '--scenario', 'ended', '--json'),
    ]);
    expect(JSON.parse(short.out)).toMatchObject({ stopped: 'idle', calls: 1, unanswered: 1, noneAnswered: false });
    expect(JSON.parse(ended.out)).toMatchObject({ stopped: 'ended', calls: 1, unanswered: 1, noneAnswered: false });
    expect([short.code, ended.code]).toEqual([1, 1]);
  });

  it('leaves the exit code at 0 where every call was answered in the end', async () => {
    const once = `export const Greet = { typename: 'greeter/greet', specs: [], fn: () => {} };`;
    const fault = '  - fault: { functions: greeter/greet, type: status, status: 503, calls: 2 }\n';
    const folder = await project({ 'functions/greet.ts': once, 'scenarios/one.yaml': `steps:\n${fault}${SEND.slice(7)}` });
    const { code, out } = await runCommand('simulate', folder, '--scenario', 'one', '--json');
    expect(JSON.parse(out)).toMatchObject({ failedCalls: 2, callFailures: [{ reason: 'http-status', attempts: 2 }], unanswered: 0 });
    expect(code).toBe(0);
  });
});

describe('a function that does not return', () => {
  it('is named as soon as its time is over, and in the summary, with the limit', async () => {
    const folder = await project({
      'functions/greet.ts': greetThat('while (true) {}'),
      'scenarios/one.yaml': SEND,
      'studio.json': '{ "version": 1, "settings": { "invocationLimitMillis": 300 } }',
    });
    const { code, out, err } = await runCommand('simulate', folder, '--scenario', 'one', '--until', '1m');
    expect(code).toBe(1);
    const said = 'greeter/greet did not return within 300 ms of real time: a loop goes on and on (functions/greet.ts:';
    expect(err.split(said)).toHaveLength(2);
    expect(err).toMatch(/functions\/greet\.ts:\d+:\d+\)\. Each call of it takes so long \(settings\.invocationLimitMillis\)\.\n/);
    expect(out).toContain(said);
  });
});

describe('a project that is not whole', () => {
  it('names a routed function without code, and the nearest that has code', async () => {
    const folder = await project({ 'functions/greet.ts': greetThat('', 'greeter/gret'), 'scenarios/one.yaml': SEND });
    const said = 'records go to greeter/greet, which no code defines: a stand-in takes them and does nothing. Did you mean greeter/gret?';
    const [simulated, tested] = await Promise.all([
      runCommand('simulate', folder, '--until', '5s', '--json'),
      runCommand('test', folder, '--json'),
    ]);
    expect([simulated.err, tested.err]).toEqual([expect.stringContaining(said), expect.stringContaining(said)]);
    expect(JSON.parse(simulated.out)).toMatchObject({ warnings: [expect.stringContaining(said)] });
    expect(JSON.parse(tested.out)).toMatchObject({ warnings: [expect.stringContaining(said)] });
  });

  it.each(['simulate', 'test'])('ends %s with 1 and the place where studio.json cannot be read', async (command) => {
    const folder = await project({ 'studio.json': '{\n  "version": 1,\n  "feeds": [,]\n}\n', 'scenarios/one.yaml': SEND });
    const { code, err } = await runCommand(command, folder);
    expect(code).toBe(1);
    expect(err).toMatch(/studio\.json:3:\d+ studio-unreadable studio\.json cannot be read/);
  });

  it('says that there are no records where nothing feeds the run', async () => {
    const { code, out } = await runCommand('simulate', await project({ 'studio.json': null }));
    expect(code).toBe(0);
    expect(out).toContain('No records: studio.json has no feeds and no scenario was given.');
  });

  it('tells of a rejected module once, whatever the number of scenarios', async () => {
    const module = loadExample('greeter').get(MODULE_YAML) ?? '';
    const changes = { 'module.yaml': module.replace('topics:', 'topic:'), 'scenarios/one.yaml': SEND, 'scenarios/two.yaml': SEND };
    const folder = await project(changes);
    const [tested, simulated, json] = await Promise.all([
      runCommand('test', folder),
      runCommand('simulate', folder),
      runCommand('test', folder, '--json'),
    ]);
    for (const { code, err } of [tested, simulated]) {
      expect(code).toBe(1);
      expect(err).toMatch(
        /^statefun-studio: .*\/module\.yaml:\d+:\d+ [a-z-]+ .+\nstatefun-studio: statefun-studio check .* shows all that is wrong\.\n$/,
      );
    }
    expect(tested.out).toBe('FAIL  one  (not played)\nFAIL  two  (not played)\n2 scenarios: 0 passed, 2 failed (2 not played).\n');
    expect(JSON.parse(json.out)).toMatchObject({ failed: 2, notPlayed: 2 });
  });

  it('does not send to check for what only shows when the code is loaded', async () => {
    const folder = await project({
      'functions/late.ts': "import { StateFun } from 'apache-flink-statefun';\nexport const Long = StateFun.longType();\n",
    });
    const { code, err } = await runCommand('simulate', folder);
    expect({ code, err }).toEqual({
      code: 1,
      err: `statefun-studio: ${join(folder, 'functions/late.ts')}:2:30 load-error TypeError: StateFun.longType is not a function\n`,
    });
    expect((await runCommand('check', folder)).code).toBe(0);
  });

  it.each(['simulate', 'test'])('ends %s with 1 for a scenario that cannot be used', async (command) => {
    const folder = await project({ 'scenarios/odd.yaml': 'steps:\n  - snd: 1\n', 'scenarios/topic.yaml': SEND.replace('visits', 'vists') });
    const [odd, topic] = await Promise.all([
      runCommand(command, folder, '--scenario', 'odd'),
      runCommand(command, folder, '--scenario', 'topic'),
    ]);
    expect([odd.code, topic.code]).toEqual([1, 1]);
  });
});

describe('--until', () => {
  it('takes no number without its unit', async () => {
    const { code, err } = await runCommand('simulate', '.', '--until', '90');
    expect(code).toBe(2);
    expect(err).toContain('--until takes a number with its unit, such as 90s or 90ms, not "90".');
  });

  it('shows the time that was reached, not that of the last event', async () => {
    const folder = await project({});
    const [text, json] = await Promise.all([
      runCommand('simulate', folder, '--until', '5s'),
      runCommand('simulate', folder, '--until', '5s', '--json'),
    ]);
    expect(text.out).toContain('The time is up. Virtual time: 5 s.');
    expect(JSON.parse(json.out)).toMatchObject({ stopped: 'until', millis: 5000 });
  });
});
