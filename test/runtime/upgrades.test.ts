import { expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/base/text-encoding.ts';
import type { InvocationResult, StateSpec } from '../../src/protocol/messages.ts';
import { encodeFromFunction } from '../../src/protocol/wire-codec.ts';
import { configOf, EngineDriver, settingsOf, START } from '../support/engine-driver.ts';
import { answerCall, TEXT_STATE, textState } from '../support/fake-functions.ts';

const CHECKPOINTS = settingsOf({ checkpointIntervalMillis: 100 });
const ttl = (millis: number, mode: 'after-write' | 'after-invoke' = 'after-write'): StateSpec => textState('n', { mode, millis });

function driverWith(...specs: readonly StateSpec[]): EngineDriver {
  return new EngineDriver(configOf({ settings: CHECKPOINTS }), { states: { 't/f': specs } });
}

/** New code for t/f: what it declares from now on. */
function redeploy(driver: EngineDriver, ...specs: readonly StateSpec[]): void {
  driver.functions = { states: { 't/f': specs } };
}

/** The states of the last request: null for an absent value. */
function lastStates(driver: EngineDriver): (readonly [string, string | null])[] {
  return (driver.requests.at(-1)?.decoded.states ?? []).map(({ name, value }) => [name, value === null ? null : decodeUtf8(value.bytes)]);
}

function replyWith(driver: EngineDriver, result: Partial<InvocationResult>): void {
  const reply = encodeFromFunction({ type: 'result', mutations: [], messages: [], delayed: [], egresses: [], ...result });
  driver.answer = (request) => ({ ...answerCall(driver.functions, request), outcome: { type: 'replied', reply } });
}

test('S9, S10, S11: the first request has no entries, the same batch follows with one for each state, absent ones without a value', () => {
  const driver = driverWith(textState('a'), textState('b', { mode: 'after-write', millis: 2000 }));
  driver.produce('in', 'x', [{ do: 'set', state: 'a', to: 'v' }]);
  driver.run();
  const [first, second] = driver.requests.map(({ decoded }) => decoded);
  expect(first?.states).toEqual([]);
  expect(second?.messages).toEqual(first?.messages);
  expect(second?.states).toEqual([
    { name: 'a', value: null },
    { name: 'b', value: null },
  ]);
  driver.produce('in', 'x', [], 200);
  driver.run();
  expect(driver.requests.at(-1)?.decoded.states[0]?.value).toEqual({ typename: TEXT_STATE, hasValue: true, bytes: encodeUtf8('v') });
});

test('S15: the first answer of a type without states is applied while everything waits', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', [{ do: 'send', type: 't/g', id: 'x', program: [] }]);
  driver.produce('in', 'b', [], 1);
  driver.run();
  expect(driver.events('call-started').map(({ at, address, bootstrap }) => [at - START, address.id, bootstrap])).toEqual([
    [0, 'a', true],
    // The message sent goes before the record that waited, and its type is new as well.
    [10, 'x', true],
    [20, 'b', false],
  ]);
});

test('S16: a function that always answers so is asked again without pause and without end', () => {
  const driver = new EngineDriver(configOf());
  const reply = encodeFromFunction({ type: 'incomplete', missing: [textState('n')] });
  driver.answer = (request) => ({ ...answerCall(driver.functions, request), outcome: { type: 'replied', reply } });
  driver.produce('in', 'a', []);
  expect(driver.run(1000)).toBe('until');
  expect(driver.events('call-started').length).toBe(101);
  expect(new Set(driver.requests.map(({ decoded }) => decoded.messages.length))).toEqual(new Set([1]));
  expect(driver.events('state-registered').filter(({ states }) => states.length > 0)).toHaveLength(1);
});

