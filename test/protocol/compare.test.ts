import { describe, expect, it } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import { answerDifference, exchangesDifference } from '../../src/protocol/compare-exchanges.ts';
import type { Exchange } from '../../src/protocol/compare-exchanges.ts';
import { replyDifference, sameValue } from '../../src/protocol/compare-replies.ts';
import { encodeKafkaRecord } from '../../src/protocol/egress-records.ts';
import type { InvocationResult, TypedValue } from '../../src/protocol/messages.ts';
import { encodeFromFunction, encodeToFunction } from '../../src/protocol/wire-codec.ts';

const NOTHING: InvocationResult = { type: 'result', mutations: [], messages: [], delayed: [], egresses: [] };
const GREET = typename('greeter/greet');

function value(type: string, content: string | readonly number[]): TypedValue {
  return { typename: type, hasValue: true, bytes: typeof content === 'string' ? encodeUtf8(content) : Uint8Array.from(content) };
}

function json(text: string): TypedValue {
  return value('app/thing', text);
}

describe('two values', () => {
  it.each([
    ['JSON with its members in another order', json('{"a":1,"b":[2]}'), json('{ "b": [2], "a": 1 }'), true],
    ['numbers that are written otherwise', json('{"a":1.0}'), json('{"a":1}'), true],
    ['lists in another order', json('[1,2]'), json('[2,1]'), false],
    ['a member that is missing', json('{"a":1,"b":null}'), json('{"a":1}'), false],
    ['another type', value('a/b', '1'), value('a/c', '1'), false],
    [
      'an int that is written with its zero, and one without (S24)',
      value('io.statefun.types/int', [0x0d, 0, 0, 0, 0]),
      value('io.statefun.types/int', []),
      true,
    ],
    ['two ints', value('io.statefun.types/int', [0x0d, 1, 0, 0, 0]), value('io.statefun.types/int', [0x0d, 2, 0, 0, 0]), false],
    ['bytes that are no text', value('a/b', [0, 1]), value('a/b', [0, 2]), false],
    ['a value and none', json('1'), { ...json('1'), hasValue: false }, false],
    [
      'Kafka records whose JSON is ordered otherwise',
      encodeKafkaRecord({ topic: 't', key: 'k', value: encodeUtf8('{"a":1,"b":2}') }),
      encodeKafkaRecord({ topic: 't', key: 'k', value: encodeUtf8('{"b":2,"a":1}') }),
      true,
    ],
    [
      'Kafka records of other topics',
      encodeKafkaRecord({ topic: 't', key: 'k', value: encodeUtf8('1') }),
      encodeKafkaRecord({ topic: 'u', key: 'k', value: encodeUtf8('1') }),
      false,
    ],
  ])('%s', (_what, left, right, same) => {
    expect(sameValue(left, right)).toBe(same);
    expect(sameValue(right, left)).toBe(same);
  });
});

