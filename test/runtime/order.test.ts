import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/base/text-encoding.ts';
import { ASYNC_ENDPOINT, configOf, EngineDriver, kafkaIngress, moduleOf, settingsOf, START } from '../support/engine-driver.ts';
import { answerCall, programBytes, textState } from '../support/fake-functions.ts';
import type { Command } from '../support/fake-functions.ts';
import { PLAIN, play, scenarios } from '../support/random-programs.ts';

const emit = (text: string, key = ''): Command => ({ do: 'emit', egress: 't/out', topic: 'out', key, text });
const send = (type: string, id: string, program: readonly Command[] = []): Command => ({ do: 'send', type, id, program });

/** Past the first contact with both types, so that tests see asynchronous calls. */
function warm(driver: EngineDriver): void {
  driver.produce('in', 'warm', []);
  driver.produce('in-g', 'warm', []);
  driver.run();
  driver.requests.length = 0;
  driver.trace.length = 0;
}

const starts = (driver: EngineDriver) =>
  driver.events('call-started').map(({ at, address, messages }) => [at - START, `${address.typename}/${address.id}`, messages.length]);

/** Answers that take longer by id. */
function delays(driver: EngineDriver, millis: Readonly<Record<string, number>>): void {
  driver.answer = (request) => ({ ...answerCall(driver.functions, request), extraMillis: millis[request.id] ?? 0 });
}

test('S2, S3: a job runs to its end, the messages that it makes on its subtask included, before the next one of the same moment', () => {
  const driver = new EngineDriver(configOf());
  warm(driver);
  // a and b complete at the same moment: what a sends is under way before b's answer is looked at.
  driver.produce('in', 'a', [send('t/g', 'x'), send('t/g', 'y')], 100);
  driver.produce('in', 'b', [send('t/g', 'z')], 100);
  driver.run();
  const order = driver.trace
    .filter(({ type }) => type === 'call-completed' || type === 'call-started')
    .map((event) => (event.type === 'call-completed' || event.type === 'call-started' ? `${event.type} ${event.address.id}` : ''));
  expect(order.slice(0, 7)).toEqual([
    'call-started a',
    'call-started b',
    'call-completed a',
    'call-started x',
    'call-started y',
    'call-completed b',
    'call-started z',
  ]);
});

test('S3: to another subtask a message goes through the feedback channel and is a job of its own there', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ parallelism: 2 }) }));
  // a lives on subtask 1, acct-0042 on subtask 0 (Flink's key groups).
  for (const id of ['a', 'acct-0042']) {
    driver.produce('in', id, []);
    driver.produce('in-g', id, []);
  }
  driver.run();
  driver.trace.length = 0;
  driver.produce('in', 'a', [send('t/g', 'acct-0042'), send('t/g', 'a')], 200);
  driver.run();
  const [, local, remote] = driver.events('call-started').map(({ address }) => address.id);
  expect([local, remote]).toEqual(['a', 'acct-0042']);
});

test('S4: one request of an address is in flight, while other addresses of its type run beside it', () => {
  const driver = new EngineDriver(configOf());
  warm(driver);
  for (let id = 0; id < 8; id += 1) {
    driver.produce('in', String(id), [], 100);
    driver.produce('in', String(id), [], 101);
  }
  driver.run(105);
  expect(driver.engine.metrics().callsInFlight).toBe(8);
  expect(driver.events('call-started').map(({ address }) => address.id)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  driver.run();
  expect(
    driver
      .events('call-started')
      .slice(8)
      .map(({ at, address }) => [at - START, address.id]),
  ).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'].map((id) => [110, id]));
});

test('S25: whatever its origin, what arrives at a busy address goes as one batch in the order of arrival', () => {
  const driver = new EngineDriver(configOf());
  warm(driver);
  delays(driver, { k: 490 });
  driver.produce('in-g', 'k', [], 100);
  driver.produce('in-g', 'k', [emit('b1')], 110);
  driver.produce('in', 'x', [send('t/g', 'k', [emit('f1')]), send('t/g', 'k', [emit('f2')])], 120);
  driver.produce('in', 'x', [{ do: 'send-after', type: 't/g', id: 'k', millis: 50, program: [emit('t1')] }], 140);
  driver.produce('in-g', 'k', [emit('b2')], 300);
  driver.run();
  const batch = driver.requests.filter(({ request }) => request.typename === 't/g').at(-1)?.decoded;
  expect(batch?.messages.map(({ caller, argument }) => [caller?.id ?? null, /text":"(\w+)/.exec(decodeUtf8(argument.bytes))?.[1]])).toEqual(
    [
      [null, 'b1'],
      ['x', 'f1'],
      ['x', 'f2'],
      ['x', 't1'],
      [null, 'b2'],
    ],
  );
});

test('S33: a self-send sees the state that the same answer wrote', () => {
  const driver = new EngineDriver(configOf(), { states: { 't/f': [textState('n')] } });
  driver.produce('in', 'a', [
    { do: 'send-self', program: [] },
    { do: 'set', state: 'n', to: 'written' },
  ]);
  driver.run();
  const last = driver.requests.at(-1)?.decoded;
  expect(last?.messages[0]?.caller?.id).toBe('a');
  expect(last?.states.map(({ value }) => (value === null ? null : decodeUtf8(value.bytes)))).toEqual(['written']);
});

test('S39: of one partition and target address the order is kept; between partitions it is that of arrival', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ partitions: 2 }) }));
  warm(driver);
  delays(driver, { a: 100 });
  const record = (partition: number, text: string, at: number) =>
    driver.apply({
      type: 'produce',
      at: (START + at) as never,
      record: { topic: 'in', partition, key: 'a', value: programBytes([emit(text)]), headers: [] },
    });
  record(0, 'p0-1', 100);
  record(1, 'p1-1', 101);
  record(0, 'p0-2', 102);
  record(1, 'p1-2', 103);
  driver.run();
  expect(driver.topic('out')).toHaveLength(4);
  expect(driver.events('egress-written').map(({ value }) => decodeUtf8(value.bytes))).toEqual(['p0-1', 'p1-1', 'p0-2', 'p1-2']);
});

