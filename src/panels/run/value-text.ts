/**
 * Typed values for people. The SDK's built-in types are messages with the value in field 1 (`src/protocol/proto/types.proto`),
 * where a default value has no bytes at all; every other type is text if it is UTF-8, and bytes if not.
 */
import { decodeUtf8, encodeUtf8, tryDecodeUtf8 } from '../../base/text-encoding.ts';

export interface ValueText {
  readonly text: string;
  /** What the text is: named beside a payload. */
  readonly format: 'JSON' | 'text' | 'number' | 'boolean' | 'bytes';
}

const BUILT_IN = 'io.statefun.types/';
const HEX_BYTES = 64;

/** Tag byte of field 1 by built-in type, and how its value reads. */
const READERS: Readonly<Record<string, { readonly tag: number; readonly read: (bytes: Uint8Array) => ValueText | null }>> = {
  bool: { tag: 0x08, read: (bytes) => ({ text: String(bytes.some((byte) => (byte & 0x7f) !== 0)), format: 'boolean' }) },
  int: { tag: 0x0d, read: (bytes) => fixed(bytes, 4, (view) => String(view.getInt32(0, true))) },
  float: { tag: 0x0d, read: (bytes) => fixed(bytes, 4, (view) => String(view.getFloat32(0, true))) },
  long: { tag: 0x09, read: (bytes) => fixed(bytes, 8, (view) => String(view.getBigInt64(0, true))) },
  double: { tag: 0x09, read: (bytes) => fixed(bytes, 8, (view) => String(view.getFloat64(0, true))) },
  string: { tag: 0x0a, read: lengthPrefixed },
};
const DEFAULTS: Readonly<Record<string, ValueText>> = {
  bool: { text: 'false', format: 'boolean' },
  int: { text: '0', format: 'number' },
  float: { text: '0', format: 'number' },
  long: { text: '0', format: 'number' },
  double: { text: '0', format: 'number' },
  string: { text: '""', format: 'text' },
};

export function valueText(typename: string, bytes: Uint8Array): ValueText {
  const builtIn = typename.startsWith(BUILT_IN) ? typename.slice(BUILT_IN.length) : null;
  if (builtIn !== null) {
    const reader = READERS[builtIn];
    const shown = bytes.length === 0 ? DEFAULTS[builtIn] : reader !== undefined && bytes[0] === reader.tag ? reader.read(bytes.subarray(1)) : null;
    if (shown !== null && shown !== undefined) {
      return shown;
    }
  }
  const text = tryDecodeUtf8(bytes);
  if (text === null || hasControls(text)) {
    return { text: hex(bytes), format: 'bytes' };
  }
  return { text, format: /^\s*[[{]/.test(text) ? 'JSON' : 'text' };
}

function fixed(bytes: Uint8Array, size: number, read: (view: DataView) => string): ValueText | null {
  return bytes.length === size ? { text: read(new DataView(bytes.buffer, bytes.byteOffset, size)), format: 'number' } : null;
}

/** A value may be cut in a trace line: what is there is shown. */
function lengthPrefixed(bytes: Uint8Array): ValueText | null {
  let at = 0;
  while (at < bytes.length && ((bytes[at] ?? 0) & 0x80) !== 0) {
    at += 1;
  }
  return at >= bytes.length ? null : { text: JSON.stringify(decodeUtf8(bytes.subarray(at + 1))), format: 'text' };
}

/** The bytes of a value typed in by hand: the built-in string type wraps its text, everything else is the text itself. */
export function valueBytes(typename: string, text: string): Uint8Array {
  const utf8 = encodeUtf8(text);
  if (typename !== `${BUILT_IN}string`) {
    return utf8;
  }
  if (utf8.length === 0) {
    return utf8;
  }
  const length: number[] = [];
  for (let rest = utf8.length; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      length.push(rest);
      break;
    }
    length.push((rest % 128) + 128);
  }
  return Uint8Array.from([0x0a, ...length, ...utf8]);
}

function hasControls(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) {
      return true;
    }
  }
  return false;
}

function hex(bytes: Uint8Array): string {
  const shown = [...bytes.subarray(0, HEX_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > HEX_BYTES ? `${shown} … (${bytes.length} bytes)` : shown;
}
