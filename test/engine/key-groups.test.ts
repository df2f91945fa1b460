/** The golden table of key groups is Flink's own; with `--record` it is written anew, for the ids and parallelisms that it has. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, inject, it } from 'vitest';
import { connectPartner } from './driver/partner-client.ts';
import type { KeyGroups } from './driver/partner-client.ts';

const file = new URL('../golden/flink-key-groups.json', import.meta.url);

interface Golden extends KeyGroups {
  readonly parallelism: readonly number[];
}

it('S1, S74: Flink puts ids into the key groups, on the subtasks and in the order of the golden table', async () => {
  // The recorder below wrote the file.
  const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
  const partner = await connectPartner(inject('partner'));
  const { parallelism, ids } = golden;
  const found = await partner
    .keyGroups(
      ids.map(({ id }) => id),
      parallelism,
    )
    .finally(() => partner.close());
  if (process.env['RECORD_ENGINE'] === '1') {
    writeFileSync(file, tableText({ parallelism, ...found }));
  }
  expect({ parallelism, ...found }).toEqual(golden);
});

/** One line an id. */
function tableText({ parallelism, maxParallelism, ids, restoreOrder }: Golden): string {
  const lines = (list: readonly string[]): string => `[\n    ${list.join(',\n    ')}\n  ]`;
  const numbers = (list: readonly number[]): string => `[${list.join(', ')}]`;
  return `{
  "parallelism": ${numbers(parallelism)},
  "maxParallelism": ${numbers(maxParallelism)},
  "ids": ${lines(ids.map(({ id, keyGroup, subtasks }) => `{ "id": ${ascii(id)}, "keyGroup": ${keyGroup}, "subtasks": ${numbers(subtasks)} }`))},
  "restoreOrder": ${lines(restoreOrder.map(ascii))}
}
`;
}

/** JSON that no editor or terminal shows in another order or not at all. */
function ascii(id: string): string {
  return `"${id.replaceAll(/["\\]|[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}
