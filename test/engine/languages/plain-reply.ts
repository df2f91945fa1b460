/**
 * A reply as what it means, for comparing SDKs: what they leave open is gone. JSON is its value and not its text, and mutations and missing states,
 * which are each of another state, have no order.
 */
import { fromBinary } from '@bufbuild/protobuf';
import { tryDecodeUtf8 } from '../../../src/base/text-encoding.ts';
import { decodeKafkaRecord, decodeKinesisRecord, KAFKA_RECORD_TYPE, KINESIS_RECORD_TYPE } from '../../../src/protocol/egress-records.ts';
import type { DelayedRequest, FunctionReply, TypedValue } from '../../../src/protocol/messages.ts';
import {
  BooleanWrapperSchema,
  DoubleWrapperSchema,
  FloatWrapperSchema,
  IntWrapperSchema,
  LongWrapperSchema,
  StringWrapperSchema,
} from '../../../src/protocol/generated/types_pb.ts';

const BUILT_IN: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  'io.statefun.types/bool': (bytes) => fromBinary(BooleanWrapperSchema, bytes).value,
  'io.statefun.types/int': (bytes) => fromBinary(IntWrapperSchema, bytes).value,
  'io.statefun.types/long': (bytes) => fromBinary(LongWrapperSchema, bytes).value,
  'io.statefun.types/float': (bytes) => unsignedZero(fromBinary(FloatWrapperSchema, bytes).value),
  'io.statefun.types/double': (bytes) => unsignedZero(fromBinary(DoubleWrapperSchema, bytes).value),
  'io.statefun.types/string': (bytes) => fromBinary(StringWrapperSchema, bytes).value,
};

/** Some SDKs take the negative zero for the default value, which is not written. */
function unsignedZero(value: number): number {
  return value === 0 ? 0 : value;
}

export function plainReply(reply: FunctionReply | null): unknown {
  if (reply === null) {
    return 'no reply';
  }
  if (reply.type === 'incomplete') {
    return { missing: byName(reply.missing) };
  }
  return {
    mutations: byName(reply.mutations.map(({ type, name, value }) => ({ name, value: type === 'delete' ? 'deleted' : plainValue(value) }))),
    messages: reply.messages.map(({ target, argument }) => ({ target, argument: plainValue(argument) })),
    delayed: reply.delayed.map(plainDelayed),
    egresses: reply.egresses.map(({ egress, argument }) => ({ egress, argument: plainValue(argument) })),
  };
}

function byName<T extends { readonly name: string }>(named: readonly T[]): readonly T[] {
  return named.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function plainDelayed(delayed: DelayedRequest): unknown {
  return delayed.type === 'cancel' ? delayed : { ...delayed, argument: plainValue(delayed.argument) };
}

export function plainValue(value: TypedValue | null): unknown {
  if (value === null) {
    return null;
  }
  const { typename, hasValue, bytes } = value;
  return hasValue ? { typename, is: meaning(value) } : { typename, bytes };
}

function meaning(value: TypedValue): unknown {
  if (value.typename === KAFKA_RECORD_TYPE) {
    const record = decodeKafkaRecord(value);
    return record === null ? 'not a record' : { ...record, value: jsonOrText(record.value) };
  }
  if (value.typename === KINESIS_RECORD_TYPE) {
    const record = decodeKinesisRecord(value);
    return record === null ? 'not a record' : { ...record, value: jsonOrText(record.value) };
  }
  return (BUILT_IN[value.typename] ?? jsonOrText)(value.bytes);
}

function jsonOrText(bytes: Uint8Array): unknown {
  const text = tryDecodeUtf8(bytes);
  try {
    return text === null ? bytes : { json: JSON.parse(text) as unknown };
  } catch {
    return { text };
  }
}
