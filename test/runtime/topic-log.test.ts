import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_RECORDS, PartitionLog } from '../../src/runtime/topic-log.ts';
import type { LogRecord } from '../../src/runtime/topic-log.ts';

const record: fc.Arbitrary<LogRecord> = fc.record({
  at: fc.integer({ min: 0, max: 2 ** 45 }),
  // Keys of any UTF-16, lone surrogates included: what a record was sent with is what is read.
  key: fc.option(fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text + (text.length % 3 === 0 ? '\ud800' : ''))),
  value: fc.option(fc.uint8Array({ maxLength: 40 })),
  headers: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.constant([{ name: 'a', value: 'b' }]) }),
  call: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});
const records = fc.array(record, { minLength: CHUNK_RECORDS - 2, maxLength: 2 * CHUNK_RECORDS + 2 });

function logOf(items: readonly LogRecord[], lends = false): PartitionLog {
  const log = new PartitionLog(lends);
  for (const item of items) {
    log.append(item, 'open');
  }
  return log;
}

function readAll(log: PartitionLog): LogRecord[] {
  return Array.from({ length: log.length }, (_, offset) => log.read(offset));
}

describe('the log of a partition', () => {
  it('gives back every record as it was appended, in full chunks and in the open one', () => {
    fc.assert(
      fc.property(records, fc.boolean(), (items, lends) => {
        const log = logOf(items, lends);
        expect(readAll(log)).toEqual(items);
        expect(items.map((_, offset) => log.keyAt(offset))).toEqual(items.map(({ key }) => key));
        expect(items.map((_, offset) => log.hasValueAt(offset))).toEqual(items.map(({ value }) => value !== null));
      }),
      { numRuns: 30 },
    );
  });

  it('is the same again when its chunks are stored and restored, at any point in between', () => {
    fc.assert(
      fc.property(records, fc.nat(), (items, cut) => {
        const middle = cut % items.length;
        const log = logOf(items.slice(0, middle));
        const chunks = new Map(log.takeDirty());
        items.slice(middle).forEach((item) => log.append(item, 'open'));
        if (items.length > 3) {
          log.setStatus(3, 'aborted');
        }
        for (const [index, chunk] of log.takeDirty()) {
          chunks.set(index, chunk);
        }
        const again = new PartitionLog();
        [...chunks].sort(([a], [b]) => a - b).forEach(([, chunk]) => again.restoreChunk(chunk));
        expect(readAll(again)).toEqual(items);
        expect(again.statusAt(3)).toBe('aborted');
        expect(again.statusAt(items.length - 1)).toBe('open');
        expect(log.takeDirty()).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('changes the status of a record in a full chunk, and stores that chunk anew', () => {
    const log = logOf(Array.from({ length: CHUNK_RECORDS + 1 }, (_, at) => ({ at, key: null, value: null, headers: [], call: at })));
    log.takeDirty();
    log.setStatus(5, 'committed');
    expect(log.statusAt(5)).toBe('committed');
    expect(log.takeDirty().map(([index]) => index)).toEqual([0]);
  });
});
