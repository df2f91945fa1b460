import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { habits, PLAIN, play, scenarios } from '../support/random-programs.ts';

const everything = scenarios({ tokens: true, failures: 'any' }, ['checkpoint', 'crash', 'process-crash', 'skip-to-timer', 'fault']);

test('R1: slicing, hand-out sizes, late and shuffled replies, and restores of snapshots leave no mark on the trace', () => {
  fc.assert(
    fc.property(everything, habits, (scenario, host) => {
      // A job may fail and restart for ever: some hundred events show what there is to see.
      const plain = play(scenario, PLAIN, null, 700);
      const other = play(scenario, host, null, 700);
      expect(other.lines()).toEqual(plain.lines());
      expect(other.engine.metrics()).toEqual(plain.engine.metrics());
    }),
    { numRuns: Number(process.env['RUNS'] ?? 120) },
  );
});

test('R6: at every step each record is unread, or its messages are waiting, in flight, done, or dropped by name', () => {
  fc.assert(
    fc.property(everything, habits, (scenario, host) => {
      play(
        scenario,
        { ...host, slice: 1 },
        (driver) => {
          expect(driver.engine.audit().violations).toEqual([]);
        },
        600,
      );
    }),
    { numRuns: Number(process.env['RUNS'] ?? 100) },
  );
});
