import { expect, test } from 'vitest';
import { virtualTime } from '../../src/base/ids.ts';
import type { EndpointDefinition, ModuleDefinition } from '../../src/model/module.ts';
import type { SimulationSettings } from '../../src/model/simulation-settings.ts';
import { encodeFromFunction } from '../../src/protocol/wire-codec.ts';
import { ASYNC_ENDPOINT, configOf, EngineDriver, kafkaIngress, moduleOf, settingsOf, START } from '../support/engine-driver.ts';
import { answerCall, textState } from '../support/fake-functions.ts';
import type { Command } from '../support/fake-functions.ts';

const STATES = { states: { 't/f': [textState('n'), textState('log')], 't/g': [textState('n')] } };
const count: Command = { do: 'count', state: 'n' };
const log = (text: string): Command => ({ do: 'append', state: 'log', text });
const emit = (text: string, egress = 't/out', topic = 'out'): Command => ({ do: 'emit', egress, topic, key: '', text });
const after = (millis: number, program: readonly Command[], token?: string): Command => ({
  do: 'send-after',
  type: 't/f',
  id: 'a',
  millis,
  program,
  ...(token === undefined ? {} : { token }),
});

function recovering(settings: Partial<SimulationSettings> = {}, module: Partial<ModuleDefinition> = {}): EngineDriver {
  return new EngineDriver(
    configOf({ module: moduleOf(module), settings: settingsOf({ checkpointIntervalMillis: 100, ...settings }) }),
    STATES,
  );
}

function crashProcess(driver: EngineDriver, at: number): void {
  driver.apply({ type: 'process-crash', at: virtualTime(START + at) });
}

/** Answers take so long from now on. */
function slow(driver: EngineDriver, millis: number, ids: readonly string[] = []): void {
  driver.answer = (request) => ({
    ...answerCall(driver.functions, request),
    extraMillis: ids.length === 0 || ids.includes(request.id) ? millis : 0,
  });
}

const calls = (driver: EngineDriver, since: number) =>
  driver
    .events('call-started')
    .filter(({ at }) => at - START >= since)
    .map(({ at, address, messages }) => [at - START, [address.typename, address.id].join('/'), messages] as const);

test('S71: a checkpoint holds state, waiting batches, requests in flight, delayed messages with their tokens, and offsets', () => {
  const driver = recovering();
  driver.produce('in', 'a', [count, log('1'), after(5000, [log('timer')], 'T')]);
  driver.run(50);
  slow(driver, 10_000);
  driver.produce('in', 'a', [log('2')], 60);
  driver.produce('in', 'a', [log('3')], 70);
  driver.produce('in', 'a', [log('4')], 80);
  driver.run(250);
  expect(driver.engine.metrics().checkpoint).not.toBeNull();
  driver.input('crash', 260);
  driver.run(500);
  driver.answer = (request) => answerCall(driver.functions, request);
  driver.run(3000);
  // In flight: 2. Waiting: 3 and 4. Nothing is read again.
  expect(driver.state('t/f', 'a', 'log')).toBe('1234');
  expect(driver.state('t/f', 'a', 'n')).toBe('1');
  expect(driver.events('record-routed')).toHaveLength(4);
  driver.produce('in', 'a', [{ do: 'cancel', token: 'T' }], 3100);
  driver.run();
  expect(driver.events('timer-cancelled')).toHaveLength(1);
  expect(driver.state('t/f', 'a', 'log')).toBe('1234');
});

test('S73: batches are formed anew: records first handled one by one come back as one and the rest', () => {
  const driver = recovering({ checkpointIntervalMillis: 10_000 }, {});
  driver.produce('in', 'warm', []);
  for (let index = 0; index < 19; index += 1) {
    driver.produce('in', 'a', [log(String(index % 10))], 100 + index * 20);
  }
  driver.input('crash', 600);
  driver.run();
  const batches = (since: number) =>
    calls(driver, since)
      .filter(([, address]) => address === 't/f/a')
      .map(([, , messages]) => messages.length);
  expect(driver.state('t/f', 'a', 'log')).toBe('0123456789012345678');
  expect(batches(0).slice(0, 19)).toEqual(Array.from({ length: 19 }, () => 1));
  expect(batches(600)).toEqual([1, 18]);
});

