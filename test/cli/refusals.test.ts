import { execFile, spawnSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtCommandLine } from '../../scripts/build-cli.mjs';
import { MODULE_YAML } from '../../src/model/project.ts';
import { folderWith, repository, runCommand, startCommand } from '../support/command-line.ts';
import { loadExample } from '../support/load-example.ts';

beforeAll(() => {
  builtCommandLine();
});

const greeter = join(repository, 'src/examples/greeter/project');
const program = join(repository, 'bin/statefun-studio.mjs');

function greeterWith(changes: Readonly<Record<string, string>>): Promise<string> {
  return folderWith(new Map<string, string>([...loadExample('greeter'), ...Object.entries(changes)]));
}

/** All of a module that has no ingress. */
const ENDPOINT = moduleText().split('---')[0] ?? '';

function moduleText(): string {
  return loadExample('greeter').get(MODULE_YAML) ?? '';
}

describe('export', () => {
  it.skipIf(!existsSync('/proc/self')).each(['/proc/foo', '/proc/foo/bar'])('ends with 3 and one line where %s cannot be made', (out) => {
    const { status, stderr } = spawnSync(process.execPath, [program, 'export', greeter, '--out', out], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect({ status, stderr }).toEqual({ status: 3, stderr: `statefun-studio: ${out}: nothing can be made there\n` });
  });

  it.each([
    ['the module is rejected', { 'module.yaml': moduleText().replace('topics:', 'topic:') }, /module\.yaml:\d+:\d+ error\(load\) /],
    ['a function does not compile', { 'functions/greet.ts': 'export const = 1;\n' }, /functions\/greet\.ts:1:\d+ error syntax-error /],
  ])('writes nothing where %s, unless it is forced to', async (_, changes, said) => {
    const folder = await greeterWith(changes);
    const out = join(await folderWith({}), 'out');
    const refused = await runCommand('export', folder, '--out', out);
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(said) });
    expect(existsSync(out)).toBe(false);
    const forced = await runCommand('export', folder, '--out', out, '--force');
    expect(forced).toMatchObject({ code: 0, err: expect.stringMatching(said) });
    expect(await readdir(out)).toContain('module.yaml');
  });

  it('takes along no folder of tools, of whatever language', async () => {
    const made = { '.venv/pyvenv.cfg': '', 'py/__pycache__/a.pyc': '', 'java/pom.xml': '', 'java/target/a.class': '', '.gradle/x': '' };
    const folder = await greeterWith({ ...made, 'data/target/kept.json': '{}' });
    const { out } = await runCommand('export', folder, '--out', join(await folderWith({}), 'out'), '--json');
    const { files } = JSON.parse(out) as { readonly files: readonly string[] };
    expect(files.filter((path) => /venv|pycache|java|target|gradle/.test(path))).toEqual(['data/target/kept.json', 'java/pom.xml']);
  });

  it('does not look at scenarios, which are not deployed', async () => {
    const folder = await greeterWith({ 'scenarios/odd.yaml': 'steps:\n  - snd: 1\n' });
    expect(await runCommand('export', folder, '--out', join(await folderWith({}), 'out'))).toMatchObject({ code: 0, err: '' });
  });

  it('refuses to write into the project itself, by whatever path', async () => {
    const folder = await greeterWith({});
    const link = join(await folderWith({}), 'link');
    symlinkSync(folder, link);
    for (const out of [folder, join(folder, 'sub/deeper'), join(link, 'sub'), join(folder, '..', basename(folder))]) {
      const { code, err } = await runCommand('export', folder, '--out', out, '--force');
      expect({ code, err }).toEqual({
        code: 2,
        err: `statefun-studio: --out ${out} lies in the project's own folder: name one outside of it.\n`,
      });
    }
  });
});

