/** Typed values for people: the protocol's own reading for types it knows, else text if the bytes are UTF-8, else bytes. */
import { encodeUtf8, tryDecodeUtf8 } from '../../base/text-encoding.ts';
import { shownText } from '../../protocol/typed-value.ts';

export interface ValueText {
  readonly text: string;
  /** What the text is: named beside a payload. */
  readonly format: 'JSON' | 'text' | 'number' | 'boolean' | 'bytes';
}

const BUILT_IN = 'io.statefun.types/';
const RECORDS = 'type.googleapis.com/io.statefun.sdk.egress.';
const HEX_BYTES = 64;

export function valueText(typename: string, bytes: Uint8Array): ValueText {
  if (typename.startsWith(BUILT_IN) || typename.startsWith(RECORDS)) {
    const text = shownText(typename, bytes);
    return text === null ? { text: hex(bytes), format: 'bytes' } : { text, format: knownFormat(typename) };
  }
  // Not through `shownText`, which quotes what is not JSON: a value that was cut in a trace line is no JSON any more.
  const text = tryDecodeUtf8(bytes);
  if (text === null || hasControls(text)) {
    return { text: hex(bytes), format: 'bytes' };
  }
  return { text, format: /^\s*[[{]/.test(text) ? 'JSON' : 'text' };
}

function knownFormat(typename: string): ValueText['format'] {
  if (!typename.startsWith(BUILT_IN)) {
    return 'JSON';
  }
  return typename === `${BUILT_IN}string` ? 'text' : typename === `${BUILT_IN}bool` ? 'boolean' : 'number';
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
