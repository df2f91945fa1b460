import { expect, test } from 'vitest';
import { decodeUtf8 } from '../../src/base/text-encoding.ts';
import type { StateSpec } from '../../src/protocol/messages.ts';
import { configOf, EngineDriver, settingsOf, START } from '../support/engine-driver.ts';
import { textState } from '../support/fake-functions.ts';
import type { Command } from '../support/fake-functions.ts';

const emit = (text: string): Command => ({ do: 'emit', egress: 't/out', topic: 'out', key: '', text });
const after = (millis: number, text: string, token?: string): Command => ({
  do: 'send-after',
  type: 't/f',
  id: 'a',
  millis,
  program: [emit(text)],
  ...(token === undefined ? {} : { token }),
});

test('S42: a delayed message is due when its delay is over and fires one millisecond later, never early', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', [after(100, 'x')]);
  driver.run();
  // The first call completes at 10, so the message is due at 110.
  expect(driver.events('timer-set').map(({ due }) => due - START)).toEqual([110]);
  expect(driver.events('timer-fired').map(({ at }) => at - START)).toEqual([111]);
});

test('S43: equal due times fire in the order of registration, different ones by time', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', [after(50, 'late'), after(20, 'one'), after(20, 'two')]);
  driver.run();
  expect(driver.topic('out')).toEqual(['one', 'two', 'late']);
});

test('S45, S46: a cancelled message does not fire, cancelling nothing does nothing, and a token may be used again', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', [after(100, 'old', 'T'), { do: 'cancel', token: 'unknown' }]);
  driver.produce('in', 'a', [{ do: 'cancel', token: 'T' }, after(200, 'new', 'T')], 50);
  driver.produce('in', 'a', [after(10, 'never', 'U'), { do: 'cancel', token: 'U' }], 60);
  driver.produce('in', 'a', [after(5, 'again', 'T')], 500);
  driver.run();
  expect(driver.topic('out')).toEqual(['new', 'again']);
  expect(driver.events('timer-cancelled')).toHaveLength(2);
});

test('S47: registering a pending token fails the job', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', [after(100, 'x', 'T')]);
  driver.produce('in', 'a', [after(100, 'y', 'T'), emit('gone')], 20);
  expect(driver.run()).toBe('ended');
  expect(driver.events('job-failed').map(({ code, decision }) => [code, decision])).toEqual([['duplicate-token', 'ended']]);
  expect(driver.topic('out')).toEqual([]);
});

test('S48, S49: a token belongs to an id, whatever the type', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', [after(300, 'kept', 'T')]);
  driver.produce('in', 'b', [{ do: 'cancel', token: 'T' }, after(100, 'of b', 'T')], 50);
  driver.run(200);
  expect(driver.topic('out')).toEqual(['of b']);
  driver.produce('in-g', 'a', [{ do: 'cancel', token: 'T' }], 210);
  driver.run();
  expect(driver.topic('out')).toEqual(['of b']);
});

test('S50: a cancellation without a token and a negative delay fail the job', () => {
  const codes = [{ do: 'cancel', token: '' } as const, after(-1, 'x')].map((command) => {
    const driver = new EngineDriver(configOf());
    driver.produce('in', 'a', [command]);
    driver.run();
    return driver.events('job-failed')[0]?.code;
  });
  expect(codes).toEqual(['cancel-without-token', 'negative-delay']);
});

test('S51: after a crash, timers of the checkpoint fire at their due time, later ones come back only through replay', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 100 }) }));
  driver.produce('in', 'a', [after(3000, 'early'), after(250, 'overdue')]);
  driver.produce('in', 'a', [after(3000, 'replayed')], 120);
  driver.input('crash', 180);
  driver.run();
  expect(driver.events('timer-fired').map(({ at, timer }) => [timer, at - START])).toEqual([
    // Overdue at 260, but the job is up again at 1180 only.
    [2, 1180],
    [1, 3011],
    // 'replayed': its record waits for that first call until 1190, and is answered at 1200.
    [4, 4201],
  ]);
});

