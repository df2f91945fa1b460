import { mkdtemp, readFile, readdir, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtCommandLine } from '../../scripts/build-cli.mjs';
import { createTraceHash } from '../../src/runtime/trace-hash.ts';
import { folderWith, repository, runCommand, startCommand } from '../support/command-line.ts';
import { loadExample } from '../support/load-example.ts';

const greeter = join(repository, 'src/examples/greeter/project');
const fraud = join(repository, 'src/examples/fraud-detection/project');

beforeAll(() => {
  builtCommandLine();
});

function greeterWith(changes: Readonly<Record<string, string>>): Promise<string> {
  return folderWith(new Map<string, string>([...loadExample('greeter'), ...Object.entries(changes)]));
}

async function emptyFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'statefun-cli-'));
}

describe('the program', () => {
  it('says its version', async () => {
    const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { version: string };
    expect(await runCommand('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it.each([
    [[], 'Usage: statefun-studio COMMAND'],
    [['chekc', 'x'], 'There is no command chekc. Did you mean check?'],
    [['--verson'], 'There is no option --verson.'],
    [['simulate', '.', '--seeed', '1'], 'simulate has no option --seeed. Did you mean --seed?'],
    [['simulate', '.', '--until', 'soon'], '--until takes a duration such as 90s, 15m or 31d, not "soon".'],
    [['simulate', '.', '--until', '-5s'], '--until takes a duration'],
    [['simulate', '.', '--max-restarts', 'many'], '--max-restarts takes a whole number, not "many".'],
    [['check'], 'check needs FILE|DIR'],
    [['check', '.', '--allow-kind', 'thing'], '--allow-kind takes a kind NS/TYPE'],
    [['export', greeter], 'export needs --out DIR2'],
  ])('ends with 2 for %j', async (args, message) => {
    const { code, out, err } = await runCommand(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it.each([
    [['simulate', '/nowhere/at/all'], '/nowhere/at/all: there is no such file or folder'],
    [['simulate', join(greeter, 'module.yaml')], 'is a file; name the project’s folder.'.replace('’', "'")],
    [['simulate', join(repository, 'scripts')], 'holds no module.yaml: it is not a project'],
    [['simulate', greeter, '--trace', '/nowhere/at/all/out.jsonl'], '/nowhere/at/all/out.jsonl: there is no such file or folder'],
    [['simulate', greeter, '--trace', tmpdir()], 'it is a folder, not a file'],
    [['simulate', greeter, '--scenario', 'regular'], 'There is no scenario "regular". Did you mean regulars?'],
    [['test', fraud, '--scenario', 'none'], 'There is no scenario "none". There are: alerts, confirmations'],
    [['test', greeter, '--junit', '/nowhere/report.xml', '--scenario', 'regulars'], '/nowhere/report.xml: there is no such file or folder'],
    [['export', '/nowhere/at/all', '--out', '/tmp/x'], '/nowhere/at/all: there is no such file or folder'],
    [['export', greeter, '--out', join(repository, 'package.json')], 'there is a file of that name, not a folder'],
    [['check', '/nowhere/module.yaml'], '/nowhere/module.yaml: there is no such file or folder'],
  ])('ends with 3 and one line for %j', async (args, message) => {
    const { code, err } = await runCommand(...args);
    expect(code).toBe(3);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toContain(message);
  });
});

describe('check', () => {
  it('accepts a good project', async () => {
    const { code, out, err } = await runCommand('check', greeter);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`${greeter}/module.yaml: accepted\n`);
  });

  it('ends with 1 where the loader rejects, with place, code, source line and mark', async () => {
    const folder = await folderWith({ 'm.yaml': 'kind: com.example/thing\nspec:\n  a: 1\n' });
    const { code, out } = await runCommand('check', join(folder, 'm.yaml'));
    expect(code).toBe(1);
    expect(out).toMatch(
      /m\.yaml: rejected: StateFun does not load it\n.*m\.yaml:1:\d+ error\(load\) [a-z-]+ .+\n  1 \| kind: com\.example\/thing\n {4}\| +\^/,
    );
  });

  it('prints an array of verdicts with --json, the keys in the documented order', async () => {
    const folder = await folderWith({ 'm.yaml': 'kind: com.example/thing\nspec:\n  a: 1\n' });
    const { code, out } = await runCommand('check', join(folder, 'm.yaml'), join(greeter, 'module.yaml'), '--json');
    expect(code).toBe(1);
    const verdicts = JSON.parse(out) as Record<string, unknown>[];
    expect(verdicts.map((verdict) => Object.keys(verdict))).toEqual([
      ['file', 'load', 'start', 'call', 'components', 'problems'],
      ['file', 'load', 'start', 'call', 'components', 'problems'],
    ]);
    expect(verdicts.map(({ file, load }) => [file, load])).toEqual([
      [join(folder, 'm.yaml'), 'reject'],
      [join(greeter, 'module.yaml'), 'accept'],
    ]);
  });

  it('tells code and scenarios that cannot be used, and ends with 1', async () => {
    const folder = await greeterWith({ 'functions/greet.ts': 'export const a = {;\n', 'scenarios/a.yaml': 'steps:\n  - snd: 1\n' });
    const { code, out } = await runCommand('check', folder);
    expect(code).toBe(1);
    expect(out).toContain(`${folder}/functions/greet.ts:2:1 error syntax-error`);
    expect(out).toContain(`${folder}/scenarios/a.yaml:2:5 error scenario-unknown-key`);
    expect(out).toContain(`${folder}/module.yaml: accepted`);
  });
});

describe('simulate', () => {
  it('gives the same run twice, and the trace as lines of JSON whose hash it names', async () => {
    const folder = await emptyFolder();
    const [first, second, other] = await Promise.all([
      runCommand('simulate', greeter, '--until', '2m', '--json', '--trace', join(folder, 'a.jsonl')),
      runCommand('simulate', greeter, '--until', '2m', '--json', '--trace', join(folder, 'b.jsonl')),
      runCommand('simulate', greeter, '--until', '2m', '--json', '--seed', 'another'),
    ]);
    expect([first.code, second.code, other.code]).toEqual([0, 0, 0]);
    expect(second.out).toBe(first.out);
    const summary = JSON.parse(first.out) as { trace: { events: number; hash: string }; egress: unknown; stopped: string };
    expect(summary.stopped).toBe('until');
    const text = await readFile(join(folder, 'a.jsonl'), 'utf8');
    expect(await readFile(join(folder, 'b.jsonl'), 'utf8')).toBe(text);
    const lines = text.trimEnd().split('\n');
    const hash = createTraceHash(null);
    lines.forEach((line, index) => {
      hash.add(line);
      const event = JSON.parse(line) as Record<string, unknown>;
      expect(Object.keys(event).slice(0, 3)).toEqual(['seq', 'at', 'type']);
      expect(event['seq']).toBe(index + 1);
    });
    expect(summary.trace).toEqual({ events: lines.length, hash: hash.hex() });
    expect((JSON.parse(other.out) as typeof summary).trace.hash).not.toBe(summary.trace.hash);
  });

  it('writes the trace to standard output for -, and the summary beside it', async () => {
    const { code, out, err } = await runCommand('simulate', greeter, '--until', '5s', '--trace', '-');
    expect(code).toBe(0);
    expect(out.startsWith('{"seq":1,')).toBe(true);
    expect(err).toContain('The time is up.');
  });

  it('stops where the job would fail of the same thing for ever, says of what, and ends with 1', async () => {
    const code = `import { StateFun } from 'apache-flink-statefun';
      export const Greet = { typename: 'greeter/greet', specs: [], fn: () => { throw new Error('no greeting today'); } };`;
    const ended = await runCommand('simulate', await greeterWith({ 'functions/greet.ts': code }), '--max-restarts', '2');
    expect(ended.code).toBe(1);
    expect(ended.out).toContain('Stopped: the job failed 2 times of the same thing');
    expect(ended.out).toContain('Error: no greeting today (functions/greet.ts:2:');
  });

  it('ends with 1 for code that does not load, naming the place', async () => {
    const folder = await greeterWith({ 'functions/greet.ts': 'export const a = {;\n' });
    expect(await runCommand('simulate', folder)).toMatchObject({
      code: 1,
      err: expect.stringContaining(`${folder}/functions/greet.ts:2:1`),
    });
  });

  it('plays a scenario in place of the feeds', async () => {
    const { code, out } = await runCommand('simulate', greeter, '--scenario', 'regulars', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ stopped: 'idle', scenario: { failed: 0 }, records: { unread: 0 } });
  });

  it('ends at Ctrl+C with what was done so far, and 130', async () => {
    const folder = await emptyFolder();
    const run = startCommand(['simulate', greeter, '--until', '31d', '--trace', '-'], folder);
    await run.says('"seq":100,');
    run.child.kill('SIGINT');
    const { code, out, err } = await run.ended;
    expect(code).toBe(130);
    expect(err).toContain('Interrupted.');
    const events = out.trimEnd().split('\n').length;
    expect(err.replaceAll(',', '')).toContain(`${events} events`);
  });
});

describe('test', () => {
  it('plays every scenario of each example', async () => {
    const results = await Promise.all(
      ['greeter', 'shopping-cart', 'fraud-detection'].map((name) => runCommand('test', join(repository, 'src/examples', name, 'project'))),
    );
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it('ends with 1 on a failed expectation, with its place, what was expected and what was there', async () => {
    const scenario = `steps:
  - send: { topic: visits, key: Ada, json: { name: Ada, door: north } }
expect:
  - egress: greeter/greetings
    records:
      - { key: Ada, json: { name: Ada, visits: 2, text: 'Welcome, Ada.' } }
`;
    const folder = await greeterWith({ 'scenarios/two.yaml': scenario });
    const report = join(folder, 'report.xml');
    const [text, json] = await Promise.all([
      runCommand('test', folder, '--scenario', 'two', '--junit', report),
      runCommand('test', folder, '--scenario', 'two', '--json'),
    ]);
    expect([text.code, json.code]).toEqual([1, 1]);
    expect(text.out).toContain('FAIL  two');
    expect(text.out).toMatch(/scenarios\/two\.yaml:4:\d+: /);
    expect(JSON.parse(json.out)).toMatchObject({
      passed: 0,
      failed: 1,
      scenarios: [{ scenario: 'two', passed: false, failures: [{ type: 'expectation', place: { line: 4 } }] }],
    });
    const xml = await readFile(report, 'utf8');
    expect(xml).toContain('<testsuites tests="1" failures="1">');
    expect(xml).toContain('<testcase name="two"');
  });

  it('fails a scenario that names a topic which no ingress reads, with its place', async () => {
    const folder = await greeterWith({ 'scenarios/wrong.yaml': 'steps:\n  - send:\n      topic: vists\n      text: a\n' });
    const { code, out } = await runCommand('test', folder, '--scenario', 'wrong');
    expect(code).toBe(1);
    expect(out).toMatch(/scenarios\/wrong\.yaml:3:\d+: No ingress reads topic vists\. Write visits\./);
  });

  it('says so where there are no scenarios', async () => {
    const folder = await folderWith(new Map([...loadExample('greeter')].filter(([path]) => !path.startsWith('scenarios/'))));
    expect(await runCommand('test', folder)).toMatchObject({ code: 3, err: expect.stringContaining('holds no scenarios') });
  });
});

describe('export', () => {
  it('writes the project and what runs it, and refuses a folder that holds something', async () => {
    const out = join(await emptyFolder(), 'deep/er');
    expect((await runCommand('export', greeter, '--out', out)).code).toBe(0);
    expect(await readFile(join(out, 'module.yaml'))).toEqual(await readFile(join(greeter, 'module.yaml')));
    expect(await readdir(out)).toEqual(expect.arrayContaining(['functions', 'package.json', 'package-lock.json', 'server']));
    const again = await runCommand('export', greeter, '--out', out);
    expect(again).toMatchObject({ code: 3, err: expect.stringContaining('is not empty') });
  });

  it('writes no server where the functions are served elsewhere, and says how to run StateFun', async () => {
    const folder = await folderWith(new Map([['module.yaml', await readFile(join(greeter, 'module.yaml'), 'utf8')]]));
    const to = join(await emptyFolder(), 'x');
    const { code, out } = await runCommand('export', folder, '--out', to, '--kubernetes', '--checkpoints', 's3://a/b');
    expect(code).toBe(0);
    expect(out).toMatch(/\n {2}docker compose up\n$/);
    expect((await readdir(to)).sort()).toEqual(
      ['.gitignore', 'README.md', 'compose.yaml', 'flink-conf.yaml', 'k8s', 'kustomization.yaml', 'module.yaml'].sort(),
    );
  });

  it('asks for what it cannot know, one line each', async () => {
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [['--out', 'a', '--zip', 'b'], 'export writes one of the two: --out DIR2 or --zip FILE.'],
      [['--out', 'a', '--kubernetes'], '--kubernetes needs --checkpoints URI|claim:NAME: it cannot be guessed.'],
      [
        ['--out', '/tmp/never-written', '--kubernetes', '--checkpoints', 's3://a/b'],
        '--kubernetes needs --functions-image NAME: it cannot be guessed.',
      ],
      [['--out', 'a', '--servers', 'there'], '--servers takes as-is or local, not "there".'],
      [['--out', 'a', '--functions-image', 'x:1'], '--functions-image and --checkpoints go with --kubernetes.'],
      [
        ['--out', 'a', '--kubernetes', '--checkpoints', 's3://a/b', '--functions-image', 'No Image'],
        'Name the image of the function server as the cluster pulls it',
      ],
      [['--out', 'a', '--target', 'kzmlabs'], '--runtime-image NAME'],
      [['--out', 'a', '--kafka', 'mine'], '--kafka takes as-is or local, not "mine".'],
      [['--out', 'a', '--topic', 'no good'], '“no good” cannot be the name of a topic'],
    ];
    for (const [args, message] of wrong) {
      expect(await runCommand('export', greeter, ...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
    }
  });

  it('names secrets with their places on standard error and never prints them, and check tells them as notes', async () => {
    const folder = await greeterWith({ '.env': 'TOKEN=hunter2hunter2\n', 'functions/key.ts': "export const apiKey = 'hunter2hunter2';\n" });
    const { code, out, err } = await runCommand('export', folder, '--out', join(await emptyFolder(), 'x'), '--json');
    expect(code).toBe(0);
    expect(err).toContain('functions/key.ts:1: is this a secret?');
    expect(err).toContain('.env: is this a secret?');
    expect(JSON.parse(out)).toMatchObject({
      secrets: [
        { path: '.env', line: null },
        { path: 'functions/key.ts', line: 1 },
      ],
    });
    const without = join(await emptyFolder(), 'y');
    const left = await runCommand('export', folder, '--out', without, '--without-secrets', '--json');
    expect(left.err).toContain('functions/key.ts:1: a value that is called a secret: process.env.API_KEY');
    expect(JSON.parse(left.out)).toMatchObject({ secrets: [], leftOut: [{ path: '.env' }, { path: 'functions/key.ts', name: 'API_KEY' }] });
    for (const entry of await readdir(without, { recursive: true, withFileTypes: true })) {
      expect(entry.isFile() ? await readFile(join(entry.parentPath, entry.name), 'utf8') : '').not.toContain('hunter2');
    }
    expect(await readFile(join(folder, 'functions/key.ts'), 'utf8')).toContain('hunter2hunter2');
    const checked = await runCommand('check', folder);
    expect(checked.code).toBe(0);
    expect(checked.out).toContain('functions/key.ts:1:1 info possible-secret');
    expect(out + err + checked.out).not.toContain('hunter2');
  });

  it('writes over with --force and deletes nothing that it did not write', async () => {
    const out = await emptyFolder();
    await mkdir(join(out, 'functions'));
    await writeFile(join(out, 'functions/mine.txt'), 'mine');
    await writeFile(join(out, 'package.json'), '{}');
    const { code, out: text } = await runCommand('export', greeter, '--out', out, '--force', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ out, ports: [8000], replaced: [] });
    expect(await readFile(join(out, 'functions/mine.txt'), 'utf8')).toBe('mine');
    expect(JSON.parse(await readFile(join(out, 'package.json'), 'utf8'))).toMatchObject({ name: 'project' });
  });
});
