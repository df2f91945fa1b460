/** Values between their shape's world (JSON) and typed values: the built-in types have wrappers, anything else is taken for JSON. */
import type { JsonValue } from '../../base/json.ts';
import { encodeUtf8, tryDecodeUtf8 } from '../../base/text-encoding.ts';
import type { ValueShape } from '../../model/value-shape.ts';
import { builtInForm, typedValueOf } from '../../protocol/entered-value.ts';
import type { TypedValue } from '../../protocol/messages.ts';
import { shownText } from '../../protocol/typed-value.ts';

export function builtInShape(typename: string): ValueShape | null {
  switch (builtInForm(typename)) {
    case 'string':
      return { type: 'string', seen: [] };
    case 'boolean':
      return { type: 'boolean' };
    case 'int':
    case 'long':
      return { type: 'number', integer: true, seen: [] };
    case 'float':
    case 'double':
      return { type: 'number', integer: false, seen: [] };
    default:
      return null;
  }
}

/** Undefined for bytes that are neither a built-in value nor JSON. */
export function jsonOf(value: TypedValue): JsonValue | undefined {
  const text = builtInForm(value.typename) === null ? tryDecodeUtf8(value.bytes) : shownText(value.typename, value.bytes);
  try {
    // Whatever JSON.parse gives is a JSON value.
    return text === null ? undefined : (JSON.parse(text) as JsonValue);
  } catch {
    return undefined;
  }
}

/** Values of a built-in type that do not fit it are brought into its range: the wire knows no others. */
export function typedOf(typename: string, value: JsonValue): TypedValue {
  const form = builtInForm(typename);
  if (form === null) {
    return { typename, hasValue: true, bytes: encodeUtf8(JSON.stringify(value)) };
  }
  const text = form === 'string' ? (typeof value === 'string' ? value : JSON.stringify(value)) : scalarText(form, value);
  const typed = typedValueOf({ typename, form, text });
  return typed.ok ? typed.value : { typename, hasValue: true, bytes: new Uint8Array(0) };
}

function scalarText(form: string, value: JsonValue): string {
  if (form === 'boolean') {
    return String(value === true);
  }
  const number = typeof value === 'number' ? value : 0;
  if (form === 'int') {
    return String(Math.trunc(Math.min(2 ** 31 - 1, Math.max(-(2 ** 31), number))));
  }
  return form === 'long'
    ? BigInt(Math.trunc(Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, number)))).toString()
    : String(number);
}