const expiring = (mode: 'after-write' | 'after-invoke'): StateSpec => textState('w', { mode, millis: 2000 });

/** What the state was in the request at each of these times; set at 0 by the first. */
function seenAt(spec: StateSpec, times: readonly number[]): (string | null)[] {
  const driver = new EngineDriver(configOf(), { states: { 't/f': [spec] } });
  driver.produce('in', 'a', []); // the handshake
  driver.run();
  driver.produce('in', 'a', [{ do: 'set', state: 'w', to: 'v' }], 90); // applied at 100
  times.forEach((time) => driver.produce('in', 'a', [], time + 100));
  driver.run();
  return driver.requests.slice(3).map(({ decoded }) => {
    const value = decoded.states[0]?.value ?? null;
    return value === null ? null : decodeUtf8(value.bytes);
  });
}

test('S52, S54: after-write counts from the write, and the last millisecond is too late', () => {
  expect(seenAt(expiring('after-write'), [1000, 1999])).toEqual(['v', 'v']);
  expect(seenAt(expiring('after-write'), [1000, 2000])).toEqual(['v', null]);
});

test('S55: after-invoke counts from the last request, whether the function looks or not', () => {
  expect(seenAt(expiring('after-invoke'), [1400, 2800, 4200, 6200])).toEqual(['v', 'v', 'v', null]);
});

test('S56: the touch is when the request is built, not when it is answered', () => {
  const driver = new EngineDriver(configOf(), { states: { 't/f': [expiring('after-invoke')] } });
  driver.produce('in', 'a', []);
  driver.run();
  driver.produce('in', 'a', [{ do: 'set', state: 'w', to: 'v' }], 90);
  driver.run();
  const fast = driver.answer;
  driver.answer = (request) => {
    const reply = fast(request);
    return reply === null ? null : { ...reply, extraMillis: 2500 };
  };
  driver.produce('in', 'a', [], 200);
  driver.produce('in', 'a', [], 300);
  driver.run();
  expect(driver.requests.slice(-2).map(({ decoded }) => decoded.states[0]?.value === null)).toEqual([false, true]);
});

test('S53: a value that has expired is not shown', () => {
  const driver = new EngineDriver(configOf(), { states: { 't/f': [expiring('after-write')] } });
  driver.produce('in', 'a', [{ do: 'set', state: 'w', to: 'v' }]);
  driver.run();
  expect(driver.state('t/f', 'a', 'w')).toBe('v');
  driver.produce('in', 'b', [], 5000);
  driver.run();
  expect(driver.state('t/f', 'a', 'w')).toBeNull();
});

test('a skip to the next timer finishes what is in flight, jumps, and makes the feeds wait out the skipped time', () => {
  const month = 30 * 86_400_000;
  const feed = {
    type: 'generator' as const,
    id: 'g',
    enabled: true,
    topic: 'in-g',
    arrival: { type: 'rate' as const, perSecond: 1, jitter: 'none' as const },
    startAfterMillis: 5000,
    count: 2,
    key: 'k',
    value: '[]',
    headers: [],
  };
  const driver = new EngineDriver(configOf({ feeds: [feed] }));
  driver.produce('in', 'a', [after(month, 'expired')]);
  driver.run(5);
  driver.input('skip-to-timer', 5);
  driver.run();
  const due = 10 + month + 1;
  expect(driver.events('time-skipped').map(({ to }) => to - START)).toEqual([due]);
  expect(driver.events('timer-fired').map(({ at }) => at - START)).toEqual([due]);
  const [first, second] = driver
    .events('record-produced')
    .filter(({ source }) => source === 'feed')
    .map(({ at }) => at - START);
  expect(first).toBeGreaterThan(due + 4000);
  expect((second ?? 0) - (first ?? 0)).toBe(1000);
});
