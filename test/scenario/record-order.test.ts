import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import { checkEgress, matchesRecord } from '../../src/scenario/expect/egress-expectation.ts';
import type { WrittenRecord } from '../../src/scenario/expect/egress-expectation.ts';
import type { EgressExpectation, RecordMatch, RecordOrder } from '../../src/scenario/scenario.ts';

const KEYS = ['a', 'b', null];

const record = fc
  .record({ key: fc.constantFrom(...KEYS), x: fc.nat({ max: 1 }), y: fc.nat({ max: 1 }) })
  .map(({ key, x, y }): WrittenRecord => ({ topic: 't', key, value: encodeUtf8(JSON.stringify({ x, y })) }));

const match = fc
  .record({ key: fc.constantFrom(...KEYS), value: fc.constantFrom({}, { x: 0 }, { x: 1 }, { y: 1 }, { x: 1, y: 0 }) })
  .map(({ key, value }): RecordMatch => ({ key, value: { type: 'json-contains', value } }));

function holds(list: readonly RecordMatch[], records: readonly WrittenRecord[], order: RecordOrder): boolean {
  const expectation: EgressExpectation = {
    type: 'egress',
    place: { offset: 0, line: 1, column: 1 },
    egress: typename('a/b'),
    topic: null,
    key: null,
    read: 'committed',
    records: { list, order },
    include: [],
    count: null,
  };
  return checkEgress(expectation, records) === null;
}

function fit(list: readonly RecordMatch[], records: readonly WrittenRecord[]): boolean {
  return list.length === records.length && list.every((each, index) => matchesRecord(each, records[index] ?? missing));
}

const missing: WrittenRecord = { topic: '', key: 'missing', value: new Uint8Array() };

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.length === 0
    ? [[]]
    : items.flatMap((item, index) => permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]));
}

describe('a whole list of expected records', () => {
  const lists = [fc.array(match, { maxLength: 5 }), fc.array(record, { maxLength: 5 })] as const;
  const seen = { held: 0, failed: 0 };
  const check = (order: RecordOrder, wanted: (list: readonly RecordMatch[], records: readonly WrittenRecord[]) => boolean): void => {
    seen.held = 0;
    seen.failed = 0;
    fc.assert(
      fc.property(...lists, fc.boolean(), (list, records, alike) => {
        // Lists that are made for the records hold now and then, those made by themselves hardly ever.
        const own = alike ? records.map(({ key }, index): RecordMatch => ({ key, value: list[index]?.value ?? null })) : list;
        const result = wanted(own, records);
        expect(holds(own, records, order)).toBe(result);
        seen[result ? 'held' : 'failed'] += 1;
      }),
      { numRuns: 1500, seed: 9 },
    );
    expect(Math.min(seen.held, seen.failed)).toBeGreaterThan(100);
  };

  it('in order holds when each record is what stands in its place', () => {
    check('in-order', fit);
  });

  it('in any order holds when some order of it does', () => {
    check('any', (list, records) => permutations(list).some((order) => fit(order, records)));
  });

  it('per key holds when it holds in order for each key', () => {
    check('per-key', (list, records) =>
      KEYS.every((key) =>
        fit(
          list.filter((each) => each.key === key),
          records.filter((each) => each.key === key),
        ),
      ),
    );
  });
});