describe('two replies', () => {
  it('are the same where states are changed in another order, since each is one of its own', () => {
    const a = { type: 'modify', name: 'a', value: json('1') } as const;
    const b = { type: 'delete', name: 'b', value: null } as const;
    expect(replyDifference({ ...NOTHING, mutations: [a, b] }, { ...NOTHING, mutations: [b, a] })).toBeNull();
  });

  it('differ in a state that only one changes', () => {
    const changed = { ...NOTHING, mutations: [{ type: 'modify', name: 'visits', value: json('1') } as const] };
    expect(replyDifference(changed, NOTHING)).toMatchObject({
      part: 'state visits',
      left: { text: 'app/thing 1', bytes: encodeUtf8('1') },
      right: { text: 'not changed', bytes: null },
    });
  });

  it('differ in the order of messages, in a target, in a value, and in one too many', () => {
    const to = (id: string, text = '1') => ({ target: { typename: GREET, id }, argument: json(text) });
    const messages = (...list: readonly ReturnType<typeof to>[]) => ({ ...NOTHING, messages: list });
    expect(replyDifference(messages(to('a'), to('b')), messages(to('a'), to('b')))).toBeNull();
    expect(replyDifference(messages(to('a'), to('b')), messages(to('b'), to('a')))?.part).toBe('message 1');
    expect(replyDifference(messages(to('a'), to('b', '1')), messages(to('a'), to('b', '2')))).toMatchObject({
      part: 'message 2',
      left: { text: 'to greeter/greet / b: app/thing 1' },
      right: { text: 'to greeter/greet / b: app/thing 2' },
    });
    expect(replyDifference(messages(), messages(to('a')))).toMatchObject({ part: 'message 1', left: { text: 'nothing' } });
  });

  it('differ in a delay, a token, and a cancellation', () => {
    const later = (delayMillis: number, token: string | null) => ({
      ...NOTHING,
      delayed: [{ type: 'send' as const, delayMillis, token, target: { typename: GREET, id: 'a' }, argument: json('1') }],
    });
    expect(replyDifference(later(5, 't'), later(5, 't'))).toBeNull();
    expect(replyDifference(later(5, 't'), later(6, 't'))?.part).toBe('delayed message 1');
    expect(replyDifference(later(5, 't'), later(5, null))?.part).toBe('delayed message 1');
    expect(replyDifference(later(5, 't'), { ...NOTHING, delayed: [{ type: 'cancel', token: 't' }] })?.part).toBe('delayed message 1');
  });

  it('differ in what states they declare, by name and not by order', () => {
    const spec = (name: string, millis: number | null = null) => ({
      name,
      typename: 'a/b',
      expiration: millis === null ? null : ({ mode: 'after-write', millis } as const),
    });
    const missing = (...specs: readonly ReturnType<typeof spec>[]) => ({ type: 'incomplete', missing: specs }) as const;
    expect(replyDifference(missing(spec('a'), spec('b')), missing(spec('b'), spec('a')))).toBeNull();
    expect(replyDifference(missing(spec('a', 5)), missing(spec('a')))).toMatchObject({ part: 'declared state a' });
    expect(replyDifference(missing(spec('a')), NOTHING)).toMatchObject({ part: 'kind of answer', right: { text: 'a result' } });
  });
});

describe('two runs', () => {
  const request = (id: string, text: string) =>
    encodeToFunction({ target: { typename: GREET, id }, states: [], messages: [{ caller: null, argument: json(text) }] });
  const exchange = (call: number, id: string, said: string, text = 'x'): Exchange => ({
    typename: GREET,
    id,
    call,
    attempt: 1,
    request: request(id, `"${text}"`),
    answer: {
      type: 'replied',
      reply: encodeFromFunction({ ...NOTHING, messages: [{ target: { typename: GREET, id: 'z' }, argument: json(`"${said}"`) }] }),
    },
  });

  it('agree though calls of several addresses were numbered otherwise', () => {
    expect(exchangesDifference([exchange(1, 'a', 'p'), exchange(2, 'b', 'q')], [exchange(1, 'b', 'q'), exchange(2, 'a', 'p')])).toBeNull();
  });

  it('differ first where the earliest call is answered otherwise', () => {
    const left = [exchange(1, 'a', 'p'), exchange(2, 'b', 'q'), exchange(3, 'a', 'r')];
    const right = [exchange(1, 'a', 'p'), exchange(2, 'b', 'Q'), exchange(3, 'a', 'R')];
    expect(exchangesDifference(left, right)).toMatchObject({
      id: 'b',
      call: 2,
      ordinal: 1,
      part: 'message 1',
      left: { text: 'to greeter/greet / z: app/thing "q"' },
      right: { text: 'to greeter/greet / z: app/thing "Q"' },
    });
  });

  it('differ in a request that only one of them made, and in what was asked', () => {
    expect(exchangesDifference([exchange(1, 'a', 'p')], [])).toMatchObject({ part: 'call', right: { text: 'no such call was made' } });
    expect(exchangesDifference([], [exchange(1, 'a', 'p')])).toMatchObject({ part: 'call', left: { text: 'no such call was made' } });
    expect(exchangesDifference([exchange(1, 'a', 'p', 'x')], [exchange(1, 'a', 'p', 'y')])).toMatchObject({ part: 'request' });
  });

  it('differ where one fails, and not where both do', () => {
    const failed = { type: 'failed', text: 'status 500' } as const;
    const { answer } = exchange(1, 'a', 'p');
    expect(answerDifference(answer, failed)).toMatchObject({ part: 'answer', right: { text: 'status 500' } });
    expect(answerDifference(failed, { type: 'failed', text: 'threw' })).toBeNull();
  });
});
