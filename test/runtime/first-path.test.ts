import { expect, test } from 'vitest';
import { decodeUtf8 } from '../../src/base/text-encoding.ts';
import { configOf, EngineDriver, START } from '../support/engine-driver.ts';
import { textState } from '../support/fake-functions.ts';

test('S9, S10, S11: a first request carries no states, and the batch comes again with an empty entry each', () => {
  const driver = new EngineDriver(configOf(), { states: { 't/f': [textState('seen')] } });
  driver.produce('in', 'a', [
    { do: 'count', state: 'seen' },
    { do: 'emit', egress: 't/out', topic: 'out', key: 'k', text: 'hello' },
  ]);
  expect(driver.run()).toBe('idle');
  expect(driver.requests.map(({ decoded }) => decoded.states)).toEqual([[], [{ name: 'seen', value: null }]]);
  expect(driver.state('t/f', 'a', 'seen')).toBe('1');
  expect(driver.topic('out')).toEqual(['hello']);
  expect(driver.events('call-started').map(({ at, bootstrap }) => [at - START, bootstrap])).toEqual([
    [0, true],
    [10, false],
  ]);
});

test('S25, S34: what arrives at a busy address waits and goes as one batch, a self-send behind it', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', [{ do: 'send-self', program: [{ do: 'emit', egress: 't/out', topic: 'out', key: '', text: 'self' }] }]);
  driver.produce('in', 'a', [{ do: 'emit', egress: 't/out', topic: 'out', key: '', text: 'q1' }]);
  driver.run();
  driver.produce('in', 'a', [{ do: 'send-self', program: [{ do: 'emit', egress: 't/out', topic: 'out', key: '', text: 'self' }] }], 100);
  driver.produce('in', 'a', [{ do: 'emit', egress: 't/out', topic: 'out', key: '', text: 'q1' }], 101);
  driver.produce('in', 'a', [{ do: 'emit', egress: 't/out', topic: 'out', key: '', text: 'q2' }], 102);
  driver.run();
  const later = driver.requests
    .slice(-3)
    .map(({ decoded }) => decoded.messages.map(({ argument }) => /text":"(\w+)/.exec(decodeUtf8(argument.bytes))?.[1]));
  expect(later).toEqual([['self'], ['q1', 'q2'], ['self']]);
  expect(driver.engine.audit()).toMatchObject({ ok: true, accepted: 5, unread: 0 });
});
