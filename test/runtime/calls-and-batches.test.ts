import { expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/base/text-encoding.ts';
import { encodeFromFunction } from '../../src/protocol/wire-codec.ts';
import { ASYNC_ENDPOINT, configOf, EngineDriver, kafkaIngress, moduleOf, settingsOf, START } from '../support/engine-driver.ts';
import { answerCall, programBytes, TEXT_STATE, textState } from '../support/fake-functions.ts';
import type { Command } from '../support/fake-functions.ts';

const emit = (text: string): Command => ({ do: 'emit', egress: 't/out', topic: 'out', key: '', text });
const sizes = (driver: EngineDriver, type: string) =>
  driver.requests.filter(({ request }) => request.typename === type).map(({ decoded }) => decoded.messages.length);

/** Past the first contact with a type, so that tests see asynchronous calls. */
function warm(driver: EngineDriver, ...topics: readonly string[]): void {
  topics.forEach((topic) => driver.produce(topic, 'warm', []));
  driver.run();
  driver.requests.length = 0;
  driver.trace.length = 0;
}

test('S12: the handshake is once a type and subtask, and again in every attempt of the job', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 100 }) }), {
    states: { 't/f': [textState('n')] },
  });
  driver.produce('in', 'a', [{ do: 'count', state: 'n' }]);
  driver.produce('in', 'b', [{ do: 'count', state: 'n' }], 50);
  driver.input('crash', 300);
  driver.produce('in', 'c', [{ do: 'count', state: 'n' }], 2000);
  driver.run();
  expect(driver.requests.map(({ decoded }) => [decoded.target.id, decoded.states.length])).toEqual([
    ['a', 0],
    ['a', 1],
    ['b', 1],
    ['c', 0],
    ['c', 1],
  ]);
});

test('S13: state entries come in the order of a Java HashMap', () => {
  const orders = [
    ['visits', 'last', 'extra'],
    ['w', 'i', 'n'],
    ['y', 'c'],
  ].map((names) => {
    const driver = new EngineDriver(configOf(), { states: { 't/f': names.map((name) => textState(name)) } });
    driver.produce('in', 'a', []);
    driver.run();
    return driver.requests[1]?.decoded.states.map(({ name }) => name);
  });
  expect(orders).toEqual([
    ['visits', 'last', 'extra'],
    ['w', 'i', 'n'],
    ['c', 'y'],
  ]);
});

test('S14: until a first request is answered its whole subtask stands, timers and checkpoints included', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 50 }) }));
  warm(driver, 'in');
  driver.answer = (request) => ({ ...answerCall(driver.functions, request), extraMillis: request.typename === 't/g' ? 500 : 0 });
  driver.produce('in', 'a', [{ do: 'send-after', type: 't/f', id: 'a', millis: 200, program: [] }], 100);
  driver.produce('in-g', 'x', [], 120);
  driver.produce('in', 'b', [], 130);
  driver.run(2000);
  expect(driver.events('call-started').map(({ at, address }) => [at - START, address.typename])).toEqual([
    [100, 't/f'],
    [120, 't/g'],
    // 120 + 10 + 500: the timer (due at 310) before the record that waited since 130.
    [630, 't/f'],
    [630, 't/f'],
  ]);
  expect(
    driver
      .events('call-started')
      .slice(2)
      .map(({ address }) => address.id),
  ).toEqual(['a', 'b']);
  expect(
    driver
      .events('checkpoint-completed')
      .map(({ at }) => at - START)
      .filter((at) => at > 120 && at < 630),
  ).toEqual([]);
});

test('S16: a reply that misses states sends the same batch again, and nothing of it is an effect', () => {
  const driver = new EngineDriver(configOf());
  warm(driver, 'in');
  driver.functions = { states: { 't/f': [textState('late')] } };
  driver.produce('in', 'a', [{ do: 'count', state: 'late' }], 100);
  driver.run();
  expect(driver.requests.map(({ decoded }) => [decoded.messages.length, decoded.states.map(({ name }) => name)])).toEqual([
    [1, []],
    [1, ['late']],
  ]);
  expect(driver.state('t/f', 'a', 'late')).toBe('1');
});

