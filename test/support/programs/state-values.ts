/** State values of the built-in types as texts, and back; any other type holds the text itself. */
import { fromBinary, toBinary, create } from '@bufbuild/protobuf';
import { decodeUtf8, encodeUtf8 } from '../../../src/base/text-encoding.ts';
import {
  BooleanWrapperSchema,
  DoubleWrapperSchema,
  FloatWrapperSchema,
  IntWrapperSchema,
  LongWrapperSchema,
  StringWrapperSchema,
} from '../../../src/protocol/generated/types_pb.ts';

interface TextCodec {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

const TEXT: TextCodec = { encode: encodeUtf8, decode: decodeUtf8 };

const BUILT_IN: Readonly<Record<string, TextCodec>> = {
  'io.statefun.types/bool': {
    encode: (text) => toBinary(BooleanWrapperSchema, create(BooleanWrapperSchema, { value: text === 'true' })),
    decode: (bytes) => String(fromBinary(BooleanWrapperSchema, bytes).value),
  },
  'io.statefun.types/int': {
    encode: (text) => toBinary(IntWrapperSchema, create(IntWrapperSchema, { value: Number(text) | 0 })),
    decode: (bytes) => String(fromBinary(IntWrapperSchema, bytes).value),
  },
  'io.statefun.types/long': {
    encode: (text) => toBinary(LongWrapperSchema, create(LongWrapperSchema, { value: BigInt(text) })),
    decode: (bytes) => String(fromBinary(LongWrapperSchema, bytes).value),
  },
  'io.statefun.types/float': {
    encode: (text) => toBinary(FloatWrapperSchema, create(FloatWrapperSchema, { value: Number(text) })),
    decode: (bytes) => String(fromBinary(FloatWrapperSchema, bytes).value),
  },
  'io.statefun.types/double': {
    encode: (text) => toBinary(DoubleWrapperSchema, create(DoubleWrapperSchema, { value: Number(text) })),
    decode: (bytes) => String(fromBinary(DoubleWrapperSchema, bytes).value),
  },
  'io.statefun.types/string': {
    encode: (text) => toBinary(StringWrapperSchema, create(StringWrapperSchema, { value: text })),
    decode: (bytes) => fromBinary(StringWrapperSchema, bytes).value,
  },
};

export function encodeState(typename: string, text: string): Uint8Array {
  return codecOf(typename).encode(text);
}

export function decodeState(typename: string, bytes: Uint8Array): string {
  return codecOf(typename).decode(bytes);
}

function codecOf(typename: string): TextCodec {
  return (Object.hasOwn(BUILT_IN, typename) ? BUILT_IN[typename] : undefined) ?? TEXT;
}
