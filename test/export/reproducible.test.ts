/** X1: an export is the same bytes, whatever the day, the time zone and the language of the machine. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { zipFiles } from '../../src/export/zip-files.ts';
import { folderWith, repository } from '../support/command-line.ts';
import { loadExample } from '../support/load-example.ts';
import { readZip } from '../support/read-zip.ts';
import { exportOf } from './deployment.ts';

const KUBERNETES = ['--kubernetes', '--functions-image', 'registry.example.com/x:1', '--checkpoints', 's3://a/b'];

function run(args: readonly string[], env: Readonly<Record<string, string>>): void {
  const { status, stderr } = spawnSync(process.execPath, [join(repository, 'bin/statefun-studio.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) {
    throw new Error(stderr);
  }
}

const PLACES = [
  { TZ: 'UTC', LANG: 'C' },
  { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  { TZ: 'Pacific/Chatham', NODE_OPTIONS: `--import ${pathToFileURL(join(repository, 'test/support/other-date.mjs')).href}` },
];

it.each(['greeter', 'shopping-cart', 'fraud-detection'])(
  '%s gives one ZIP anywhere and any day, and it holds what the folder holds',
  async (id) => {
    const project = await folderWith(loadExample(id));
    const out = mkdtempSync(join(tmpdir(), 'statefun-zip-'));
    const zips = PLACES.map((env, index) => {
      const file = join(out, `${index}.zip`);
      run(['export', project, '--zip', file, ...KUBERNETES], env);
      return readFileSync(file);
    });
    expect(zips.map((zip) => createHash('sha256').update(zip).digest('hex'))).toEqual(
      zips.map(() =>
        createHash('sha256')
          .update(zips[0] ?? '')
          .digest('hex'),
      ),
    );
    run(['export', project, '--out', join(out, 'folder'), ...KUBERNETES], {});
    const folder = readdirSync(join(out, 'folder'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(out, 'folder').length + 1))
      .sort();
    const entries = readZip(zips[0] ?? Buffer.alloc(0));
    expect(entries.map(({ path }) => path)).toEqual(folder);
    for (const { path, bytes } of entries) {
      expect(bytes.equals(readFileSync(join(out, 'folder', path)))).toBe(true);
    }
  },
);

/** The bytes are held as well: a change of what is generated changes this, and nothing else may. Taken over paths and texts, not by way of a ZIP. */
const GOLDEN = '2afe6c50b2af54bc39fe4dc7ef3b89ee930b5cdc565160a6dd7cc8678a6c8fa2';

it('is, for a project that does not change, what it was', () => {
  const exported = exportOf({
    'module.yaml': 'kind: io.statefun.endpoints.v2/http\nspec:\n  functions: shop/*\n  urlPathTemplate: http://functions:8000/statefun\n',
    'functions/one.ts': "export const spec = { typename: 'shop/one', fn: () => undefined };\n",
  });
  const hash = createHash('sha256');
  for (const path of [...exported.files.keys()].sort()) {
    hash.update(`${path}\0${String(exported.files.get(path))}\0`);
  }
  expect(hash.digest('hex')).toBe(GOLDEN);
  expect(new Set(readZip(Buffer.from(zipFiles(exported.files))).map(({ date }) => date)).size).toBe(1);
});