test('S26: at async.max-per-task only ingress waits; local sends pass', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ asyncMaxPerTask: 2 }) }));
  warm(driver, 'in', 'in-g');
  const fanOut = ['1', '2', '3', '4'].map((id): Command => ({ do: 'send', type: 't/g', id, program: [] }));
  driver.produce('in', 'a', fanOut, 100);
  driver.produce('in', 'b', [], 101);
  driver.produce('in', 'c', [], 102);
  driver.run();
  const started = driver.events('call-started').map(({ at, address }) => `${at - START} ${address.typename}/${address.id}`);
  expect(started).toEqual(['100 t/f/a', '101 t/f/b', '110 t/g/1', '110 t/g/2', '110 t/g/3', '110 t/g/4', '120 t/f/c']);
  expect(driver.events('back-pressure').map(({ at, held, rule }) => [at - START, held, rule])).toEqual([
    [102, true, 'async-max-per-task'],
    [120, false, 'async-max-per-task'],
  ]);
});

test('S27: a batch that reaches maxNumBatchRequests stops the ingress of its subtask, for all types', () => {
  const driver = new EngineDriver(configOf({ module: moduleOf({ endpoints: [{ ...ASYNC_ENDPOINT, maxNumBatchRequests: 3 }] }) }));
  warm(driver, 'in', 'in-g');
  for (let index = 0; index < 8; index += 1) {
    driver.produce('in', 'a', [emit(String(index))], 100);
  }
  driver.produce('in-g', 'other', [], 103);
  driver.run();
  // One goes alone (S25), then batches of three, three and what is left.
  expect(sizes(driver, 't/f')).toEqual([1, 3, 3, 1]);
  expect(driver.events('call-started').find(({ address }) => address.typename === 't/g')?.at).toBe(START + 110);
  expect(driver.topic('out')).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
});

test('S27: a call that only asked for states lets input through as well, until the batch is added to', () => {
  const driver = new EngineDriver(configOf({ module: moduleOf({ endpoints: [{ ...ASYNC_ENDPOINT, maxNumBatchRequests: 2 }] }) }));
  warm(driver, 'in', 'in-g');
  driver.functions = { states: { 't/f': [textState('late')] } };
  driver.answer = (request) => ({ ...answerCall(driver.functions, request), extraMillis: request.id === 'a' ? 190 : 0 });
  for (const at of [100, 101, 102]) {
    driver.produce('in', 'a', [], at);
  }
  driver.produce('in-g', 'first', [], 103);
  driver.produce('in', 'a', [], 104);
  driver.produce('in-g', 'second', [], 105);
  driver.run();
  // At 300 the answer misses a state: the same record goes out again, and the two behind it stay. The next one blocks again.
  const started = (id: string) => (driver.events('call-started').find(({ address }) => address.id === id)?.at ?? 0) - START;
  expect([started('first'), started('second')]).toEqual([300, 500]);
});

test('S28: local sends pass that limit', () => {
  const driver = new EngineDriver(configOf({ module: moduleOf({ endpoints: [{ ...ASYNC_ENDPOINT, maxNumBatchRequests: 3 }] }) }));
  warm(driver, 'in', 'in-g');
  driver.produce(
    'in',
    'a',
    Array.from({ length: 8 }, (): Command => ({ do: 'send', type: 't/g', id: 'x', program: [] })),
    100,
  );
  driver.run();
  expect(sizes(driver, 't/g')).toEqual([1, 7]);
});