test('S74: after a restart come the requests in flight, then feedback messages, then timers and ingress', () => {
  // At parallelism 2, id a lives on subtask 1 and acct-0042 on subtask 0 (Flink's key groups).
  const driver = recovering({ parallelism: 2, asyncMaxPerTask: 1 });
  for (const id of ['a', 'acct-0042']) {
    driver.produce('in', id, []);
    driver.produce('in-g', id, []);
  }
  driver.run(95);
  slow(driver, 5000, ['a']);
  // t/f/a is in flight, so its subtask takes no feedback message: the one from the other subtask waits in the channel.
  driver.produce('in', 'a', [after(100, [], 'x')], 110);
  driver.run(115);
  driver.produce('in', 'acct-0042', [{ do: 'send', type: 't/g', id: 'a', program: [count] }], 120);
  driver.run(450);
  expect(driver.engine.metrics().checkpoint?.at).toBeGreaterThan(START + 150);
  driver.input('crash', 460);
  driver.answer = (request) => answerCall(driver.functions, request);
  driver.produce('in-g', 'a', [], 500);
  driver.run(20_000);
  const order = calls(driver, 1460)
    .filter(([, address]) => address.endsWith('/a'))
    .map(([, address, messages]) => [address, messages.length]);
  expect(order.map(([address]) => address)).toEqual(['t/f/a', 't/f/a', 't/g/a', 't/g/a', 't/g/a', 't/f/a']);
  // The second of each pair is the batch after its handshake; then the record waits for t/g, and the timer comes last.
  expect(driver.engine.audit()).toMatchObject({ ok: true, unread: 0 });
});

test('S74: a feedback message of the checkpoint goes before a timer that is long overdue', () => {
  const driver = recovering({ parallelism: 2 }, { endpoints: [{ ...ASYNC_ENDPOINT, maxNumBatchRequests: 1 }] });
  for (const id of ['a', 'acct-0042']) {
    driver.produce('in', id, []);
    driver.produce('in-g', id, []);
  }
  driver.produce('in', 'a', [after(900, [])], 50);
  driver.run(95);
  slow(driver, 600, ['a']);
  // One in flight and one waiting: the address is blocked (S27), until a restart forgets that.
  driver.produce('in', 'a', [], 110);
  driver.produce('in', 'a', [], 111);
  driver.run(115);
  driver.produce('in', 'acct-0042', [{ do: 'send', type: 't/g', id: 'a', program: [] }], 120);
  driver.run(450);
  driver.input('crash', 460);
  driver.answer = (request) => answerCall(driver.functions, request);
  driver.run(20_000);
  const [restart] = driver.events('job-restarted');
  const fired = driver.events('timer-fired')[0];
  const toG = driver.events('call-started').find(({ seq, address }) => seq > (restart?.seq ?? 0) && address.typename === 't/g');
  expect(fired?.at).toBeGreaterThan(START + 1460);
  expect(toG?.seq).toBeLessThan(fired?.seq ?? 0);
});

test('S75: a restored request goes out without state, its batch stays behind it, and replayed records behind that', () => {
  const driver = recovering();
  driver.produce('in', 'a', [log('0')]);
  driver.run(50);
  slow(driver, 10_000);
  driver.produce('in', 'a', [log('in flight')], 60);
  driver.produce('in', 'a', [log('q1')], 70);
  driver.produce('in', 'a', [log('q2')], 80);
  driver.run(250);
  driver.produce('in', 'a', [log('q3')], 260);
  driver.input('crash', 270);
  driver.run(280);
  driver.requests.length = 0;
  driver.answer = (request) => answerCall(driver.functions, request);
  driver.run();
  expect(driver.requests.map(({ decoded }) => [decoded.states.length, decoded.messages.length])).toEqual([
    [0, 1],
    [2, 1],
    [2, 3],
  ]);
  expect(driver.state('t/f', 'a', 'log')).toBe('0in flightq1q2q3');
});

