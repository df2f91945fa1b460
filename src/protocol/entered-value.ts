/**
 * Values as people type them, to typed values and back. The built-in types have one form each (S24); any other type is whatever its
 * bytes are: JSON, text, or bytes written as base64.
 */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { fromBase64, toBase64 } from '../base/base64.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { encodeUtf8, tryDecodeUtf8 } from '../base/text-encoding.ts';
import {
  BooleanWrapperSchema,
  DoubleWrapperSchema,
  FloatWrapperSchema,
  IntWrapperSchema,
  LongWrapperSchema,
  StringWrapperSchema,
} from './generated/types_pb.ts';
import { jsonFault } from './json-fault.ts';
import type { TypedValue } from './messages.ts';
import { shownText } from './typed-value.ts';

export const VALUE_FORMS = ['json', 'text', 'base64', 'int', 'long', 'float', 'double', 'boolean', 'string'] as const;
export type ValueForm = (typeof VALUE_FORMS)[number];

export interface EnteredValue {
  readonly typename: string;
  readonly form: ValueForm;
  readonly text: string;
  /** What the text was made from: unchanged it gives these bytes again, however they were written. */
  readonly recorded?: { readonly text: string; readonly bytes: Uint8Array };
}

/** What is wrong with a text, and at which character; null where it is the whole. */
export interface EntryFault {
  readonly message: string;
  readonly at: number | null;
}

const BUILT_IN = 'io.statefun.types/';
const BUILT_IN_FORMS: Readonly<Record<string, ValueForm>> = {
  int: 'int',
  long: 'long',
  float: 'float',
  double: 'double',
  bool: 'boolean',
  string: 'string',
};

/** The one form of a built-in type; null where the value may be anything. */
export function builtInForm(typename: string): ValueForm | null {
  const name = typename.startsWith(BUILT_IN) ? typename.slice(BUILT_IN.length) : '';
  return Object.hasOwn(BUILT_IN_FORMS, name) ? (BUILT_IN_FORMS[name] ?? null) : null;
}

/** Typename of a state's type as the code facts name it: `int` and the like are built in. */
export function stateTypename(type: string): string {
  const name = type === 'boolean' ? 'bool' : type;
  return Object.hasOwn(BUILT_IN_FORMS, name) ? `${BUILT_IN}${name}` : type;
}

export function emptyValue(typename: string): EnteredValue {
  const form = builtInForm(typename) ?? 'json';
  const texts: Partial<Record<ValueForm, string>> = { json: '{}', int: '0', long: '0', float: '0', double: '0', boolean: 'false' };
  return { typename, form, text: texts[form] ?? '' };
}

/** A value that was recorded, as one would type it. */
export function enteredFrom(value: Pick<TypedValue, 'typename' | 'bytes'>): EnteredValue {
  const entered = readable(value);
  return { ...entered, recorded: { text: entered.text, bytes: value.bytes } };
}

function readable({ typename, bytes }: Pick<TypedValue, 'typename' | 'bytes'>): EnteredValue {
  const form = builtInForm(typename);
  if (form === 'string') {
    return { typename, form, text: stringOf(bytes) ?? '' };
  }
  if (form !== null) {
    return { typename, form, text: shownText(typename, bytes) ?? '' };
  }
  const text = tryDecodeUtf8(bytes);
  if (text === null || hasControls(text)) {
    return { typename, form: 'base64', text: toBase64(bytes) };
  }
  if (jsonFault(text) !== null) {
    return { typename, form: 'text', text };
  }
  const pretty = JSON.stringify(JSON.parse(text), null, 2);
  // A number too large for a double would come back as another one.
  return { typename, form: 'json', text: JSON.stringify(JSON.parse(text)) === text ? pretty : text };
}