test('S29: a checkpoint waits behind a held record, the overdue ones follow it in a burst, and a slow request holds up none', () => {
  const held = new EngineDriver(configOf({ settings: settingsOf({ asyncMaxPerTask: 1, checkpointIntervalMillis: 50 }) }));
  warm(held, 'in');
  held.answer = (request) => ({ ...answerCall(held.functions, request), extraMillis: request.id === 'slow' ? 490 : 0 });
  held.produce('in', 'slow', [], 100);
  held.produce('in', 'next', [], 110);
  held.run(1000);
  expect(
    held
      .events('checkpoint-completed')
      .map(({ at }) => at - START)
      .filter((at) => at > 110 && at < 620),
  ).toEqual(Array.from({ length: 10 }, () => 600)); // Those of 150, 200, … 600.

  const slow = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 50 }) }));
  warm(slow, 'in');
  slow.answer = (request) => ({ ...answerCall(slow.functions, request), extraMillis: 490 });
  slow.produce('in', 'slow', [], 100);
  slow.run(1000);
  expect(slow.events('checkpoint-completed').map(({ at }) => at - START)).toContain(150);
});

test('S29: a checkpoint whose barrier waits for ten minutes fails the job, as Flink has it', () => {
  const endpoint = { ...ASYNC_ENDPOINT, timeouts: { ...ASYNC_ENDPOINT.timeouts, call: 1_200_000 } };
  const driver = new EngineDriver(
    configOf({ module: moduleOf({ endpoints: [endpoint] }), settings: settingsOf({ asyncMaxPerTask: 1, checkpointIntervalMillis: 1000 }) }),
  );
  driver.produce('in', 'warm', []);
  driver.run(500);
  driver.answer = (request) => ({ ...answerCall(driver.functions, request), extraMillis: 900_000 });
  driver.produce('in', 'slow', [], 1500);
  driver.produce('in', 'held', [], 1600);
  driver.run(700_000);
  expect(driver.events('job-failed').map(({ at, code }) => [at - START, code])).toEqual([[602_000, 'checkpoint-expired']]);
  expect(driver.events('job-restarted').map(({ checkpoint }) => checkpoint)).toEqual([1]);
});

test('S26, S28: values of zero and below switch the limits off', () => {
  const driver = new EngineDriver(
    configOf({
      module: moduleOf({ endpoints: [{ ...ASYNC_ENDPOINT, maxNumBatchRequests: 0 }] }),
      settings: settingsOf({ asyncMaxPerTask: -1 }),
    }),
  );
  warm(driver, 'in');
  for (let index = 0; index < 40; index += 1) {
    driver.produce('in', 'a', [], 100);
    driver.produce('in', String(index), [], 100);
  }
  driver.run();
  expect(driver.events('back-pressure')).toEqual([]);
  expect(driver.events('call-started').filter(({ at }) => at === START + 100)).toHaveLength(41);
  expect(driver.events('call-started').find(({ address, at }) => address.id === 'a' && at > START + 100)?.messages).toHaveLength(39);
});

test('S30: the caller is absent from ingress, the sender for messages, oneself for self-sends and delayed messages', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', [
    { do: 'send-self', program: [] },
    { do: 'send', type: 't/g', id: 'b', program: [] },
    { do: 'send-after', type: 't/g', id: 'b', millis: 100, program: [] },
  ]);
  driver.run();
  expect(driver.requests.map(({ decoded }) => [decoded.target.typename, decoded.messages.map(({ caller }) => caller)])).toEqual([
    ['t/f', [null]],
    ['t/f', [{ typename: 't/f', id: 'a' }]],
    ['t/g', [{ typename: 't/f', id: 'a' }]],
    ['t/g', [{ typename: 't/f', id: 'a' }]],
  ]);
});

test('S35: of several changes the last wins, and MODIFY stores its bytes whatever has_value says', () => {
  const driver = new EngineDriver(configOf(), { states: { 't/f': [textState('x'), textState('y')] } });
  driver.produce('in', 'a', []);
  driver.run();
  const value = (text: string, hasValue = true) => ({ typename: TEXT_STATE, hasValue, bytes: encodeUtf8(text) });
  driver.answer = (request) => ({
    ...answerCall(driver.functions, request),
    outcome: {
      type: 'replied',
      reply: encodeFromFunction({
        type: 'result',
        messages: [],
        delayed: [],
        egresses: [],
        mutations: [
          { type: 'modify', name: 'x', value: value('1') },
          { type: 'delete', name: 'x', value: null },
          { type: 'modify', name: 'x', value: value('2') },
          { type: 'modify', name: 'y', value: value('', false) },
        ],
      }),
    },
  });
  driver.produce('in', 'a', [], 100);
  driver.produce('in', 'a', [], 200);
  driver.run();
  const states = driver.requests
    .at(-1)
    ?.decoded.states.map(({ name, value }) => [name, value?.hasValue, value === null ? null : decodeUtf8(value.bytes)]);
  expect(states?.sort()).toEqual([
    ['x', true, '2'],
    ['y', true, ''],
  ]);
});