describe('check', () => {
  it.each([
    ['start', ENDPOINT],
    ['call', moduleText().replace('v1/async\n', 'v1/async\n    pool_size: none\n')],
  ])('fails on what shows at the %s only where it is asked to', async (moment, text) => {
    const file = join(await folderWith({ 'm.yaml': text }), 'm.yaml');
    const [{ [moment]: verdict = null } = {}] = JSON.parse((await runCommand('check', file, '--json')).out) as Record<string, unknown>[];
    expect(verdict).toBe('fail');
    const codes = await Promise.all(
      ['load', 'start', 'call', 'warning'].map(async (at) => (await runCommand('check', file, '--fail-on', at)).code),
    );
    expect(codes).toEqual(moment === 'start' ? [0, 1, 1, 1] : [0, 0, 1, 1]);
    expect((await runCommand('check', file)).out).toContain(` error(${moment}) `);
  });

  it('says what --fail-on takes', async () => {
    expect(await runCommand('check', '.', '--fail-on', 'all')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--fail-on takes load, start, call, warning, not "all".'),
    });
  });

  it('counts every file that was read, and prints nothing of those that were not', async () => {
    const [whole, none, empty] = await Promise.all([
      runCommand('check', greeter),
      runCommand('check', '/nowhere'),
      runCommand('check', await folderWith({})),
    ]);
    expect(whole.out).toContain(`${loadExample('greeter').size} files, `);
    expect([none, empty]).toMatchObject([
      { code: 3, out: '' },
      { code: 3, out: '' },
    ]);
  });

  it('says how code is checked', async () => {
    const { code, out, err } = await runCommand('check', join(greeter, 'functions/greet.ts'));
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('is code: it is checked with its project, statefun-studio check DIR.');
  });
});

describe('test', () => {
  it('prints JSON where there are no scenarios', async () => {
    const folder = await folderWith(new Map([...loadExample('greeter')].filter(([path]) => !path.startsWith('scenarios/'))));
    const { code, out } = await runCommand('test', folder, '--json');
    expect(code).toBe(3);
    expect(JSON.parse(out)).toEqual({ passed: 0, failed: 0, scenarios: [], notPlayed: 0, warnings: [] });
  });

  it('finds a scenario by the name of its file', async () => {
    const { code, out } = await runCommand('test', greeter, '--scenario', 'restart.yaml');
    expect(code).toBe(0);
    expect(out).toMatch(/^pass {2}restart /);
  });

  it('lists the scenarios that a signal came before as not played', async () => {
    const code = `export const Greet = { typename: 'greeter/greet', specs: [], fn: () => { while (true) {} } };`;
    const send =
      'settings: { restartStrategy: { type: fixed-delay, delay: 1 s, attempts: 500 } }\nsteps:\n  - send: { topic: visits, key: Ada, json: { name: Ada, door: north } }\n';
    const studio = '{ "version": 1, "settings": { "invocationLimitMillis": 200 } }';
    const files = { 'module.yaml': moduleText(), 'functions/greet.ts': code, 'studio.json': studio };
    const run = startCommand(['test', await folderWith({ ...files, 'scenarios/a.yaml': send, 'scenarios/b.yaml': send })]);
    await run.says('did not return');
    run.child.kill('SIGTERM');
    const { code: exit, out } = await run.ended;
    expect(exit).toBe(130);
    expect(out).toContain('FAIL  b  (not played)\n  Interrupted before it was played.\n2 scenarios: 0 passed, 2 failed (1 not played).');
  });
});

describe('standard output', () => {
  it.skipIf(!existsSync('/dev/full'))('that is full ends the command with 3 and one line', async () => {
    const ended = await new Promise<{ code: unknown; err: string }>((resolve) => {
      execFile('sh', ['-c', `exec "$0" "$1" check "$2" >/dev/full`, process.execPath, program, greeter], (error, _, err) => {
        resolve({ code: error?.code, err });
      });
    });
    expect(ended).toEqual({ code: 3, err: 'statefun-studio: standard output: no space is left\n' });
  });
});

describe('check', () => {
  it('takes files for there that are said to be', async () => {
    const withCertificate = moduleText()
      .replace('urlPathTemplate: http:', 'urlPathTemplate: https:')
      .replace(/( *)type: io\.statefun\.transports\.v1\/async\n/, '$&$1trust_cacerts: /certs/ca.pem\n');
    const folder = await greeterWith({ 'module.yaml': withCertificate });
    const strict = ['check', folder, '--fail-on', 'call'];
    expect((await runCommand(...strict)).code).toBe(1);
    expect((await runCommand(...strict, '--allow-file', '/certs/ca.pem')).code).toBe(0);
  });
});
