/**
 * The SDK's `Buffer`, with the two conversions that it makes for every value done by short paths. Same results;
 * the polyfill's own are kept for everything else. Must be imported before the SDK.
 */
import { Buffer } from 'buffer';
import { put } from './primordials.ts';

/** Up to here a loop over characters beats a call of the encoder (measured in V8). */
const SHORT = 192;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encode = encoder.encode.bind(encoder);
const decode = decoder.decode.bind(decoder);
const { setPrototypeOf } = Object;
const { fromCharCode } = String;
const { prototype } = Buffer;
const slowFrom = Buffer.from.bind(Buffer) as (value: unknown, encoding?: unknown, length?: unknown) => Buffer;
const slowToString = prototype.toString;

function asBuffer(bytes: Uint8Array): Buffer {
  return setPrototypeOf(bytes, prototype) as Buffer;
}

function fromText(text: string): Buffer {
  if (text.length < SHORT) {
    const bytes = new Uint8Array(text.length);
    let index = 0;
    for (; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 127) {
        break;
      }
      bytes[index] = code;
    }
    if (index === text.length) {
      return asBuffer(bytes);
    }
  }
  return asBuffer(encode(text));
}

function from(value: unknown, encoding?: unknown, length?: unknown): Buffer {
  if (typeof value === 'string' && (encoding === undefined || encoding === 'utf8' || encoding === 'utf-8')) {
    return fromText(value);
  }
  return value instanceof Uint8Array ? asBuffer(value.slice()) : slowFrom(value, encoding, length);
}

function toText(this: Buffer, encoding?: string, start?: number, end?: number): string {
  if (encoding !== undefined || start !== undefined || end !== undefined) {
    return slowToString.call(this, encoding, start, end);
  }
  const { length } = this;
  if (length >= SHORT) {
    return decode(this);
  }
  let text = '';
  for (let index = 0; index < length; index += 1) {
    const byte = this[index] ?? 0;
    if (byte > 127) {
      return decode(this);
    }
    text += fromCharCode(byte);
  }
  return text;
}

put(Buffer, 'from', from);
put(prototype, 'toString', toText);
put(globalThis, 'Buffer', Buffer);

export { Buffer };
