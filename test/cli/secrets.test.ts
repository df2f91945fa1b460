import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtCommandLine } from '../../scripts/build-cli.mjs';
import { MODULE_YAML } from '../../src/model/project.ts';
import { folderWith, runCommand } from '../support/command-line.ts';
import { loadExample } from '../support/load-example.ts';

beforeAll(() => {
  builtCommandLine();
});

const JAAS = `  properties:
    - sasl.jaas.config: >-
        org.apache.kafka.common.security.plain.PlainLoginModule required
        password="hunter2hunter2";
  topics:`;
const MODULE = (loadExample('greeter').get(MODULE_YAML) ?? '')
  .replace('http://functions:8000/statefun', 'https://me:hunter2@functions.example.com/statefun?a=b&token=hunter2hunter2')
  .replace('  topics:', JAAS);
const REMOTE = '{ "version": 1, "remotes": [{ "functions": "greeter/*", "url": "http://localhost:8000/?token=hunter2hunter2" }] }';

async function newFolder(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'statefun-cli-')), 'out');
}

describe('secrets of module.yaml are printed neither', () => {
  it('with the line that holds them', async () => {
    const { out } = await runCommand('check', await folderWith(new Map([...loadExample('greeter'), [MODULE_YAML, MODULE]])));
    expect(out).toContain('possible-secret Is this a secret? sasl.jaas.config of greeter/visits');
    expect(out).not.toContain('hunter2');
  });

  it.each([
    ['a URL that is used as it is', '{ "version": 1 }', [], 'https://…@functions.example.com/statefun?a=b&token=… is used as it is'],
    ['the URL of a server', REMOTE, [], 'token=… is used as it is, since its functions are served elsewhere'],
    ['the URL of a copy', REMOTE, ['--servers', 'local'], 'is http://host.docker.internal:8000/?token=… in place of https://…@'],
  ])('with %s', async (_, studio, options, told) => {
    const folder = await folderWith(new Map<string, string>([...loadExample('greeter'), [MODULE_YAML, MODULE], ['studio.json', studio]]));
    const { code, out, err } = await runCommand('export', folder, '--out', await newFolder(), ...options);
    expect(code).toBe(0);
    expect(err).toContain(told);
    expect(out + err).not.toContain('hunter2');
  });
});
