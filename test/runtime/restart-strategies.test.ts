import { expect, test } from 'vitest';
import type { RestartStrategy } from '../../src/model/simulation-settings.ts';
import { afterFailure, NO_FAILURES } from '../../src/runtime/restart-strategy.ts';
import { configOf, EngineDriver, kafkaIngress, moduleOf, settingsOf, START } from '../support/engine-driver.ts';
import { textState } from '../support/fake-functions.ts';

/** The pauses after failures at these times; null where the job ends. */
function pauses(strategy: RestartStrategy, times: readonly number[]): (number | null)[] {
  let memory = NO_FAILURES;
  return times.map((now, index) => {
    const decision = afterFailure(strategy, memory, START + now, index);
    memory = decision.memory;
    return decision.delayMillis;
  });
}

test('none never restarts, and fixed delay so often as it says', () => {
  expect(pauses({ type: 'none' }, [0])).toEqual([null]);
  expect(pauses({ type: 'fixed-delay', delayMillis: 500, attempts: 2 }, [0, 1000, 90_000_000])).toEqual([500, 500, null]);
  expect(pauses({ type: 'fixed-delay', delayMillis: 0, attempts: null }, [0, 0, 0])).toEqual([0, 0, 0]);
});

test('failure-rate ends the job when one failure more than it allows falls within its interval', () => {
  const strategy: RestartStrategy = { type: 'failure-rate', maxFailures: 2, intervalMillis: 10_000, delayMillis: 100 };
  expect(pauses(strategy, [0, 4000, 8000])).toEqual([100, 100, null]);
  // The third comes when the first is more than 10 s old.
  expect(pauses(strategy, [0, 4000, 10_001, 14_001])).toEqual([100, 100, 100, 100]);
  expect(pauses(strategy, [0, 4000, 10_000])).toEqual([100, 100, null]);
});

test('exponential-delay doubles its pauses up to the longest, and begins anew after a quiet time', () => {
  const strategy: RestartStrategy = {
    type: 'exponential-delay',
    initialMillis: 1000,
    maxMillis: 5000,
    multiplier: 2,
    resetAfterMillis: 60_000,
    jitter: 0,
  };
  expect(pauses(strategy, [0, 2000, 5000, 10_000, 16_000])).toEqual([1000, 2000, 4000, 5000, 5000]);
  // Quiet is 60 s and the pause in force since the last failure.
  expect(pauses(strategy, [0, 2000, 63_999])).toEqual([1000, 2000, 4000]);
  expect(pauses(strategy, [0, 2000, 64_000])).toEqual([1000, 2000, 1000]);
});

test('exponential-delay differs by at most its jitter, and not from run to run', () => {
  const strategy: RestartStrategy = {
    type: 'exponential-delay',
    initialMillis: 1000,
    maxMillis: 300_000,
    multiplier: 2,
    resetAfterMillis: 3_600_000,
    jitter: 0.1,
  };
  const drawn = Array.from({ length: 200 }, (_, seed) => afterFailure(strategy, NO_FAILURES, START, seed).delayMillis ?? -1);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(900);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(1100);
  expect(new Set(drawn).size).toBeGreaterThan(50);
  expect(Array.from({ length: 200 }, (_, seed) => afterFailure(strategy, NO_FAILURES, START, seed).delayMillis ?? -1)).toEqual(drawn);
});

test('S7: a strategy that the configuration names restarts without checkpoints too, with empty state', () => {
  const state = (named: boolean, type: 'earliest' | 'latest') => {
    const driver = new EngineDriver(
      configOf({
        module: moduleOf({ ingresses: [kafkaIngress('t/in', 'in', ['t/f'], { startupPosition: { type } })] }),
        settings: settingsOf({ restartStrategy: { type: 'fixed-delay', delayMillis: 1000, attempts: null, named } }),
      }),
      { states: { 't/f': [textState('n')] } },
    );
    driver.produce('in', 'a', [
      { do: 'count', state: 'n' },
      { do: 'send-after', type: 't/f', id: 'a', millis: 5000, program: [{ do: 'count', state: 'n' }] },
    ]);
    driver.produce('in', 'a', [{ do: 'count', state: 'n' }], 50);
    driver.input('crash', 100);
    const stop = driver.run();
    expect(driver.engine.audit().violations).toEqual([]);
    return [stop, driver.state('t/f', 'a', 'n'), driver.events('timer-fired').length];
  };
  expect(state(false, 'earliest')[0]).toBe('ended');
  expect(state(true, 'latest')).toEqual(['idle', null, 0]);
  // All is read again, and the delayed message comes once, of the new life.
  expect(state(true, 'earliest')).toEqual(['idle', '3', 1]);
});

test('S8: the other strategies restart the job as fixed delay does, and end it', () => {
  const driver = new EngineDriver(
    configOf({
      settings: settingsOf({
        checkpointIntervalMillis: 100,
        restartStrategy: { type: 'failure-rate', maxFailures: 1, intervalMillis: 60_000, delayMillis: 200 },
      }),
    }),
  );
  driver.input('crash', 1000);
  driver.input('crash', 2000);
  expect(driver.run()).toBe('ended');
  expect(driver.events('job-restarted').map(({ at }) => at - START)).toEqual([1200]);
});