test('S40: a fan-out starts in list order, travels concurrently, and is answered in any order', () => {
  const driver = new EngineDriver(configOf());
  warm(driver);
  delays(driver, { '0': 30, '1': 20, '2': 10 });
  driver.produce(
    'in',
    'a',
    ['0', '1', '2', '3'].map((id) => send('t/g', id, [emit(id)])),
    100,
  );
  driver.run();
  expect(starts(driver).slice(1)).toEqual([0, 1, 2, 3].map((id) => [110, `t/g/${id}`, 1]));
  expect(driver.topic('out')).toEqual(['3', '2', '1', '0']);
});

test('S44: a due message joins the batch of a busy receiver, and can no longer be cancelled', () => {
  const driver = new EngineDriver(configOf());
  warm(driver);
  driver.produce('in', 'a', [{ do: 'send-after', type: 't/g', id: 'k', millis: 50, token: 'T', program: [emit('due')] }], 100);
  driver.run(105);
  delays(driver, { k: 490 });
  driver.produce('in-g', 'k', [], 120);
  driver.produce('in', 'a', [{ do: 'cancel', token: 'T' }], 200);
  driver.run();
  // Due at 160, waiting at t/g/k, which is answered at 620.
  expect(driver.events('timer-cancelled')).toEqual([]);
  expect(driver.topic('out')).toEqual(['due']);
  expect(starts(driver).at(-1)).toEqual([620, 't/g/k', 1]);
});

test('S43: overdue messages fire by due time after a restart, with replayed records between them', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 100 }) }));
  const after = (millis: number): Command => ({ do: 'send-after', type: 't/g', id: 'x', millis, program: [emit(String(millis))] });
  driver.produce('in', 'a', [after(600), after(200), after(400), after(300)]);
  driver.run(150);
  driver.input('crash', 160);
  driver.run();
  expect(driver.events('timer-fired').map(({ timer }) => timer)).toEqual([2, 4, 3, 1]);
});

test('S47: the failure names the token and both due times, and a deterministic function fails so for ever', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 1000 }) }));
  const after = (millis: number): Command => ({ do: 'send-after', type: 't/g', id: 'x', millis, token: 'dup', program: [] });
  driver.produce('in', 'a', [after(60_000)], 100);
  driver.produce('in', 'a', [after(500)], 1200);
  driver.run(10_000);
  const failures = driver.events('job-failed');
  expect(failures.length).toBeGreaterThan(3);
  expect(failures[0]?.message).toBe(
    `Error adding delayed message to state buffer: Trying to associate a message with cancellation token dup and timestamp ${START + 1710}, ` +
      `but a message with the same cancellation token exists and with a timestamp ${START + 60_110}`,
  );
});

test('S59, S60: the job dies of the egress in the engine’s words', () => {
  const message = (command: Command) => {
    const driver = new EngineDriver(configOf());
    driver.produce('in', 'a', [command]);
    driver.run();
    return driver.events('job-failed')[0]?.message;
  };
  expect(message({ ...emit('x'), egress: 't/nope' } as Command)).toBe(
    'Unknown egress EgressKey(t, nope, class org.apache.flink.statefun.sdk.reqreply.generated.TypedValue)',
  );
});

test('S58: a record for a type without an endpoint is replayed, and fails the job, for ever', () => {
  const driver = new EngineDriver(
    configOf({
      module: moduleOf({ ingresses: [kafkaIngress('t/in', 'in', ['nowhere/x'])] }),
      settings: settingsOf({ checkpointIntervalMillis: 100 }),
    }),
  );
  driver.produce('in', 'a', []);
  driver.run(5500);
  const failures = driver.events('job-failed');
  expect(failures.map(({ at }) => at - START)).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
  expect(failures[0]?.message).toBe('Cannot find a provider for type FunctionType(nowhere, x).');
});

