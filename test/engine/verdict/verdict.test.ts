/**
 * `check` and the real loader on the same files: mutants of hand-written modules, and every value of the pools in every field. `--full` takes
 * all of them, `--record` writes the golden file that test/module-yaml/loader-verdicts.test.ts compares with.
 */
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { moduleVerdict } from '../../../src/module-yaml/verdict.ts';
import { difference } from './compare.ts';
import { goldenText, packGolden } from './golden.ts';
import { goldenFiles } from './golden-files.ts';
import { mutants, substitutions } from './mutants.ts';
import { judgeAll, type LoaderFile } from './real-loader.ts';
import { scalarFiles } from './scalar-files.ts';
import { SEEDS } from './seeds.ts';

const isFull = process.env['ENGINE_FULL'] === '1';
const GOLDEN = new URL('../../golden/engine/loader-verdicts.json', import.meta.url);

/** Each difference with the file that shows it. */
async function differences(files: readonly LoaderFile[]): Promise<readonly string[]> {
  const answers = await judgeAll(files);
  return files.flatMap(({ name, text }, index) => {
    const answer = answers[index];
    const found = answer === undefined ? 'no answer' : difference(text, answer);
    return found === null ? [] : [`${name}\n${found}\n--- the file\n${text}\n---`];
  });
}

it('accepts every seed, as the loader does', async () => {
  expect(await differences(SEEDS)).toEqual([]);
  expect(SEEDS.map(({ text }) => moduleVerdict(text)).filter(({ call }) => call !== 'ok')).toEqual([]);
});

it('agrees with the loader on files that are nearly right', async () => {
  expect(await differences(mutants(1, isFull ? 20_000 : 1500))).toEqual([]);
}, 900_000);

it('agrees with the loader on values of every kind in every field', async () => {
  expect(await differences(substitutions().filter((_, index) => isFull || index % 25 === 0))).toEqual([]);
}, 900_000);

it('agrees with the loader on YAML of every shape', async () => {
  expect(await differences(scalarFiles(1, isFull ? 10_000 : 600))).toEqual([]);
}, 900_000);

it('agrees with the loader on what is left when a quick fix was applied', async () => {
  const { files, fixed } = goldenFiles();
  expect(fixed.length).toBeGreaterThan(30);
  expect(await differences(fixed)).toEqual([]);
  if (process.env['RECORD_ENGINE'] === '1') {
    const all = [...files, ...fixed];
    writeFileSync(GOLDEN, goldenText(packGolden(all, await judgeAll(all))));
  }
}, 300_000);
