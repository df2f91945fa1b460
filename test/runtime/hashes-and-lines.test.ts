import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { virtualTime } from '../../src/base/ids.ts';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import { toBase64 } from '../../src/base/base64.ts';
import { hashMapOrder, javaStringHash, maxParallelism, subtaskOf } from '../../src/runtime/java-hash.ts';
import { murmur2 } from '../../src/runtime/kafka-partitioner.ts';
import { VALUE_LIMIT } from '../../src/runtime/trace-event.ts';
import { createTraceHash } from '../../src/runtime/trace-hash.ts';
import { lineValue, traceLine } from '../../src/runtime/trace-line.ts';
import { PLAIN, play, scenarios } from '../support/random-programs.ts';

test('keys go to partitions by the murmur2 of Kafka, with the values of its own tests', () => {
  const known: readonly (readonly [string, number])[] = [
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ];
  expect(known.map(([text]) => murmur2(encodeUtf8(text)))).toEqual(known.map(([, hash]) => hash));
});

test('strings hash as in Java', () => {
  expect(['', 'a', 'hello', 'Aa', 'BB'].map(javaStringHash)).toEqual([0, 97, 99162322, 2112, 2112]);
});

test('S13: names come in the order in which a HashMap of the JVM iterates them', () => {
  const names = 'fraud_count,score,last_seen,total,visits,a,b,c,zeta,eta,theta,iota,kappa,lambda,mu'.split(',');
  // Printed by `new HashMap` of JDK 17 with the first five, twelve and fifteen of the names put in this order.
  expect(hashMapOrder(names.slice(0, 5)).join()).toBe('score,visits,total,last_seen,fraud_count');
  expect(hashMapOrder(names.slice(0, 12)).join()).toBe('zeta,score,visits,a,total,b,iota,c,eta,last_seen,fraud_count,theta');
  expect(hashMapOrder(names).join()).toBe('zeta,a,b,iota,c,last_seen,mu,fraud_count,theta,score,visits,total,lambda,eta,kappa');
  expect(hashMapOrder(['BB', 'Aa'])).toEqual(['BB', 'Aa']);
  expect(hashMapOrder(['Aa', 'BB'])).toEqual(['Aa', 'BB']);
});

test('S1: ids go to subtasks by the key groups of Flink', () => {
  expect([1, 85, 86, 200].map(maxParallelism)).toEqual([128, 128, 256, 512]);
  // Printed by a JVM with the integer arithmetic of Flink's MathUtils.
  const ids = ['a', 'bob', 'account-17', 'Grüße', 'acct-0042', ''];
  expect(ids.map((id) => subtaskOf(id, 1))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(ids.map((id) => subtaskOf(id, 2))).toEqual([1, 1, 1, 1, 0, 1]);
  expect(ids.map((id) => subtaskOf(id, 3))).toEqual([1, 2, 1, 2, 0, 2]);
  expect(ids.map((id) => subtaskOf(id, 7))).toEqual([4, 4, 3, 6, 1, 5]);
});

test('base64 is what Node writes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
});

test('a trace hash can be stored and taken up again, and tells lines apart', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (before, after) => {
      const whole = createTraceHash();
      [...before, ...after].forEach((line) => whole.add(line));
      const first = createTraceHash();
      before.forEach((line) => first.add(line));
      const second = createTraceHash(first.state());
      after.forEach((line) => second.add(line));
      expect(second.hex()).toBe(whole.hex());
      expect(whole.hex()).toMatch(/^[0-9a-f]{16}$/);
    }),
  );
  const hashes = new Set(
    Array.from({ length: 20_000 }, (_, index) => {
      const hash = createTraceHash();
      hash.add(`line ${index}`);
      return hash.hex();
    }),
  );
  expect(hashes.size).toBe(20_000);
});

test('a line is the JSON of its event, with values as lineValue has them, for every event of random runs', () => {
  fc.assert(
    fc.property(
      scenarios({ tokens: true, failures: 'any' }, ['checkpoint', 'crash', 'process-crash', 'skip-to-timer', 'fault']),
      (scenario) => {
        for (const event of play(scenario, PLAIN, null, 300).trace) {
          const shown = 'value' in event && event.value !== null ? { ...event, value: lineValue(event.value) } : event;
          expect(traceLine(event)).toBe(JSON.stringify(shown));
        }
      },
    ),
    { numRuns: 30 },
  );
  const odd = { typename: 'a/"b\\' as never, id: 'q"\n\ud800' };
  const event = {
    seq: 1,
    at: virtualTime(5),
    type: 'call-started',
    call: 1,
    attempt: 1,
    address: odd,
    messages: [1, 2],
    bootstrap: true,
  } as const;
  expect(traceLine(event)).toBe(JSON.stringify(event));
});

test('a line begins with seq, at and type, and holds text or base64', () => {
  const at = virtualTime(5);
  expect(traceLine({ seq: 1, at, type: 'timer-fired', timer: 3 })).toBe('{"seq":1,"at":5,"type":"timer-fired","timer":3}');
  expect(lineValue({ typename: 'a/b', bytes: encodeUtf8('{"x":"é"}') })).toEqual({ typename: 'a/b', text: '{"x":"é"}' });
  expect(lineValue({ typename: 'a/b', bytes: Uint8Array.of(13, 1, 0, 0, 0) })).toEqual({ typename: 'a/b', base64: 'DQEAAAA=' });
});

test('long values are cut at whole characters, and their length is told', () => {
  const bytes = encodeUtf8(`x${'é'.repeat(VALUE_LIMIT)}`);
  const value = lineValue({ typename: 'a/b', bytes });
  expect(value).toEqual({ typename: 'a/b', text: `x${'é'.repeat(VALUE_LIMIT / 2 - 1)}`, length: bytes.length });
});

test('keys that come from outside are put in order', () => {
  const base = {
    seq: 1,
    at: virtualTime(5),
    type: 'call-failed',
    call: 1,
    attempt: 1,
    address: { typename: 'a/b' as never, id: 'x' },
    decision: 'paused',
    retryAfterMillis: null,
  } as const;
  const one = traceLine({ ...base, reason: { type: 'threw', error: { name: 'E', message: 'm', stack: [], messageIndex: 0 } }, logs: [] });
  const other = traceLine({ ...base, reason: { error: { messageIndex: 0, stack: [], message: 'm', name: 'E' }, type: 'threw' }, logs: [] });
  expect(other.replace(/"reason".*/, '')).toBe(one.replace(/"reason".*/, ''));
  expect(other).toBe(one);
});
