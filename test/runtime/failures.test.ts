import { expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import type { EndpointDefinition } from '../../src/model/module.ts';
import type { CallReply, CallRequest } from '../../src/protocol/call.ts';
import type { InvocationResult } from '../../src/protocol/messages.ts';
import { encodeFromFunction } from '../../src/protocol/wire-codec.ts';
import { ASYNC_ENDPOINT, configOf, EngineDriver, kafkaIngress, moduleOf, settingsOf, START } from '../support/engine-driver.ts';
import { answerCall, TEXT_STATE, textState } from '../support/fake-functions.ts';
import type { Command } from '../support/fake-functions.ts';

const emit = (text: string, egress = 't/out', topic = 'out'): Command => ({ do: 'emit', egress, topic, key: '', text });
const OKHTTP: EndpointDefinition = {
  ...ASYNC_ENDPOINT,
  transport: 'okhttp',
  timeouts: { call: 10_000, connect: 10_000, read: 10_000, write: 10_000 },
};
const withBudget = (endpoint: EndpointDefinition, call: number): EndpointDefinition => ({
  ...endpoint,
  timeouts: { ...endpoint.timeouts, call },
});
const replied = (request: CallRequest, result: Partial<InvocationResult>): CallReply => ({
  ...answerCall({ states: {} }, request),
  outcome: {
    type: 'replied',
    reply: encodeFromFunction({ type: 'result', mutations: [], messages: [], delayed: [], egresses: [], ...result }),
  },
});

test('S61, S62: async tries again after 4, 8, 16 … ms, waits out the rest of its budget, and the job fails with it', () => {
  const driver = new EngineDriver(configOf({ module: moduleOf({ endpoints: [withBudget(ASYNC_ENDPOINT, 10_000)] }) }));
  driver.produce('in', 'a', [{ do: 'fail', message: 'no' }]);
  expect(driver.run()).toBe('ended');
  const starts = driver.events('call-started').map(({ at }) => at - START);
  const pauses = starts.slice(1).map((at, index) => at - (starts[index] ?? 0) - 10);
  // Measured: 12 attempts in 10 s; each takes its 10 ms here.
  expect(pauses).toEqual([4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096]);
  expect(driver.events('job-failed').map(({ at, code }) => [at - START, code])).toEqual([[10_000, 'call-budget-spent']]);
});

test('S62: okhttp tries again after 10, 20, 40 … ms, the last time at the deadline', () => {
  const driver = new EngineDriver(configOf({ module: moduleOf({ endpoints: [OKHTTP] }) }));
  driver.produce('in', 'a', [{ do: 'fail', message: 'no' }]);
  expect(driver.run()).toBe('ended');
  const starts = driver.events('call-started').map(({ at }) => at - START);
  expect(starts.at(-1)).toBe(10_000);
  expect(starts).toHaveLength(11);
  expect(driver.events('job-failed')[0]?.message).toContain(
    'Maximal request time has elapsed. Last known error is: invalid HTTP response code 500',
  );
});

test('S31: a retry repeats the same batch, and what arrives meanwhile waits for the next', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', [{ do: 'fail', message: 'no', attempts: 3 }, emit('1')]);
  driver.produce('in', 'a', [emit('2')], 12);
  driver.run();
  expect(driver.requests.map(({ request, decoded }) => [request.attempt, decoded.messages.length])).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
    [4, 1],
    [1, 1],
  ]);
  expect(driver.topic('out')).toEqual(['1', '2']);
});

test('S7: without checkpointing the first failure of the job ends it', () => {
  const driver = new EngineDriver(configOf());
  driver.input('crash', 100);
  expect(driver.run()).toBe('ended');
  expect(driver.events('job-failed').map(({ code, decision }) => [code, decision])).toEqual([['injected-crash', 'ended']]);
});

test('S8: with checkpointing the job is up again after a second, as often as it fails', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 100 }) }));
  driver.input('crash', 100);
  driver.input('crash', 2000);
  expect(driver.run()).toBe('idle');
  expect(driver.events('job-restarted').map(({ at, attempt }) => [at - START, attempt])).toEqual([
    [1100, 2],
    [3000, 3],
  ]);
});