test('S82, S83: records without a key or a value are replayed, and fail the job, for ever', () => {
  const message = (key: string | null, program: readonly Command[] | null) => {
    const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 100 }) }));
    driver.produce('in', key, program);
    driver.run(2500);
    expect(driver.events('job-failed')).toHaveLength(3);
    return driver.events('job-failed')[0]?.message;
  };
  expect(message(null, [])).toMatch(/^The io\.statefun\.kafka\.v1\/ingress ingress requires a UTF-8 key set for each record/);
  expect(message('a', null)).toMatch(/^NullPointerException/);
});

test('S81: an empty key is no key; records with one go to its partition, have no headers, and no time of their own', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ partitions: 4 }) }));
  driver.produce('in', 'a', [emit('none'), emit('keyed', 'abc'), emit('again', 'abc')]);
  driver.run();
  const rows = driver.engine.records('out', 0, 10).rows;
  expect(rows.map(({ key, headers, at }) => [key, headers, at - START]).sort()).toEqual(
    [
      [null, [], 10],
      ['abc', [], 10],
      ['abc', [], 10],
    ].sort(),
  );
  // murmur2('abc') = 479470107, as in Kafka's own tests.
  expect(rows.filter(({ key }) => key === 'abc').map(({ partition }) => partition)).toEqual([479470107 % 4, 479470107 % 4]);
});

test('S86: one topic twice in one ingress: the later entry wins', () => {
  const routes = [
    { topic: 'in', valueType: 'first', targets: [typename('t/f')] },
    { topic: 'in', valueType: 'second', targets: [typename('t/g')] },
  ];
  const driver = new EngineDriver(configOf({ module: moduleOf({ ingresses: [kafkaIngress('t/in', 'in', [], { routes })] }) }));
  driver.produce('in', 'a', encodeUtf8(''));
  driver.run();
  expect(driver.requests.map(({ decoded }) => [decoded.target.typename, decoded.messages[0]?.argument.typename])).toEqual([
    ['t/g', 'second'],
  ]);
});

test('S91: ns/name beats ns/*, in whatever order they stand', () => {
  const special = { ...ASYNC_ENDPOINT, pattern: { namespace: 't', name: 'f' }, maxNumBatchRequests: 1 };
  for (const endpoints of [
    [special, ASYNC_ENDPOINT],
    [ASYNC_ENDPOINT, special],
  ]) {
    const driver = new EngineDriver(configOf({ module: moduleOf({ endpoints }) }));
    warm(driver);
    driver.produce('in', 'a', [], 100);
    driver.produce('in', 'a', [], 101);
    driver.produce('in-g', 'b', [], 102);
    driver.run();
    // With a limit of 1 the second record of t/f/a holds everything behind it (S27).
    expect(driver.events('call-started').find(({ address }) => address.typename === 't/g')?.at).toBe(START + 110);
  }
});

test('S93: the type’s name goes into the URL as it is, and any other brace fails the job at the first message', () => {
  const message = (urlPathTemplate: string) => {
    const driver = new EngineDriver(configOf({ module: moduleOf({ endpoints: [{ ...ASYNC_ENDPOINT, urlPathTemplate }] }) }));
    driver.produce('in', 'a', []);
    driver.run();
    return driver.events('job-failed')[0]?.message ?? null;
  };
  expect(message('http://h/x/{function.name}/{function.name}?x=1')).toBeNull();
  expect(message('http://127.0.0.1:7280/{function.name}/{function.namespace}')).toBe(
    'Illegal character in path at index 24: http://127.0.0.1:7280/f/{function.namespace}',
  );
});

test('S94: functions and egresses that nothing uses are fine', () => {
  const unused = { ...ASYNC_ENDPOINT, pattern: { namespace: 'unused', name: '*' } };
  const driver = new EngineDriver(configOf({ module: moduleOf({ endpoints: [unused, ASYNC_ENDPOINT] }) }));
  driver.produce('in', 'a', [emit('x')]);
  expect(driver.run()).toBe('idle');
  expect(driver.topic('out')).toEqual(['x']);
});

test('S96: without failures async and okhttp do the same, event for event', () => {
  fc.assert(
    fc.property(
      scenarios({ tokens: true, failures: 'none' }, ['crash', 'checkpoint'], { callLatency: { minMillis: 10, meanMillis: 10 } }),
      (scenario) => {
        const [async, okhttp] = (['async', 'okhttp'] as const).map((transport) => {
          const { module } = scenario.config;
          const endpoints = module.endpoints.map((endpoint) => ({ ...endpoint, transport }));
          return play({ ...scenario, config: { ...scenario.config, module: { ...module, endpoints } } }, PLAIN, null, 1000).lines();
        });
        expect(okhttp).toEqual(async);
      },
    ),
    { numRuns: 30 },
  );
});