test('S66: the restored request is called while the job is not ready, and each cycle takes its budget and the pause', () => {
  const endpoint: EndpointDefinition = { ...ASYNC_ENDPOINT, timeouts: { ...ASYNC_ENDPOINT.timeouts, call: 10_000 } };
  const driver = recovering({}, { endpoints: [endpoint] });
  driver.functions = { states: {} };
  driver.produce('in', 'warm', []);
  driver.produce('in', 'a', [{ do: 'fail', message: 'no' }], 50);
  driver.produce('in', 'b', [], 2000);
  driver.run(40_000);
  const failed = driver.events('job-failed').map(({ at }) => at - START);
  // Measured: cycles of 11.3 s, of which 0.3 s is the engine's own start.
  expect(failed.slice(0, 3)).toEqual([10_050, 21_050, 32_050]);
  expect(driver.events('checkpoint-completed').filter(({ at }) => at - START > 10_050)).toEqual([]);
  expect(calls(driver, 11_000).map(([, address]) => address)).not.toContain('t/f/b');
});

test('S65: the job dies of the call that spent its budget, and takes every function with it: nothing is skipped', () => {
  const endpoint: EndpointDefinition = { ...ASYNC_ENDPOINT, timeouts: { ...ASYNC_ENDPOINT.timeouts, call: 500 } };
  const driver = recovering({}, { endpoints: [endpoint] });
  driver.produce('in', 'warm', []);
  driver.produce('in-g', 'warm', []);
  driver.run(50);
  driver.produce('in', 'poison', [{ do: 'fail', message: 'no' }], 60);
  slow(driver, 480, ['slow']);
  driver.produce('in-g', 'slow', [count], 80);
  driver.run(20_000);
  const failures = driver.events('job-failed');
  expect(failures[0]).toMatchObject({
    code: 'call-budget-spent',
    message: 'Failure forwarding a message to a remote function Address(t, f, poison): RequestTimeoutException',
    decision: 'restart',
  });
  expect(failures.length).toBeGreaterThan(10);
  // t/g needs another 60 ms each time, and is never reached again.
  expect(driver.state('t/g', 'slow', 'n')).toBeNull();
});

test('S70: an answer that comes after the restart is ignored', () => {
  const driver = recovering();
  driver.produce('in', 'a', [count]);
  driver.run(50);
  const usual = driver.answer;
  let late: (() => void) | null = null;
  driver.answer = (request) => {
    const reply = usual(request);
    if (late === null && reply !== null) {
      late = () => driver.apply({ type: 'reply', reply });
      return null;
    }
    return usual(request);
  };
  driver.produce('in', 'a', [count], 60);
  driver.input('crash', 62);
  driver.run(1500);
  const reply = late as (() => void) | null;
  reply?.();
  driver.run();
  expect(driver.state('t/f', 'a', 'n')).toBe('2');
  expect(driver.engine.audit().ok).toBe(true);
});

test('S77: a process that is started anew begins from nothing, and what was committed before is seen twice', () => {
  const driver = recovering();
  driver.produce('in', 'a', [count, emit('r', 't/tx', 'tx'), after(5000, [emit('late')])]);
  driver.run(250);
  expect([driver.topic('tx', true), driver.engine.metrics().checkpoint?.id]).toEqual([['r'], 1]);
  crashProcess(driver, 300);
  driver.run();
  expect(driver.events('job-failed').map(({ code, decision }) => [code, decision])).toEqual([['process-crash', 'restart']]);
  expect(driver.events('job-restarted').map(({ checkpoint }) => checkpoint)).toEqual([null]);
  expect(driver.topic('tx', true)).toEqual(['r', 'r']);
  expect(driver.state('t/f', 'a', 'n')).toBe('1');
  // One delayed message, of the new life: that of the old one is gone.
  expect(driver.topic('out')).toEqual(['late']);
  expect(driver.engine.audit()).toMatchObject({ ok: true, unread: 0 });
});

test('S77: with latest the new process loses what was read and not yet handled, and the open transaction of the old one is aborted', () => {
  const driver = recovering({}, { ingresses: [kafkaIngress('t/in', 'in', ['t/f'], { startupPosition: { type: 'latest' } })] });
  driver.produce('in', 'a', [count, emit('open', 't/tx', 'tx')], 110);
  crashProcess(driver, 150);
  driver.produce('in', 'a', [count], 3000);
  driver.run();
  expect([driver.topic('tx'), driver.topic('tx', true)]).toEqual([['open'], []]);
  expect(driver.state('t/f', 'a', 'n')).toBe('1');
});

