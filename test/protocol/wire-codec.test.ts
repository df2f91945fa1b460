import 'apache-flink-statefun';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import type { FunctionReply, InvocationRequest, TypedValue } from '../../src/protocol/messages.ts';
import { decodeFromFunction, decodeToFunction, encodeFromFunction, encodeToFunction } from '../../src/protocol/wire-codec.ts';
import { fromSdkReply, fromSdkRequest, toSdkReply, toSdkRequest } from '../support/sdk-protocol.ts';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((text) => text.replaceAll('/', '_'));
const typenames = fc.tuple(name, name).map(([namespace, type]) => typename(`${namespace}/${type}`));
const address = fc.record({ typename: typenames, id: fc.string({ unit: 'grapheme', maxLength: 8 }) });
const value: fc.Arbitrary<TypedValue> = fc.record({
  typename: fc.string({ maxLength: 12 }),
  hasValue: fc.boolean(),
  bytes: fc.uint8Array({ maxLength: 40 }),
});
const millis = fc.integer({ min: -5, max: 2 ** 45 });
const token = fc.option(fc.string({ minLength: 1, maxLength: 6 }), { nil: null });

const request: fc.Arbitrary<InvocationRequest> = fc.record({
  target: address,
  states: fc.array(fc.record({ name, value: fc.option(value, { nil: null }) }), { maxLength: 4 }),
  messages: fc.array(fc.record({ caller: fc.option(address, { nil: null }), argument: value }), { maxLength: 5 }),
});

const reply: fc.Arbitrary<FunctionReply> = fc.oneof(
  fc.record({
    type: fc.constant('incomplete' as const),
    missing: fc.array(
      fc.record({
        name,
        typename: fc.string({ maxLength: 12 }),
        expiration: fc.option(fc.record({ mode: fc.constantFrom('after-write' as const, 'after-invoke' as const), millis: fc.nat() }), {
          nil: null,
        }),
      }),
      { maxLength: 4 },
    ),
  }),
  fc.record({
    type: fc.constant('result' as const),
    mutations: fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('delete' as const), name, value: fc.constant(null) }),
        fc.record({ type: fc.constant('modify' as const), name, value: fc.option(value, { nil: null }) }),
      ),
      { maxLength: 4 },
    ),
    messages: fc.array(fc.record({ target: address, argument: value }), { maxLength: 4 }),
    delayed: fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('cancel' as const), token }),
        fc.record({ type: fc.constant('send' as const), delayMillis: millis, target: address, argument: value, token }),
      ),
      { maxLength: 4 },
    ),
    egresses: fc.array(fc.record({ egress: typenames, argument: value }), { maxLength: 4 }),
  }),
);

describe('against the classes that the SDK generated with another library', () => {
  test('the SDK reads the requests that are written here', () => {
    fc.assert(
      fc.property(request, (given) => {
        expect(fromSdkRequest(encodeToFunction(given))).toEqual(given);
      }),
    );
  });
  test('requests that the SDK writes are read here', () => {
    fc.assert(
      fc.property(request, (given) => {
        const decoded = decodeToFunction(toSdkRequest(given));
        expect(decoded).toEqual({ ok: true, value: given });
      }),
    );
  });
  test('the SDK reads the replies that are written here', () => {
    fc.assert(
      fc.property(reply, (given) => {
        expect(fromSdkReply(encodeFromFunction(given))).toEqual(given);
      }),
    );
  });
  test('replies that the SDK writes are read here', () => {
    fc.assert(
      fc.property(reply, (given) => {
        expect(decodeFromFunction(toSdkReply(given))).toEqual({ ok: true, value: given });
      }),
    );
  });
});

test('S61: an empty answer is one without effects', () => {
  expect(decodeFromFunction(new Uint8Array(0))).toEqual({
    ok: true,
    value: { type: 'result', mutations: [], messages: [], delayed: [], egresses: [] },
  });
});

test('any bytes decode or are refused, and never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(typeof decodeFromFunction(bytes).ok).toBe('boolean');
      expect(typeof decodeToFunction(bytes).ok).toBe('boolean');
    }),
  );
  expect(decodeFromFunction(Uint8Array.of(0xff, 0xff, 0xff)).ok).toBe(false);
});

test('decoded values do not keep the buffer that they came in', () => {
  const argument = { typename: 't/x', hasValue: true, bytes: Uint8Array.of(1, 2, 3) };
  const bytes = encodeFromFunction({
    type: 'result',
    mutations: [],
    messages: [{ target: { typename: typename('t/f'), id: 'a' }, argument }],
    delayed: [],
    egresses: [],
  });
  const big = new Uint8Array(100_000);
  big.set(bytes, 500);
  const decoded = decodeFromFunction(big.subarray(500, 500 + bytes.length));
  expect(decoded.ok && decoded.value.type === 'result' && decoded.value.messages[0]?.argument.bytes.buffer.byteLength).toBe(3);
});
