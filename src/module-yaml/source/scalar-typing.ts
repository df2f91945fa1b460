/** Types of plain scalars as Jackson's YAML reader 2.12 sees them, which is YAML 1.1 with exceptions (module-yaml.md §2). */
import type { JsonPrimitive } from '../../base/json.ts';

/** `invalid`: the loader fails on this text wherever it stands. */
export type ScalarType = 'text' | 'int' | 'float' | 'boolean' | 'null' | 'invalid';

export interface TypedScalar {
  readonly type: ScalarType;
  readonly value: JsonPrimitive;
}

const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INT = /^(?:[-+]?0b_*[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x_*[0-9a-fA-F_]+)$/;
const FLOAT = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?)$/;
const UNREADABLE = /^(?:[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const TAG = /^(?:tag:yaml\.org,2002:|!!)(\w+)$/;

/** `tag` is null, or what the tag resolves to. `plain` is false for quoted and block scalars. */
export function typeScalar(text: string, plain: boolean, tag: string | null): TypedScalar {
  const named = tag === null || tag === '!' ? null : (TAG.exec(tag)?.[1] ?? 'other');
  switch (named) {
    case null:
      return plain && tag === null ? typePlain(text) : textual(text);
    case 'int':
      return INT.test(text) ? int(text) : textual(text);
    case 'float':
      return FLOAT.test(text) ? float(text) : { type: 'invalid', value: text };
    case 'bool':
      return BOOLEAN.test(text) ? boolean(text) : textual(text);
    case 'null':
      return { type: 'null', value: null };
    default:
      return textual(text);
  }
}

function typePlain(text: string): TypedScalar {
  if (NULL.test(text)) {
    return { type: 'null', value: null };
  }
  if (BOOLEAN.test(text)) {
    return boolean(text);
  }
  if (INT.test(text)) {
    return int(text);
  }
  if (UNREADABLE.test(text)) {
    return { type: 'invalid', value: text };
  }
  return FLOAT.test(text) ? float(text) : textual(text);
}

function textual(text: string): TypedScalar {
  return { type: 'text', value: text };
}

function boolean(text: string): TypedScalar {
  return { type: 'boolean', value: /^(?:y|t|on)/i.test(text) };
}

function float(text: string): TypedScalar {
  const value = Number(text.replaceAll('_', ''));
  return Number.isFinite(value) && /[0-9]/.test(text) ? { type: 'float', value } : { type: 'invalid', value: text };
}

function int(text: string): TypedScalar {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  const size = /^0[xb]/.test(digits) ? Number(digits) : /^0./.test(digits) ? Number(`0o${digits.slice(1)}`) : Number(digits);
  return Number.isNaN(size) ? { type: 'invalid', value: text } : { type: 'int', value: negative && size !== 0 ? -size : size };
}

/** The text that the loader makes of a value where text is wanted: `010` becomes `8`, `1e3` becomes `1000.0`. */
export function scalarAsText({ type, value }: TypedScalar): string {
  return type === 'float' && typeof value === 'number' ? javaDouble(value) : type === 'int' ? integerText(Number(value)) : String(value);
}

export function integerText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-3 && size < 1e7)) {
    return Number.isInteger(value) ? `${value}.0` : String(value);
  }
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}
