/** Records of the three delivery semantics over crashes, and transactions that last too long. */
import { expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import type { EgressDefinition, ModuleDefinition } from '../../src/model/module.ts';
import type { SimulationSettings } from '../../src/model/simulation-settings.ts';
import { configOf, EngineDriver, moduleOf, settingsOf, START } from '../support/engine-driver.ts';
import { textState } from '../support/fake-functions.ts';
import type { Command } from '../support/fake-functions.ts';

const STATES = { states: { 't/f': [textState('n')] } };
const count: Command = { do: 'count', state: 'n' };
const emit = (text: string, egress = 't/out', topic = 'out'): Command => ({ do: 'emit', egress, topic, key: '', text });

function recovering(settings: Partial<SimulationSettings> = {}, module: Partial<ModuleDefinition> = {}): EngineDriver {
  return new EngineDriver(
    configOf({ module: moduleOf(module), settings: settingsOf({ checkpointIntervalMillis: 100, ...settings }) }),
    STATES,
  );
}

const egress = (parts: Partial<EgressDefinition>): EgressDefinition => ({
  type: 'egress',
  kind: 'io.statefun.kafka.v1/egress',
  connector: 'kafka',
  id: typename('t/out'),
  delivery: 'at-least-once',
  transactionTimeout: null,
  ...parts,
});

test.each([
  ['exactly-once', ['r0', 'r1', 'r2', 'r1', 'r2'], ['r0', 'r1', 'r2']],
  ['at-least-once', ['r0', 'r1', 'r2', 'r1', 'r2'], ['r0', 'r1', 'r2', 'r1', 'r2']],
  ['none', ['r0', 'r1', 'r2', 'r1', 'r2'], ['r0', 'r1', 'r2', 'r1', 'r2']],
] as const)(
  'S78: a crash between checkpoints with %s: what is written, and what a read_committed reader sees',
  (delivery, all, committed) => {
    const driver = recovering({}, { egresses: [egress({ delivery, transactionTimeout: delivery === 'exactly-once' ? 60_000 : null })] });
    driver.produce('in', 'a', [emit('r0')], 10);
    driver.produce('in', 'a', [emit('r1')], 110);
    driver.produce('in', 'a', [emit('r2')], 130);
    driver.input('crash', 170);
    driver.run();
    expect([driver.topic('out'), driver.topic('out', true)]).toEqual([all, committed]);
  },
);

test('S79: without checkpoints Flink takes exactly-once for none: records are visible at once', () => {
  const driver = recovering({ checkpointIntervalMillis: null });
  driver.produce('in', 'a', [emit('x', 't/tx', 'tx')]);
  driver.run();
  expect(driver.topic('tx', true)).toEqual(['x']);
});

test('S80: a transaction time-out above the broker’s 15 minutes fails the job whenever it starts', () => {
  const withTimeout = (transactionTimeout: number, settings: Partial<SimulationSettings> = {}) => {
    const driver = recovering(settings, { egresses: [egress({ delivery: 'exactly-once', transactionTimeout })] });
    driver.produce('in', 'a', [count]);
    driver.run(3500);
    return driver;
  };
  const tooLong = withTimeout(900_001);
  expect(tooLong.events('job-failed').map(({ at, code }) => [at - START, code])).toEqual([
    [0, 'transaction-timeout-too-long'],
    [1000, 'transaction-timeout-too-long'],
    [2000, 'transaction-timeout-too-long'],
    [3000, 'transaction-timeout-too-long'],
  ]);
  expect(tooLong.events('job-failed')[0]?.message).toBe(
    'The transaction timeout is larger than the maximum value allowed by the broker (as configured by transaction.max.timeout.ms).',
  );
  expect(tooLong.requests).toEqual([]);
  expect(withTimeout(900_000).state('t/f', 'a', 'n')).toBe('1');
  // Without checkpoints there are no transactions.
  expect(withTimeout(900_001, { checkpointIntervalMillis: null }).state('t/f', 'a', 'n')).toBe('1');
});

test('S80: the failing start pauses a run that pauses at failures, once', () => {
  const driver = recovering({ pauseOnFailure: true }, { egresses: [egress({ delivery: 'exactly-once', transactionTimeout: 900_001 })] });
  expect(driver.run()).toBe('paused');
  expect(driver.engine.paused()).toMatchObject({ address: null, failure: { type: 'job', code: 'transaction-timeout-too-long' } });
  driver.saveAndRestore();
  driver.apply({ type: 'decide', decision: 'as-engine' });
  expect(driver.run(5500)).toBe('until');
  expect(driver.events('job-failed').filter(({ decision }) => decision === 'restart')).toHaveLength(6);
});

test('a transaction that is open longer than its time-out: the next record fails the job, and the replay loses nothing', () => {
  const driver = recovering(
    { checkpointIntervalMillis: 60_000 },
    { egresses: [egress({ delivery: 'exactly-once', transactionTimeout: 10_000 })] },
  );
  driver.produce('in', 'a', [emit('1')]);
  driver.produce('in', 'a', [emit('2')], 5000);
  driver.produce('in', 'a', [emit('3')], 15_000);
  driver.run(30_000);
  expect(driver.events('job-failed').map(({ at, code }) => [at - START, code])).toEqual([[15_010, 'transaction-timed-out']]);
  driver.run(100_000);
  // All three were read again at 16 s; the next checkpoint, at 76 s, comes too late as well: see the next test.
  expect(driver.topic('out')).toEqual(['1', '2', '1', '2', '3']);
});

test('a transaction that timed out before the checkpoint that covers it loses its records: the job fails and goes on behind them', () => {
  const driver = recovering(
    { checkpointIntervalMillis: 60_000 },
    { egresses: [egress({ delivery: 'exactly-once', transactionTimeout: 10_000 })] },
  );
  driver.produce('in', 'a', [count, emit('lost')]);
  driver.produce('in', 'a', [count, emit('kept')], 115_000);
  driver.run();
  expect(driver.events('job-failed').map(({ at, code }) => [at - START, code])).toEqual([[60_000, 'transaction-timed-out']]);
  expect(driver.events('job-restarted').map(({ checkpoint }) => checkpoint)).toEqual([1]);
  expect([driver.topic('out'), driver.topic('out', true)]).toEqual([['lost', 'kept'], ['kept']]);
  expect(driver.state('t/f', 'a', 'n')).toBe('2');
});
