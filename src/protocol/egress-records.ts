/** Payloads of the Kafka and Kinesis egresses. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { KafkaProducerRecordSchema, KinesisEgressRecordSchema } from './generated/egress_pb.ts';
import type { TypedValue } from './messages.ts';

export const KAFKA_RECORD_TYPE = 'type.googleapis.com/io.statefun.sdk.egress.KafkaProducerRecord';
export const KINESIS_RECORD_TYPE = 'type.googleapis.com/io.statefun.sdk.egress.KinesisEgressRecord';

export interface KafkaRecord {
  readonly topic: string;
  /** Null where the wire has an empty key (S81). */
  readonly key: string | null;
  readonly value: Uint8Array;
}

export interface KinesisRecord {
  readonly stream: string;
  readonly partitionKey: string;
  readonly explicitHashKey: string | null;
  readonly value: Uint8Array;
}

/** Null when the payload is of another type or not such a record (S60). */
export function decodeKafkaRecord(payload: TypedValue): KafkaRecord | null {
  if (payload.typename !== KAFKA_RECORD_TYPE) {
    return null;
  }
  try {
    const record = fromBinary(KafkaProducerRecordSchema, payload.bytes);
    return { topic: record.topic, key: record.key === '' ? null : record.key, value: record.valueBytes.slice() };
  } catch {
    return null;
  }
}

/** Null when the payload is of another type or not such a record. */
export function decodeKinesisRecord(payload: TypedValue): KinesisRecord | null {
  if (payload.typename !== KINESIS_RECORD_TYPE) {
    return null;
  }
  try {
    const record = fromBinary(KinesisEgressRecordSchema, payload.bytes);
    return {
      stream: record.stream,
      partitionKey: record.partitionKey,
      explicitHashKey: record.explicitHashKey === '' ? null : record.explicitHashKey,
      value: record.valueBytes.slice(),
    };
  } catch {
    return null;
  }
}

export function encodeKafkaRecord(record: KafkaRecord): TypedValue {
  const message = create(KafkaProducerRecordSchema, { topic: record.topic, key: record.key ?? '', valueBytes: record.value });
  return { typename: KAFKA_RECORD_TYPE, hasValue: true, bytes: toBinary(KafkaProducerRecordSchema, message) };
}

export function encodeKinesisRecord(record: KinesisRecord): TypedValue {
  const message = create(KinesisEgressRecordSchema, {
    stream: record.stream,
    partitionKey: record.partitionKey,
    explicitHashKey: record.explicitHashKey ?? '',
    valueBytes: record.value,
  });
  return { typename: KINESIS_RECORD_TYPE, hasValue: true, bytes: toBinary(KinesisEgressRecordSchema, message) };
}
