import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../src/examples/registry.ts';
import { loadExample } from '../support/load-example.ts';
import { playText } from '../support/play-text.ts';

describe.each(EXAMPLES.map(({ id }) => id))('the scenarios of the example %s', (id) => {
  const files = loadExample(id);
  const paths = [...files.keys()].filter((path) => path.startsWith('scenarios/'));

  it('are there: one of them holds in whatever order things happen', () => {
    expect(paths.length).toBeGreaterThan(1);
    const free = paths.filter((path) => /order: (per-key|any)|holds on\s+StateFun/.test(files.get(path) ?? ''));
    expect(free).not.toEqual([]);
  });

  it.each(paths)('%s passes', async (path) => {
    const { failures, outcome } = await playText(files, files.get(path) ?? '', { keepTrace: false });
    expect(failures).toEqual([]);
    expect(outcome).toMatchObject({ passed: true, interrupted: false });
    expect(outcome.expectations).toBeGreaterThan(2);
  });

  it.each(paths)('%s gives one trace, however calls are cut into batches', async (path) => {
    const hashes: string[] = [];
    for (const options of [{}, { batch: 3 }, { slice: 5 }]) {
      const { hash } = await playText(files, files.get(path) ?? '', { ...options, keepTrace: false });
      hashes.push(hash);
    }
    expect(new Set(hashes).size).toBe(1);
  });
});
