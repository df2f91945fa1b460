import { expect, test } from 'vitest';
import { configOf, EngineDriver, kafkaIngress, moduleOf, settingsOf, START } from '../support/engine-driver.ts';

const BOTH = moduleOf({ ingresses: [kafkaIngress('t/in', 'in', ['t/f', 't/g']), kafkaIngress('t/in-h', 'in-h', ['t/h'])] });

function started(driver: EngineDriver): string[] {
  return driver.events('call-started').map(({ at, address }) => `${at - START} ${address.typename}/${address.id}`);
}

test('S26, S29: the second target of a record waits where the first one reached async.max-per-task, and a barrier behind it', () => {
  const driver = new EngineDriver(configOf({ module: BOTH, settings: settingsOf({ asyncMaxPerTask: 1, checkpointIntervalMillis: 300 }) }));
  driver.produce('in', 'warm', []);
  driver.run();
  driver.trace.length = 0;
  driver.produce('in', 'a', [], 1195);
  driver.run();
  expect(started(driver)).toEqual(['1195 t/f/a', '1205 t/g/a']);
  expect(driver.events('checkpoint-completed').map(({ at }) => at - START)[0]).toBe(1205);
});

test('S3, S14: what a bootstrap sends goes before the second target of the record that it was for', () => {
  const driver = new EngineDriver(configOf({ module: BOTH }));
  driver.produce('in', 'a', [{ do: 'send', type: 't/h', id: 'a', program: [] }], 100);
  driver.run();
  expect(started(driver).slice(0, 3)).toEqual(['100 t/f/a', '110 t/h/a', '120 t/g/a']);
});
