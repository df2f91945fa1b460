import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { virtualTime } from '../../src/base/ids.ts';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import { toBase64 } from '../../src/runtime/base64.ts';
import { hashMapOrder, javaStringHash, maxParallelism, subtaskOf } from '../../src/runtime/java-hash.ts';
import { murmur2 } from '../../src/runtime/kafka-partitioner.ts';
import { VALUE_LIMIT } from '../../src/runtime/trace-event.ts';
import { createTraceHash } from '../../src/runtime/trace-hash.ts';
import { lineValue, traceLine } from '../../src/runtime/trace-line.ts';

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

test('S13: equal buckets keep the order of registration, and more than twelve names use a bigger table', () => {
  expect(hashMapOrder(['BB', 'Aa'])).toEqual(['BB', 'Aa']);
  expect(hashMapOrder(['Aa', 'BB'])).toEqual(['Aa', 'BB']);
  // One-letter names hash to their code: in a table of 32 buckets `p` (112 & 31 = 16) comes after `o` (111 & 31 = 15).
  const letters = [...'ponmlkjihgfedcba'];
  expect(hashMapOrder(letters)).toEqual(
    [...'abcdefghijklmnop'].sort((left, right) => (left.charCodeAt(0) & 31) - (right.charCodeAt(0) & 31)),
  );
});

test('S1: every id has one subtask, and all subtasks get some', () => {
  expect([1, 85, 86, 200].map(maxParallelism)).toEqual([128, 128, 256, 512]);
  const used = new Set(Array.from({ length: 200 }, (_, index) => subtaskOf(`id-${index}`, 4)));
  expect([...used].sort()).toEqual([0, 1, 2, 3]);
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