test('S17: a state added while the job runs is asked for alone, and all addresses have it from then on', () => {
  const driver = driverWith(textState('n'));
  driver.produce('in', 'a', [{ do: 'set', state: 'n', to: '1' }]);
  driver.run();
  redeploy(driver, textState('n'), textState('added'));
  driver.produce('in', 'a', [{ do: 'set', state: 'added', to: '2' }], 200);
  driver.produce('in', 'b', [], 300);
  driver.run();
  expect(driver.events('state-registered').map(({ states }) => states.map(({ name }) => name))).toEqual([['n'], ['added']]);
  expect(driver.state('t/f', 'a', 'n')).toBe('1');
  expect(driver.state('t/f', 'a', 'added')).toBe('2');
  expect(
    lastStates(driver)
      .map(([name]) => name)
      .sort(),
  ).toEqual(['added', 'n']);
});

test('S18: a state that the function dropped is sent until the next attempt of the job, and not after it', () => {
  const driver = driverWith(textState('n'));
  driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'old' }]);
  driver.run(500);
  redeploy(driver);
  driver.produce('in', 'a', [], 510);
  driver.run(700);
  expect(lastStates(driver)).toEqual([['n', 'old']]);
  driver.input('crash', 800);
  driver.produce('in', 'a', [], 2000);
  driver.run(2500);
  expect(lastStates(driver)).toEqual([]);
  redeploy(driver, textState('n'));
  driver.produce('in', 'a', [], 3000);
  driver.run();
  expect(lastStates(driver)).toEqual([['n', 'old']]);
});

test('S19: another time to live is ignored while the job runs, even when the spec is sent again', () => {
  const driver = driverWith(ttl(2000));
  driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'v' }]);
  driver.run(500);
  // The spec comes again with another one that is new.
  redeploy(driver, ttl(600_000), textState('new'));
  const incomplete = encodeFromFunction({ type: 'incomplete', missing: [ttl(600_000), textState('new')] });
  const usual = driver.answer;
  driver.answer = (request) => ({ ...answerCall(driver.functions, request), outcome: { type: 'replied', reply: incomplete } });
  driver.produce('in', 'a', [], 600);
  driver.run(615);
  driver.answer = usual;
  driver.run(1000);
  expect(driver.events('job-failed')).toEqual([]);
  driver.produce('in', 'a', [], 1900);
  driver.run(1950);
  expect(new Map(lastStates(driver)).get('n')).toBe('v');
  driver.produce('in', 'a', [], 2100);
  driver.run();
  expect(new Map(lastStates(driver)).get('n')).toBeNull();
});

test('S20: another type has no effect while the job runs, until a spec or a change carries it: then the job fails', () => {
  const changed: StateSpec = { ...textState('n'), typename: 'test/changed' };
  const running = () => {
    const driver = driverWith(textState('n'));
    driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'v' }]);
    driver.run();
    redeploy(driver, changed);
    driver.produce('in', 'a', [], 200);
    driver.run(300);
    expect(driver.events('job-failed')).toEqual([]);
    return driver;
  };
  const bySpec = running();
  const incomplete = encodeFromFunction({ type: 'incomplete', missing: [changed] });
  bySpec.answer = (request) => ({ ...answerCall(bySpec.functions, request), outcome: { type: 'replied', reply: incomplete } });
  bySpec.produce('in', 'a', [], 400);
  bySpec.run(500);

  const byChange = running();
  replyWith(byChange, {
    mutations: [{ type: 'modify', name: 'n', value: { typename: 'test/changed', hasValue: true, bytes: encodeUtf8('w') } }],
  });
  byChange.produce('in', 'a', [], 400);
  byChange.run(500);
  for (const driver of [bySpec, byChange]) {
    expect(driver.events('job-failed').map(({ code, message }) => [code, message])).toEqual([
      [
        'state-type-mismatch',
        'An error occurred for state [n]. Previous type was: TypeName(test, text), new type is: TypeName(test, changed)',
      ],
    ]);
  }
});