test('S41: a direct send comes before a delayed send of 0, even when it is listed after it', () => {
  const driver = new EngineDriver(configOf());
  warm(driver, 'in', 'in-g');
  driver.produce(
    'in',
    'a',
    [
      { do: 'send-after', type: 't/g', id: 'x', millis: 0, program: [emit('delayed')] },
      { do: 'send', type: 't/g', id: 'x', program: [emit('direct')] },
    ],
    100,
  );
  driver.run();
  expect(driver.topic('out')).toEqual(['direct', 'delayed']);
});

test('S82, S83, S84, S85, S86: keys become ids, values pass as they are, each target gets one, each ingress reads all', () => {
  const two = moduleOf({
    ingresses: [
      kafkaIngress('t/one', 'in', ['t/f', 't/f', 't/g']),
      kafkaIngress('t/two', 'in', ['t/g'], { routes: [{ topic: 'in', valueType: 'plainstring', targets: [typename('t/g')] }] }),
    ],
  });
  const driver = new EngineDriver(configOf({ module: two }));
  driver.produce('in', '', new Uint8Array(0));
  driver.run();
  const got = driver.requests.flatMap(({ decoded }) =>
    decoded.messages.map(({ argument }) => [decoded.target.typename, decoded.target.id, argument.typename, argument.hasValue]),
  );
  expect(got.sort()).toEqual([
    ['t/f', '', 'test/commands', true],
    ['t/f', '', 'test/commands', true],
    ['t/g', '', 'plainstring', true],
    ['t/g', '', 'test/commands', true],
  ]);
});

test('startup positions: earliest reads the backlog, latest and group-offsets begin at its end, offsets and dates where they say', () => {
  const read = (position: Parameters<typeof kafkaIngress>[3]) => {
    const feed = {
      type: 'file' as const,
      id: 'backlog',
      enabled: true,
      topic: 'in',
      path: 'records.jsonl' as never,
      format: 'jsonl' as const,
      arrival: { type: 'backlog' as const },
      startAfterMillis: 0,
      keyField: 'k',
      valueField: 'v',
    };
    const record = (key: string) => JSON.stringify({ k: key, v: [] });
    const driver = new EngineDriver(
      configOf({
        module: moduleOf({ ingresses: [kafkaIngress('t/in', 'in', ['t/f'], position)] }),
        feeds: [feed],
        feedFiles: { 'records.jsonl': [record('old-1'), record('old-2'), record('old-3')].join('\n') },
      }),
    );
    driver.produce('in', 'new', programBytes([]), 1000);
    driver.run();
    return driver.requests.map(({ decoded }) => decoded.target.id);
  };
  expect(read({ startupPosition: { type: 'earliest' } })).toEqual(['old-1', 'old-2', 'old-3', 'new']);
  expect(read({ startupPosition: { type: 'latest' } })).toEqual(['new']);
  expect(read({ startupPosition: { type: 'group-offsets' } })).toEqual(['new']);
  expect(read({ startupPosition: { type: 'specific-offsets', offsets: [{ topic: 'in', partition: 0, offset: 2 }] } })).toEqual([
    'old-3',
    'new',
  ]);
  expect(read({ startupPosition: { type: 'date', at: START } })).toEqual(['old-1', 'old-2', 'old-3', 'new']);
  expect(read({ startupPosition: { type: 'date', at: START + 1 } })).toEqual(['new']);
});