test('S76: after a crash before the first checkpoint, earliest reads all again and latest loses the records', () => {
  const handled = (type: 'earliest' | 'latest') => {
    const driver = new EngineDriver(
      configOf({
        settings: settingsOf({ checkpointIntervalMillis: 10_000 }),
        module: moduleOf({ ingresses: [kafkaIngress('t/in', 'in', ['t/f'], { startupPosition: { type } })] }),
      }),
      { states: { 't/f': [textState('n')] } },
    );
    driver.produce('in', 'a', [{ do: 'count', state: 'n' }], 10);
    driver.input('crash', 100);
    driver.produce('in', 'a', [{ do: 'count', state: 'n' }], 5000);
    driver.run();
    expect(driver.engine.audit().ok).toBe(true);
    return driver.state('t/f', 'a', 'n');
  };
  expect(handled('earliest')).toBe('2');
  expect(handled('latest')).toBe('1');
});

test('S18: the value of a dropped state stays stored over a restart, and is back when it is declared again', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 100 }) }), {
    states: { 't/f': [textState('n')] },
  });
  driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'old' }]);
  driver.run(500);
  driver.functions = { states: {} };
  driver.input('crash', 600);
  driver.produce('in', 'a', [], 2000);
  driver.run(2500);
  expect(driver.requests.at(-1)?.decoded.states).toEqual([]);
  driver.functions = { states: { 't/f': [textState('n')] } };
  driver.produce('in', 'a', [], 3000);
  driver.run();
  expect(driver.requests.at(-1)?.decoded.states.map(({ value }) => value?.bytes)).toEqual([encodeUtf8('old')]);
});

test('S21, S23: another type, or an expiration where there was none, fails the job at registration after a restart', () => {
  const codes = [[{ ...textState('n'), typename: 'test/other' }], [textState('n', { mode: 'after-write' as const, millis: 1000 })]].map(
    (specs) => {
      const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 100 }) }), {
        states: { 't/f': [textState('n')] },
      });
      driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'old' }]);
      driver.run(500);
      driver.functions = { states: { 't/f': specs } };
      driver.input('crash', 600);
      driver.produce('in', 'a', [], 2000);
      driver.run(4000);
      return driver.events('job-failed').at(-1)?.code;
    },
  );
  expect(codes).toEqual(['state-type-mismatch', 'state-expiration-changed']);
});

test('S20, S36, S58, S59, S60, S68: an answer that cannot be applied fails the job by its own name, with no effect', () => {
  const value = (type: string) => ({ typename: type, hasValue: true, bytes: encodeUtf8('x') });
  const answers: readonly Partial<InvocationResult>[] = [
    { mutations: [{ type: 'modify', name: 'n', value: value('test/other') }] },
    { mutations: [{ type: 'modify', name: 'n', value: null }] },
    { messages: [{ target: { typename: typename('nowhere/x'), id: 'a' }, argument: value('a/b') }] },
    { egresses: [{ egress: typename('t/nope'), argument: value('a/b') }] },
    { egresses: [{ egress: typename('t/out'), argument: value('a/b') }] },
    { mutations: [{ type: 'delete', name: 'nosuch', value: null }] },
  ];
  const results = answers.map((answer) => {
    const driver = new EngineDriver(configOf(), { states: { 't/f': [textState('n')] } });
    driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'before' }]);
    driver.run();
    driver.answer = (request) =>
      replied(request, { ...answer, mutations: [{ type: 'modify', name: 'n', value: value(TEXT_STATE) }, ...(answer.mutations ?? [])] });
    driver.produce('in', 'a', [], 100);
    driver.run();
    return [driver.events('job-failed')[0]?.code, driver.state('t/f', 'a', 'n')];
  });
  expect(results).toEqual([
    ['state-type-mismatch', 'before'],
    ['state-type-mismatch', 'before'],
    ['no-endpoint', 'before'],
    ['unknown-egress', 'before'],
    ['bad-egress-payload', 'before'],
    ['unknown-state', 'before'],
  ]);
});

