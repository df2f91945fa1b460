/**
 * UTF-8 for the layers that compile without DOM types. Both classes exist in every browser, worker and Node;
 * the narrow interface below is all that the core needs of them.
 */
interface Utf8Encoder {
  encode(text: string): Uint8Array;
}
interface Utf8Decoder {
  decode(bytes: Uint8Array): string;
}
interface EncodingGlobals {
  readonly TextEncoder: new () => Utf8Encoder;
  readonly TextDecoder: new (label: string, options: { fatal: boolean; ignoreBOM: boolean }) => Utf8Decoder;
}

const globals = globalThis as unknown as EncodingGlobals;
const encoder = new globals.TextEncoder();
const lenient = new globals.TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
const strict = new globals.TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Decodes; malformed sequences become U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** Decodes, or gives null when the bytes are not UTF-8. */
export function tryDecodeUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}
