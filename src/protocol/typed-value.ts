/** Typed values as people read them: built-in types, JSON, text, records for Kafka and Kinesis (S24). */
import { fromBinary } from '@bufbuild/protobuf';
import { tryDecodeUtf8 } from '../base/text-encoding.ts';
import { decodeKafkaRecord, decodeKinesisRecord, KAFKA_RECORD_TYPE, KINESIS_RECORD_TYPE } from './egress-records.ts';
import {
  BooleanWrapperSchema,
  DoubleWrapperSchema,
  FloatWrapperSchema,
  IntWrapperSchema,
  LongWrapperSchema,
  StringWrapperSchema,
} from './generated/types_pb.ts';

const BUILT_IN: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  'io.statefun.types/bool': (bytes) => String(fromBinary(BooleanWrapperSchema, bytes).value),
  'io.statefun.types/int': (bytes) => String(fromBinary(IntWrapperSchema, bytes).value),
  'io.statefun.types/long': (bytes) => String(fromBinary(LongWrapperSchema, bytes).value),
  'io.statefun.types/float': (bytes) => shortFloat(fromBinary(FloatWrapperSchema, bytes).value),
  'io.statefun.types/double': (bytes) => String(fromBinary(DoubleWrapperSchema, bytes).value),
  'io.statefun.types/string': (bytes) => JSON.stringify(fromBinary(StringWrapperSchema, bytes).value),
  [KAFKA_RECORD_TYPE]: (bytes) => {
    const record = decodeKafkaRecord({ typename: KAFKA_RECORD_TYPE, hasValue: true, bytes });
    return JSON.stringify(record === null ? null : { topic: record.topic, key: record.key, value: plain(record.value) });
  },
  [KINESIS_RECORD_TYPE]: (bytes) => {
    const record = decodeKinesisRecord({ typename: KINESIS_RECORD_TYPE, hasValue: true, bytes });
    return JSON.stringify(
      record === null
        ? null
        : { stream: record.stream, partitionKey: record.partitionKey, explicitHashKey: record.explicitHashKey, value: plain(record.value) },
    );
  },
};

/**
 * The value as one line: a number, `true`, a quoted string, JSON as it stands; null where only the bytes can be shown.
 * Bytes that are not what their type says are shown as text where they are text.
 */
export function shownText(typename: string, bytes: Uint8Array): string | null {
  const builtIn = Object.hasOwn(BUILT_IN, typename) ? BUILT_IN[typename] : undefined;
  if (builtIn !== undefined) {
    try {
      return builtIn(bytes);
    } catch {
      return showText(bytes);
    }
  }
  return showText(bytes);
}

/** Text as it stands where it is JSON, quoted otherwise; null for control characters and what is not UTF-8. */
function showText(bytes: Uint8Array): string | null {
  const text = tryDecodeUtf8(bytes);
  if (text === null || hasControlCharacters(text)) {
    return null;
  }
  return isJson(text) ? text : JSON.stringify(text);
}

/** For nesting in other JSON: the parsed value where the bytes are JSON, else text, else a list of bytes. */
function plain(bytes: Uint8Array): unknown {
  const text = tryDecodeUtf8(bytes);
  if (text === null || hasControlCharacters(text)) {
    return { bytes: [...bytes] };
  }
  return isJson(text) ? (JSON.parse(text) as unknown) : text;
}

function hasControlCharacters(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13) {
      return true;
    }
  }
  return false;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The shortest decimal text that is the same 32-bit float. */
function shortFloat(value: number): string {
  for (let precision = 6; precision < 10; precision += 1) {
    const text = Number(value.toPrecision(precision));
    if (Math.fround(text) === value) {
      return String(text);
    }
  }
  return String(value);
}