test('S32: an egress record leaves before a bad change of state fails the job', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 100, restartStrategy: { type: 'none' } }) }));
  driver.functions = { states: {} };
  driver.produce('in', 'a', [emit('left'), emit('open', 't/tx', 'tx'), { do: 'set', state: 'nosuch', to: 'x' }]);
  driver.run();
  expect(driver.topic('out')).toEqual(['left']);
  expect(driver.topic('tx', true)).toEqual([]);
});

test('S64, S82, S83: bad transport options, a record without a key, and a tombstone fail the job', () => {
  const codes = (
    [
      [withBudget(OKHTTP, 3000), 'a', []],
      [ASYNC_ENDPOINT, null, []],
      [ASYNC_ENDPOINT, 'a', null],
    ] as const
  ).map(([endpoint, key, program]) => {
    const driver = new EngineDriver(configOf({ module: moduleOf({ endpoints: [endpoint] }) }));
    driver.produce('in', key, program);
    driver.run();
    return driver.events('job-failed')[0]?.code;
  });
  expect(codes).toEqual(['bad-transport-options', 'record-without-key', 'record-without-value']);
});

test('S58: a delayed message to an unknown type is accepted, and fails the job when it is due', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', [{ do: 'send-after', type: 'nowhere/x', id: 'a', millis: 100, program: [] }]);
  driver.run();
  expect(driver.events('job-failed').map(({ at, code }) => [at - START, code])).toEqual([[111, 'no-endpoint']]);
});

test('S78, S79: exactly-once records are visible after the checkpoint that covers them, others at once', () => {
  const driver = new EngineDriver(configOf({ settings: settingsOf({ checkpointIntervalMillis: 100 }) }));
  driver.produce('in', 'a', [emit('x'), emit('x', 't/tx', 'tx')]);
  driver.run(50);
  expect([driver.topic('out', true), driver.topic('tx', true), driver.topic('tx')]).toEqual([['x'], [], ['x']]);
  driver.run();
  expect(driver.topic('tx', true)).toEqual(['x']);
  driver.produce('in', 'a', [emit('y'), emit('y', 't/tx', 'tx')], 200);
  driver.input('crash', 250);
  driver.run();
  expect([driver.topic('out', true), driver.topic('tx', true), driver.topic('tx')]).toEqual([
    ['x', 'y', 'y'],
    ['x', 'y'],
    ['x', 'y', 'y'],
  ]);
});

test('a call that takes longer than its budget with what its stubs add gets no answer', () => {
  const driver = new EngineDriver(configOf({ module: moduleOf({ endpoints: [withBudget(ASYNC_ENDPOINT, 1000)] }) }));
  driver.answer = (request) => ({ ...answerCall(driver.functions, request), extraMillis: 5000 });
  driver.produce('in', 'a', []);
  driver.run();
  expect(driver.events('call-failed').map(({ at, reason }) => [at - START, reason.type])).toEqual([[1000, 'no-answer']]);
  expect(driver.events('job-failed').map(({ at }) => at - START)).toEqual([1000]);
});

const pausing = () =>
  new EngineDriver(configOf({ settings: settingsOf({ pauseOnFailure: true, checkpointIntervalMillis: 100 }) }), {
    states: { 't/f': [textState('n')] },
  });
const failing: readonly Command[] = [
  { do: 'count', state: 'n' },
  { do: 'fail', message: 'oops' },
];

