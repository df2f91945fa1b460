/** Back-pressure where there is more than one subtask. At parallelism 2, ids a and bob live on subtask 1, acct-0042 and b on subtask 0. */
import { expect, test } from 'vitest';
import type { SimulationSettings } from '../../src/model/simulation-settings.ts';
import { ASYNC_ENDPOINT, configOf, EngineDriver, moduleOf, settingsOf, START } from '../support/engine-driver.ts';
import { answerCall, textState } from '../support/fake-functions.ts';
import type { Command } from '../support/fake-functions.ts';

const count: Command = { do: 'count', state: 'n' };
const STATES = { states: { 't/f': [textState('n')], 't/g': [textState('n')] } };

/** Past the first contacts, at 100; from then on t/f/a takes 500 ms longer. */
function driverAt(limit: number, settings: Partial<SimulationSettings> = {}): EngineDriver {
  const module = moduleOf({ endpoints: [{ ...ASYNC_ENDPOINT, maxNumBatchRequests: limit }] });
  const driver = new EngineDriver(configOf({ module, settings: settingsOf({ parallelism: 2, ...settings }) }), STATES);
  for (const id of ['a', 'acct-0042']) {
    driver.produce('in', id, []);
    driver.produce('in-g', id, []);
  }
  driver.run(95);
  driver.trace.length = 0;
  driver.answer = (request) => ({
    ...answerCall(driver.functions, request),
    extraMillis: request.id === 'a' && request.typename === 't/f' ? 490 : 0,
  });
  return driver;
}

const started = (driver: EngineDriver, id: string) =>
  driver
    .events('call-started')
    .filter(({ address }) => address.id === id)
    .map(({ at }) => at - START);

test('S27: a blocked address stalls the input of its own subtask, of all types, and of no other, though they share a partition', () => {
  const driver = driverAt(2);
  for (let index = 0; index < 5; index += 1) {
    driver.produce('in', 'a', [], 100);
  }
  driver.produce('in', 'acct-0042', [], 110);
  driver.produce('in', 'bob', [], 110);
  driver.produce('in-g', 'bob', [], 110);
  driver.run();
  expect(driver.events('back-pressure').map(({ subtask, held }) => [subtask, held])[0]).toEqual([1, true]);
  expect(started(driver, 'acct-0042')).toEqual([110]);
  // t/f/a: one at 100, two waiting: blocked until 600; then two go, and the two behind them block it until 1100.
  expect(started(driver, 'a')).toEqual([100, 600, 1100]);
  expect(started(driver, 'bob')).toEqual([1100, 1100]);
});

test('S26: at its limit of calls in flight a subtask takes no input, and the others go on', () => {
  const driver = driverAt(1000, { asyncMaxPerTask: 1 });
  driver.produce('in', 'a', [], 100);
  driver.produce('in', 'bob', [], 101);
  driver.produce('in', 'acct-0042', [], 102);
  driver.produce('in', 'bob', [], 103);
  driver.produce('in', 'b', [], 120);
  driver.run();
  expect([started(driver, 'acct-0042'), started(driver, 'b'), started(driver, 'bob')]).toEqual([[102], [120], [600, 610]]);
});

test('S26, S27: feedback messages wait as input does; messages within the subtask and due timers pass', () => {
  for (const driver of [driverAt(1), driverAt(1000, { asyncMaxPerTask: 1 })]) {
    driver.produce('in', 'bob', [{ do: 'send-after', type: 't/g', id: 'bob', millis: 150, program: [] }], 96);
    driver.run(109);
    driver.produce('in', 'a', [], 110);
    driver.produce('in', 'a', [], 111);
    // From subtask 0 to subtask 1, where t/f/a has reached its limit.
    driver.produce('in', 'acct-0042', [{ do: 'send', type: 't/g', id: 'a', program: [] }], 120);
    driver.run();
    const [timer] = driver.events('call-started').filter(({ address }) => address.typename === 't/g' && address.id === 'bob');
    const [feedback] = driver.events('call-started').filter(({ address }) => address.typename === 't/g' && address.id === 'a');
    expect((timer?.at ?? 0) - START).toBe(257);
    expect((feedback?.at ?? 0) - START).toBeGreaterThanOrEqual(610);
  }
});

test('S29: a checkpoint waits for what is held on any subtask; the other one goes on with what was read before and after', () => {
  const driver = driverAt(1, { checkpointIntervalMillis: 100 });
  driver.produce('in', 'a', [], 110);
  driver.produce('in', 'a', [], 111);
  driver.produce('in', 'a', [], 112);
  driver.produce('in', 'b', [], 113);
  driver.produce('in', 'b', [], 250);
  driver.run();
  // t/f/a at 110 to 610 with one waiting; the third record is held until then, and with it the barriers of 200, 300, 400, 500 and
  // 600. Then nothing changes until 1110.
  expect(started(driver, 'b')).toEqual([113, 250]);
  expect(
    driver
      .events('checkpoint-completed')
      .map(({ at }) => at - START)
      .slice(0, 7),
  ).toEqual([100, 610, 610, 610, 610, 610, 1200]);
});

test('R5: records that one subtask handled ahead of another are not handled twice after a crash', () => {
  const driver = driverAt(1, { checkpointIntervalMillis: 100 });
  for (let index = 0; index < 6; index += 1) {
    driver.produce('in', 'a', [count], 110 + index);
    driver.produce('in', 'b', [count], 111 + index);
  }
  driver.input('crash', 700);
  driver.run(20_000);
  expect([driver.state('t/f', 'a', 'n'), driver.state('t/f', 'b', 'n')]).toEqual(['6', '6']);
  expect(driver.engine.audit()).toMatchObject({ ok: true, unread: 0 });
});

test('S26: what a subtask does not take fills the network buffers; when they are full, its partition stalls for the others, too', () => {
  const driver = driverAt(1000, { asyncMaxPerTask: 1 });
  driver.produce('in', 'a', [], 100);
  for (let index = 0; index < 1001; index += 1) {
    driver.produce('in', 'bob', [], 101);
  }
  driver.produce('in', 'b', [], 102);
  driver.produce('in-g', 'b', [], 102);
  driver.run(595);
  expect(started(driver, 'b')).toEqual([102]); // t/g/b, whose partition is another one.
  driver.run();
  expect(started(driver, 'b')).toEqual([102, 600]);
});
