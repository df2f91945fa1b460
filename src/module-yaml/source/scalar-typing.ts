/** Types of plain scalars as Jackson's YAML reader 2.12 sees them, which is YAML 1.1 with exceptions (module-yaml.md §2). */
import type { JsonPrimitive } from '../../base/json.ts';
import { canonicalBase64 } from './base64-text.ts';
import { javaDouble } from './java-double.ts';

/** `invalid`: the loader fails on this text wherever it stands. `binary`: base64 behind a `!!binary` tag. */
export type ScalarType = 'text' | 'int' | 'float' | 'boolean' | 'null' | 'binary' | 'invalid';

export interface TypedScalar {
  readonly type: ScalarType;
  /** A whole number beyond 2^53 is rounded here; `read` has all its digits. */
  readonly value: JsonPrimitive;
  /** The text that the loader makes of the value where text is wanted: `010` becomes `8`, `1e3` becomes `1000.0`. */
  readonly read: string;
}

const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const TAGGED_BOOLEAN = /^(?:y|yes|n|no|true|false|on|off)$/i;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INT = /^(?:[-+]?0b_*[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x_*[0-9a-fA-F_]+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?)$/;
const UNREADABLE = /^(?:[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const TAG = /^(?:tag:yaml\.org,2002:|!!)(\w+)/;
const NULL_SCALAR: TypedScalar = { type: 'null', value: null, read: 'null' };

/** `tag` is null, or what the tag resolves to. `plain` is false for quoted and block scalars. */
export function typeScalar(text: string, plain: boolean, tag: string | null): TypedScalar {
  const named = tag === null || tag === '!' ? null : (TAG.exec(tag)?.[1] ?? 'other');
  switch (named) {
    case null:
      return plain || tag === '!' ? typePlain(text) : textual(text);
    case 'int':
      return taggedInt(text);
    case 'float':
      return float(text);
    case 'bool':
      return TAGGED_BOOLEAN.test(text) ? boolean(text) : textual(text);
    case 'null':
      return NULL_SCALAR;
    case 'binary': {
      const bytes = canonicalBase64(text);
      return bytes === null ? invalid(text) : { type: 'binary', value: bytes, read: bytes };
    }
    default:
      return textual(text);
  }
}

function typePlain(text: string): TypedScalar {
  if (NULL.test(text)) {
    return NULL_SCALAR;
  }
  if (BOOLEAN.test(text)) {
    return boolean(text);
  }
  if (INT.test(text)) {
    return int(text);
  }
  if (UNREADABLE.test(text)) {
    return invalid(text);
  }
  return FLOAT.test(text) ? float(text) : textual(text);
}

function textual(text: string): TypedScalar {
  return { type: 'text', value: text, read: text };
}

function invalid(text: string): TypedScalar {
  return { type: 'invalid', value: text, read: text };
}

function boolean(text: string): TypedScalar {
  const value = /^(?:y|t|on)/i.test(text);
  return { type: 'boolean', value, read: String(value) };
}

/** As Java reads a double, but for its hexadecimal form. */
function float(text: string): TypedScalar {
  const digits = text.replaceAll('_', '').replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '');
  if (/^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?[fFdD]?$/.test(digits)) {
    const value = Number(digits.replace(/[fFdD]$/, ''));
    return { type: 'float', value, read: javaDouble(value) };
  }
  return /^[-+]?(?:NaN|Infinity)$/.test(digits)
    ? { type: 'float', value: Number(digits), read: javaDouble(Number(digits)) }
    : invalid(text);
}

function int(text: string): TypedScalar {
  const negative = text.startsWith('-');
  const written = text.replace(/^[-+]/, '');
  const digits = written.replaceAll('_', '');
  const size = /^0_+$/.test(written)
    ? null
    : wholeNumber(/^0[xb]/.test(digits) ? digits : /^0./.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (size === null) {
    return invalid(text);
  }
  const value = negative ? -size : size;
  return { type: 'int', value: Number(value), read: value.toString() };
}

/** Behind a tag the text need not look like a number: some that does not is a text, some does not load. */
function taggedInt(text: string): TypedScalar {
  const digits = text.replace(/^[-+]/, '');
  if (/^0[bBxX0-9_]/.test(digits)) {
    const base = digits.slice(0, 2).toLowerCase();
    return int(base === '0b' || base === '0x' ? text.replace(/0[bx]/i, base) : text);
  }
  return digits === '' ? invalid(text) : /^[0-9_]+$/.test(digits) ? int(text) : textual(text);
}

function wholeNumber(text: string): bigint | null {
  return /^(?:[0-9]+|0x[0-9a-fA-F]+|0b[01]+|0o[0-7]+)$/.test(text) ? BigInt(text) : null;
}

/** A whole number as text with all its digits. */
export function integerText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}