test('a throw pauses the run and tells which messages; mended code goes on with the same batch', () => {
  const driver = pausing();
  driver.produce('in', 'a', failing);
  driver.produce('in', 'a', [{ do: 'count', state: 'n' }], 15);
  expect(driver.run()).toBe('paused');
  expect(driver.engine.paused()).toMatchObject({
    address: { typename: 't/f', id: 'a' },
    messages: [1],
    failure: { type: 'call', reason: { type: 'threw' } },
  });
  driver.answer = (request) => answerCall({ states: driver.functions.states }, { ...request, attempt: 1 });
  const mended = driver.answer;
  driver.answer = (request) => {
    const reply = mended(request);
    return reply?.outcome.type === 'threw'
      ? replied(request, {
          mutations: [{ type: 'modify', name: 'n', value: { typename: TEXT_STATE, hasValue: true, bytes: encodeUtf8('5') } }],
        })
      : reply;
  };
  driver.apply({ type: 'decide', decision: 'retry' });
  expect(driver.run()).toBe('idle');
  expect(driver.state('t/f', 'a', 'n')).toBe('6');
});

test('drop goes on without exactly that batch, and says so', () => {
  const driver = pausing();
  driver.produce('in', 'a', failing);
  driver.produce('in', 'a', [{ do: 'count', state: 'n' }], 25);
  expect(driver.run()).toBe('paused');
  driver.apply({ type: 'decide', decision: 'drop' });
  expect(driver.run()).toBe('idle');
  expect(driver.state('t/f', 'a', 'n')).toBe('1');
  expect(driver.events('dropped-by-user').map(({ messages }) => messages)).toEqual([[1]]);
  expect(driver.engine.audit().ok).toBe(true);
});

test('as-engine retries and restarts as StateFun would, without pausing again for that address', () => {
  const driver = pausing();
  driver.produce('in', 'a', failing);
  expect(driver.run()).toBe('paused');
  driver.apply({ type: 'decide', decision: 'as-engine' });
  expect(driver.run(300_000)).toBe('until');
  expect(driver.events('job-restarted').length).toBeGreaterThan(1);
  expect(driver.events('call-failed').filter(({ decision }) => decision === 'paused')).toHaveLength(1);
});

test('a failing record can be dropped, and the record behind it is read', () => {
  const driver = pausing();
  driver.produce('in', null, []);
  driver.produce('in', 'a', [{ do: 'count', state: 'n' }]);
  expect(driver.run()).toBe('paused');
  expect(driver.engine.paused()).toMatchObject({
    record: { topic: 'in', partition: 0, offset: 0 },
    failure: { type: 'job', code: 'record-without-key' },
  });
  driver.apply({ type: 'decide', decision: 'drop' });
  expect(driver.run()).toBe('idle');
  expect(driver.state('t/f', 'a', 'n')).toBe('1');
  expect(driver.engine.audit()).toMatchObject({ ok: true, unread: 0 });
});

test('S66: a failing request in the checkpoint is called first after the restart, while everything else waits', () => {
  const driver = new EngineDriver(
    configOf({
      settings: settingsOf({ checkpointIntervalMillis: 100 }),
      module: moduleOf({ endpoints: [withBudget(ASYNC_ENDPOINT, 1000)] }),
    }),
  );
  driver.produce('in', 'warm', []);
  driver.run(50);
  driver.produce('in', 'poison', [{ do: 'fail', message: 'no' }], 100);
  driver.produce('in', 'other', [], 1500);
  driver.run(4000);
  const [restart] = driver.events('job-restarted');
  expect(restart?.at).toBe(START + 2100);
  const later = driver.events('call-started').filter(({ at }) => at >= START + 2100);
  expect(later.map(({ address }) => address.id)).not.toContain('other');
  expect(later[0]).toMatchObject({ address: { id: 'poison' }, bootstrap: true });
});

test('stand-ins answer by themselves and forward messages as they are', () => {
  const driver = new EngineDriver(
    configOf({
      standIns: [
        { typename: typename('t/f'), forwardTo: { type: 'function', typename: typename('t/g') } },
        { typename: typename('t/g'), forwardTo: { type: 'egress', id: typename('t/out'), topic: 'seen' } },
      ],
    }),
  );
  driver.produce('in', 'a', encodeUtf8('as it is'));
  expect(driver.run()).toBe('idle');
  expect(driver.requests).toEqual([]);
  expect(driver.topic('seen')).toEqual(['as it is']);
  expect(driver.engine.records('seen', 0, 1).rows[0]?.key).toBe('a');
});
