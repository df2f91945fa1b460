/** Requests for the functions of the language servers, at random. */
import * as fc from 'fast-check';
import { create, toBinary } from '@bufbuild/protobuf';
import { typename } from '../../../src/base/ids.ts';
import { encodeUtf8 } from '../../../src/base/text-encoding.ts';
import type { BatchedMessage, TypedValue, WireAddress } from '../../../src/protocol/messages.ts';
import {
  BooleanWrapperSchema,
  DoubleWrapperSchema,
  FloatWrapperSchema,
  IntWrapperSchema,
  LongWrapperSchema,
  StringWrapperSchema,
} from '../../../src/protocol/generated/types_pb.ts';
import { SINK_STATES } from './sink-messages.ts';
import type { SinkOrder } from './sink-messages.ts';

/** Every character of Unicode; half of a surrogate pair is none. */
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('', '<&>', '\u2028', 'naïve 😀', '0', '{"a":1}'));
const someText = text.filter((one) => one !== '');
const number32 = fc.integer();

export const anyId = someText;

const address: fc.Arbitrary<WireAddress> = fc.record({
  typename: fc.constantFrom(typename('other/function'), typename('a.b/c-d')),
  id: someText,
});
const caller = fc.option(address, { freq: 3 });

const typed = (name: string, bytes: Uint8Array): TypedValue => ({ typename: name, hasValue: true, bytes });
const json = (name: string, value: unknown): TypedValue => typed(name, encodeUtf8(JSON.stringify(value)));

export const builtIn = {
  bool: (value: boolean) => typed('io.statefun.types/bool', toBinary(BooleanWrapperSchema, create(BooleanWrapperSchema, { value }))),
  int: (value: number) => typed('io.statefun.types/int', toBinary(IntWrapperSchema, create(IntWrapperSchema, { value }))),
  long: (value: bigint) => typed('io.statefun.types/long', toBinary(LongWrapperSchema, create(LongWrapperSchema, { value }))),
  float: (value: number) => typed('io.statefun.types/float', toBinary(FloatWrapperSchema, create(FloatWrapperSchema, { value }))),
  double: (value: number) => typed('io.statefun.types/double', toBinary(DoubleWrapperSchema, create(DoubleWrapperSchema, { value }))),
  string: (value: string) => typed('io.statefun.types/string', toBinary(StringWrapperSchema, create(StringWrapperSchema, { value }))),
};

const anyBuiltIn: fc.Arbitrary<TypedValue> = fc.oneof(
  fc.boolean().map(builtIn.bool),
  fc.oneof(number32, fc.constantFrom(0, -1, 2 ** 31 - 1, -(2 ** 31))).map(builtIn.int),
  fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.constantFrom(0n, 2n ** 53n + 1n)).map(builtIn.long),
  fc.oneof(fc.float(), fc.constantFrom(0, -0)).map(builtIn.float),
  fc.oneof(fc.double(), fc.constantFrom(0, -0)).map(builtIn.double),
  text.map(builtIn.string),
);

const order: fc.Arbitrary<SinkOrder> = fc.oneof(
  fc.record({ do: fc.constant('forget'), state: fc.constantFrom(...SINK_STATES) }),
  fc.record({ do: fc.constant('keep'), text }),
  fc.record({ do: fc.constant('tell'), typename: fc.constantFrom('other/function', 'a.b/c-d'), id: someText, text }),
  fc.record({
    do: fc.constant('later'),
    millis: fc.nat({ max: 2 ** 22 }).map((seconds) => seconds * 1000),
    token: fc.option(someText),
    text,
  }),
  fc.record({ do: fc.constant('cancel'), token: someText }),
  fc.record({ do: fc.constant('record'), topic: fc.constantFrom('a', 'b.c-d'), key: fc.option(text), text }),
  fc.record({ do: fc.constant('stream'), stream: fc.constantFrom('a', 'b'), partitionKey: someText, hashKey: fc.option(text), text }),
  fc.record({ do: fc.constant('plain'), text }),
);

const batch = (argument: fc.Arbitrary<TypedValue>): fc.Arbitrary<readonly BatchedMessage[]> =>
  fc.array(fc.record({ caller, argument }), { minLength: 1, maxLength: 4 });

const strange = fc.constantFrom(json('some.types/other', { a: 1 }), json('some/other', null), {
  ...json('a/b', 1),
  bytes: new Uint8Array(0),
});

export const greeterBatch = batch(
  fc.oneof({ weight: 8, arbitrary: fc.record({ name: text, door: text }).map((visit) => json('greeter.types/visit', visit)) }, strange),
);

export const modelBatch = batch(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .record({
          transaction: text,
          fraudCount: fc.nat({ max: 9 }),
          merchantScore: fc.integer({ min: -20, max: 120 }),
          // Also a refund, and more than 32 bits hold.
          amount: fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.constant(2 ** 40)),
        })
        .map((features) => json('fraud.types/feature-vector', features)),
    },
    strange,
  ),
);

export const sinkBatch = batch(
  fc.oneof({ weight: 6, arbitrary: anyBuiltIn }, { weight: 6, arbitrary: order.map((one) => json('languages.types/order', one)) }, strange),
);