export function typedValueOf(entered: EnteredValue): Result<TypedValue, EntryFault> {
  const { typename, text, recorded } = entered;
  if (!/^[^/].*\/[^/]+$|^[^/]\/[^/]+$/.test(typename)) {
    return fault('Write the type as namespace/name.');
  }
  const bytes = recorded?.text === text ? ok(recorded.bytes) : bytesOf(entered.form, text);
  return bytes.ok ? ok({ typename, hasValue: true, bytes: bytes.value }) : bytes;
}

function bytesOf(form: ValueForm, text: string): Result<Uint8Array, EntryFault> {
  const trimmed = text.trim();
  switch (form) {
    case 'json': {
      const wrong = jsonFault(text);
      // Written in one line, as the SDK's own JSON type writes it.
      return wrong === null ? ok(encodeUtf8(compact(text))) : err(wrong);
    }
    case 'text':
      return ok(encodeUtf8(text));
    case 'string':
      return ok(toBinary(StringWrapperSchema, create(StringWrapperSchema, { value: text })));
    case 'base64':
      return base64Bytes(trimmed);
    case 'boolean':
      return trimmed === 'true' || trimmed === 'false'
        ? ok(toBinary(BooleanWrapperSchema, create(BooleanWrapperSchema, { value: trimmed === 'true' })))
        : fault('Write true or false.');
    case 'int':
      return /^[-+]?\d+$/.test(trimmed) && Number(trimmed) >= -(2 ** 31) && Number(trimmed) < 2 ** 31
        ? ok(toBinary(IntWrapperSchema, create(IntWrapperSchema, { value: Number(trimmed) })))
        : fault('Write a whole number from −2147483648 to 2147483647.');
    case 'long':
      return /^[-+]?\d+$/.test(trimmed) && BigInt.asIntN(64, BigInt(trimmed.replace('+', ''))) === BigInt(trimmed.replace('+', ''))
        ? ok(toBinary(LongWrapperSchema, create(LongWrapperSchema, { value: BigInt(trimmed.replace('+', '')) })))
        : fault('Write a whole number of at most 64 bits.');
    case 'float':
    case 'double':
      return numberBytes(form, trimmed);
  }
}

function numberBytes(form: 'float' | 'double', text: string): Result<Uint8Array, EntryFault> {
  const value = Number(text);
  if (text === '' || (Number.isNaN(value) && text !== 'NaN')) {
    return fault('Write a number, such as 0.5.');
  }
  return ok(
    form === 'float'
      ? toBinary(FloatWrapperSchema, create(FloatWrapperSchema, { value }))
      : toBinary(DoubleWrapperSchema, create(DoubleWrapperSchema, { value })),
  );
}

function base64Bytes(text: string): Result<Uint8Array, EntryFault> {
  const digits = text.replace(/\s+/g, '');
  const strange = text.search(/[^A-Za-z0-9+/=\s]/);
  if (strange !== -1) {
    return fault(`Base64 has letters, digits, + and /, and not “${text.charAt(strange)}”.`, strange);
  }
  if (!/^[^=]*={0,2}$/.test(digits) || digits.length % 4 !== 0) {
    return fault('Base64 comes in groups of four characters; the last one is filled with =.');
  }
  return ok(fromBase64(digits));
}

function compact(text: string): string {
  const parsed: unknown = JSON.parse(text);
  const written = JSON.stringify(parsed);
  // Only blanks may differ: a number that a double cannot hold stays as it was typed.
  return sameWithoutBlanks(written, text) ? written : text;
}

function sameWithoutBlanks(left: string, right: string): boolean {
  const strip = (text: string) => text.replace(/\s+/g, '');
  return strip(left) === strip(right);
}

function stringOf(bytes: Uint8Array): string | null {
  try {
    return fromBinary(StringWrapperSchema, bytes).value;
  } catch {
    return null;
  }
}

function hasControls(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13) {
      return true;
    }
  }
  return false;
}

function fault(message: string, at: number | null = null): Result<never, EntryFault> {
  return err({ message, at });
}
