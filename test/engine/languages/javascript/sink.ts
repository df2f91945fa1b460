/**
 * What the examples leave out of the SDKs, in one function: every built-in type as message and as state, both kinds of expiration, deletion,
 * delayed messages with tokens, and each kind of egress record. This one, on the official JavaScript SDK, is what those of the other languages
 * are compared with; its messages are those of `sink-messages.ts`.
 *
 * A message of a built-in type is stored, and the caller is told what was stored before, if there was anything. An order does what it says.
 */
import { egressMessageBuilder, kafkaEgressMessage, kinesisEgressMessage, messageBuilder, StateFun } from 'apache-flink-statefun';
import type { Context, FunctionOpts, Message, Type } from 'apache-flink-statefun';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { DoubleWrapperSchema, LongWrapperSchema } from '../../../../src/protocol/generated/types_pb.ts';
import type { SinkOrder, SinkState } from '../sink-messages.ts';

const HOUR = 60 * 60 * 1000;

// The JavaScript SDK has no type for these two.
const LongType = StateFun.customType<bigint>(
  'io.statefun.types/long',
  (value) => Buffer.from(toBinary(LongWrapperSchema, create(LongWrapperSchema, { value }))),
  (bytes) => fromBinary(LongWrapperSchema, bytes).value,
);
const DoubleType = StateFun.customType<number>(
  'io.statefun.types/double',
  (value) => Buffer.from(toBinary(DoubleWrapperSchema, create(DoubleWrapperSchema, { value }))),
  (bytes) => fromBinary(DoubleWrapperSchema, bytes).value,
);
const OrderType = StateFun.jsonType<SinkOrder>('languages.types/order');
const NoteType = StateFun.jsonType<{ readonly text: string }>('languages.types/note');

const VALUES: readonly (readonly [SinkState, Type<unknown>])[] = [
  ['bool_value', StateFun.booleanType()],
  ['int_value', StateFun.intType()],
  ['long_value', LongType],
  ['float_value', StateFun.floatType()],
  ['double_value', DoubleType],
  ['string_value', StateFun.stringType()],
];

export const Sink: FunctionOpts = {
  typename: 'languages/sink',
  specs: [
    ...VALUES.map(([name, type]) => ({ name, type })),
    { name: 'after_write', type: StateFun.stringType(), expireAfterWrite: HOUR },
    { name: 'after_call', type: StateFun.stringType(), expireAfterCall: HOUR / 2 },
    { name: 'note', type: NoteType },
  ],

  fn(context: Context, message: Message) {
    for (const [name, type] of VALUES) {
      if (message.is(type)) {
        store(context, name, type, message.as(type));
        return;
      }
    }
    if (message.is(OrderType)) {
      const order = message.as(OrderType);
      if (order !== null) {
        carryOut(context, order);
      }
    }
  },
};

function store(context: Context, name: SinkState, type: Type<unknown>, value: unknown): void {
  const before: unknown = context.storage[name];
  if (before !== null && context.caller !== null) {
    context.send(messageBuilder({ typename: context.caller.typename, id: context.caller.id, value: before, valueType: type }));
  }
  context.storage[name] = value;
}

function carryOut(context: Context, order: SinkOrder): void {
  switch (order.do) {
    case 'forget':
      context.storage[order.state] = null;
      break;
    case 'keep':
      context.storage.after_write = order.text;
      context.storage.after_call = order.text;
      context.storage.note = { text: order.text };
      break;
    case 'tell':
      context.send(messageBuilder({ typename: order.typename, id: order.id, value: order.text, valueType: StateFun.stringType() }));
      break;
    case 'later': {
      const { typename, id } = context.self;
      const later = messageBuilder({ typename, id, value: order.text, valueType: StateFun.stringType() });
      if (order.token === null) {
        context.sendAfter(order.millis, later);
      } else {
        context.sendAfter(order.millis, later, order.token);
      }
      break;
    }
    case 'cancel':
      context.cancelDelayedMessage(order.token);
      break;
    case 'record':
      context.send(
        kafkaEgressMessage({
          typename: 'languages/records',
          topic: order.topic,
          ...(order.key === null ? {} : { key: order.key }),
          value: order.text,
        }),
      );
      break;
    case 'stream':
      context.send(
        kinesisEgressMessage({
          typename: 'languages/streams',
          stream: order.stream,
          partitionKey: order.partitionKey,
          ...(order.hashKey === null ? {} : { hashKey: order.hashKey }),
          value: order.text,
        }),
      );
      break;
    case 'plain':
      context.send(egressMessageBuilder({ typename: 'languages/plain', value: order.text, valueType: StateFun.stringType() }));
      break;
    case 'fail':
      throw new Error(order.text);
  }
}