test('S77: a process dies while its job waits for a restart, too', () => {
  const driver = recovering({ restartStrategy: { type: 'fixed-delay', delayMillis: 10_000, attempts: null } });
  driver.produce('in', 'a', [count]);
  driver.input('crash', 200);
  crashProcess(driver, 500);
  driver.run();
  expect(driver.events('job-restarted').map(({ at, checkpoint }) => [at - START, checkpoint])).toEqual([[1500, null]]);
  expect(driver.state('t/f', 'a', 'n')).toBe('1');
});

test('S76: group-offsets goes on after the last checkpoint’s offsets, which the broker keeps over a process crash', () => {
  const group = [kafkaIngress('t/in', 'in', ['t/f'], { startupPosition: { type: 'group-offsets' } })];
  const driver = recovering({}, { ingresses: group });
  driver.produce('in', 'a', [log('1')], 10);
  driver.run(150);
  driver.produce('in', 'a', [log('2')], 160);
  crashProcess(driver, 190);
  driver.run();
  // State is gone; the first record was committed with the checkpoint at 100, the second is read again.
  expect(driver.state('t/f', 'a', 'log')).toBe('2');
});

test('S90: a job with a playground ingress can not be restarted in its process, only started in a new one', () => {
  const playground = kafkaIngress('io.statefun.playground/ingress', 'none', [], {
    kind: 'io.statefun.playground.v1/ingress',
    connector: 'custom',
    routes: [],
  });
  const driver = recovering({}, { ingresses: [kafkaIngress('t/in', 'in', ['t/f']), playground] });
  driver.produce('in', 'a', [count]);
  driver.input('crash', 500);
  driver.run(4000);
  expect(driver.events('job-failed').map(({ at, code, message }) => [at - START, code, message])).toEqual([
    [500, 'injected-crash', 'Crash asked for by the user'],
    [1500, 'playground-port-in-use', 'BindException: Address already in use'],
    [2500, 'playground-port-in-use', 'BindException: Address already in use'],
    [3500, 'playground-port-in-use', 'BindException: Address already in use'],
  ]);
  crashProcess(driver, 4100);
  driver.produce('in', 'a', [count], 6000);
  driver.run();
  expect(driver.state('t/f', 'a', 'n')).toBe('2');
});

test('S57: a deletion ends a value at once and a change begins a new life; time goes on while the job is down', () => {
  const driver = recovering();
  driver.functions = { states: { 't/f': [textState('n', { mode: 'after-write', millis: 2000 })] } };
  driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'v' }]);
  driver.run(500);
  driver.produce('in', 'a', [{ do: 'delete', state: 'n' }], 600);
  driver.run(700);
  expect(driver.state('t/f', 'a', 'n')).toBeNull();
  driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'w' }], 1000);
  driver.input('crash', 1500);
  driver.produce('in', 'a', [], 2900);
  driver.run(2950);
  expect(driver.requests.at(-1)?.decoded.states[0]?.value).not.toBeNull();
  driver.produce('in', 'a', [], 3020);
  driver.run();
  expect(driver.requests.at(-1)?.decoded.states[0]?.value).toBeNull();
});

test('S51: a cancellation after the checkpoint is undone by a crash, and one that fired after it fires again', () => {
  const driver = recovering({ checkpointIntervalMillis: 1000 }, {});
  driver.produce('in', 'a', [after(5000, [log('A')], 'A'), after(1500, [log('B')], 'B')], 100);
  driver.run(1100);
  // Behind the checkpoint at 1 s. The code that cancels does so only once: its replay does not.
  const reply = encodeFromFunction({
    type: 'result',
    mutations: [],
    messages: [],
    delayed: [{ type: 'cancel', token: 'A' }],
    egresses: [],
  });
  driver.answer = (request) => ({ ...answerCall(driver.functions, request), outcome: { type: 'replied', reply } });
  driver.produce('in', 'a', [], 1200);
  driver.run(1300);
  driver.answer = (request) => answerCall(driver.functions, request);
  expect(driver.events('timer-cancelled')).toHaveLength(1);
  driver.input('crash', 1700);
  driver.run();
  expect(driver.events('timer-fired').map(({ timer, at }) => [timer, at - START])).toEqual([
    [2, 1621],
    [2, 2700],
    [1, 5121],
  ]);
  expect(driver.state('t/f', 'a', 'log')).toBe('BA');
});