test('S21: another type across a restart fails at registration, again and again, until the old one is declared: the value is still there', () => {
  const driver = driverWith(textState('n'));
  driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'old' }]);
  driver.run(500);
  redeploy(driver, { ...textState('n'), typename: 'test/changed' });
  driver.input('crash', 600);
  driver.produce('in', 'a', [], 700);
  driver.run(6000);
  const failures = driver.events('job-failed').slice(1);
  expect(failures.length).toBeGreaterThan(2);
  expect(new Set(failures.map(({ message }) => message))).toEqual(
    new Set(['Error while getting state: Previous type was: TypeName(test, text), new type is: TypeName(test, changed)']),
  );
  redeploy(driver, textState('n'));
  driver.run();
  expect(lastStates(driver)).toEqual([['n', 'old']]);
});

/** What the state held, written at 20 with `before`, in a request at `at`, after a restart at 1600 with `after`. */
function acrossRestart(before: StateSpec, after: StateSpec, at: number): string | null | undefined {
  const driver = driverWith(before);
  driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'v' }]);
  driver.run(500);
  redeploy(driver, after);
  driver.input('crash', 600);
  driver.produce('in', 'a', [], at);
  driver.run();
  return lastStates(driver)[0]?.[1];
}

test('S22: another time to live is taken across a restart, and counts from the stored touch: shorter ends a value, longer revives it', () => {
  expect(acrossRestart(ttl(600_000), ttl(2000), 1900)).toBe('v');
  expect(acrossRestart(ttl(600_000), ttl(2000), 2100)).toBeNull();
  // Expired at 1520, and not read since.
  expect(acrossRestart(ttl(1500), ttl(600_000), 5800)).toBe('v');
  expect(acrossRestart(ttl(600_000), ttl(600_000, 'after-invoke'), 5800)).toBe('v');
});

test('S23: a time to live that is added, or removed, across a restart fails the job again and again', () => {
  const failures = (
    [
      [textState('n'), ttl(1000)],
      [ttl(600_000), textState('n')],
    ] as const
  ).map(([before, after]) => {
    const driver = driverWith(before);
    driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'v' }]);
    driver.run(500);
    redeploy(driver, after);
    driver.input('crash', 600);
    driver.produce('in', 'a', [], 700);
    driver.run(5000);
    const codes = driver.events('job-failed').map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(3);
    redeploy(driver, before);
    driver.run(8000);
    return [codes.at(-1), driver.state('t/f', 'a', 'n')];
  });
  expect(failures).toEqual([
    ['state-expiration-changed', 'v'],
    ['state-expiration-changed', 'v'],
  ]);
});

test('S36: a change without a value, or with an empty typename, is of the type unset and fails the job', () => {
  const values = [null, { typename: '', hasValue: true, bytes: encodeUtf8('w') }];
  for (const value of values) {
    const driver = driverWith(textState('n'));
    driver.produce('in', 'a', [{ do: 'set', state: 'n', to: 'v' }]);
    driver.run();
    replyWith(driver, { mutations: [{ type: 'modify', name: 'n', value }] });
    driver.produce('in', 'a', [], 200);
    driver.run(300);
    expect(driver.events('job-failed').map(({ message }) => message)).toEqual([
      'An error occurred for state [n]. Previous type was: TypeName(test, text), new type is: TypeName(io.statefun.types, unset)',
    ]);
  }
});

test('S37: what is sent arrives as it is: without a value, with an empty typename, or an empty value where there was none', () => {
  const driver = new EngineDriver(configOf());
  driver.produce('in', 'a', []);
  driver.run();
  const sent = [
    { typename: 'any/thing', hasValue: false, bytes: encodeUtf8('kept') },
    { typename: '', hasValue: true, bytes: encodeUtf8('untyped') },
    { typename: '', hasValue: false, bytes: new Uint8Array(0) },
  ];
  replyWith(driver, { messages: sent.map((argument, index) => ({ target: { typename: typename('t/g'), id: String(index) }, argument })) });
  driver.produce('in', 'a', [], 100);
  driver.run(110);
  replyWith(driver, {});
  driver.run(1000);
  const got = driver.requests.filter(({ request }) => request.typename === 't/g').map(({ decoded }) => decoded.messages[0]?.argument);
  expect(got).toEqual(sent);
});
