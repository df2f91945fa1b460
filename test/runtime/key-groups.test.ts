import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keyGroup, maxParallelism, restoreOrder, subtaskOf } from '../../src/runtime/java-hash.ts';
import { configOf, EngineDriver, settingsOf } from '../support/engine-driver.ts';

/**
 * Printed by Flink 1.16.2 (`KeyGroupRangeAssignment`, and `StringValue.writeString` behind the key group's byte, which is how
 * RocksDB sorts keys): 200 ids, half of them of random characters, at ten parallelisms.
 */
const GOLDEN = JSON.parse(readFileSync(new URL('../golden/flink-key-groups.json', import.meta.url), 'utf8')) as {
  readonly parallelism: readonly number[];
  readonly maxParallelism: readonly number[];
  readonly ids: readonly { readonly id: string; readonly keyGroup: number; readonly subtasks: readonly number[] }[];
  readonly restoreOrder: readonly string[];
};

test('S1: the default maximum parallelism is Flink’s', () => {
  expect(GOLDEN.parallelism.map(maxParallelism)).toEqual(GOLDEN.maxParallelism);
});

test('S1: every id is in the key group and on the subtask that Flink gives it, at any parallelism', () => {
  expect(GOLDEN.ids.length).toBe(200);
  for (const { id, keyGroup: group, subtasks } of GOLDEN.ids) {
    expect([id, keyGroup(id, 128)]).toEqual([id, group]);
    expect([id, GOLDEN.parallelism.map((parallelism) => subtaskOf(id, parallelism))]).toEqual([id, subtasks]);
  }
});

test('S74: restored keys come in the order in which RocksDB holds them', () => {
  const ids = GOLDEN.ids.map(({ id }) => id);
  expect([...ids].sort((left, right) => restoreOrder(left, right, 128))).toEqual(GOLDEN.restoreOrder);
});

test('S1: addresses of all types with one id live on one subtask, the one of the id', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ parallelism: 4 }) }));
  const ids = GOLDEN.ids.slice(0, 40);
  for (const { id } of ids) {
    driver.produce('in', id, []);
    driver.produce('in-g', id, []);
  }
  driver.run();
  const at = GOLDEN.parallelism.indexOf(4);
  for (const { id, subtasks } of ids) {
    const views = ['t/f', 't/g'].map((type) => driver.engine.address({ typename: type as never, id })?.subtask);
    expect([id, views]).toEqual([id, [subtasks[at], subtasks[at]]]);
  }
});
