/** Math.random and crypto from the call's seeded stream. */
import { nextRandom } from './call-record.ts';
import { createObject, fix, freeze, NativeTypeError } from './primordials.ts';

const { floor } = Math;
const hex = '0123456789abcdef';
const viewBytes = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

export function installRandom(): void {
  fix(Math, 'random', function random() {
    return nextRandom();
  });
}

export function createVirtualCrypto(): object {
  const crypto = createObject(null) as Record<string, unknown>;
  crypto['getRandomValues'] = function getRandomValues(view: ArrayBufferView): ArrayBufferView {
    if (view === null || typeof view !== 'object' || !ArrayBuffer.isView(view)) {
      throw new NativeTypeError('getRandomValues takes an integer typed array');
    }
    const bytes = viewBytes(view);
    for (let index = 0; index < bytes.length; index += 1) {
      bytes[index] = floor(nextRandom() * 256);
    }
    return view;
  };
  crypto['randomUUID'] = function randomUUID(): string {
    return uuidOf(nextRandom);
  };
  return freeze(crypto);
}

/** RFC 9562: version 4, variant 10. */
export function uuidOf(random: () => number): string {
  let text = '';
  for (let index = 0; index < 32; index += 1) {
    const digit = index === 12 ? 4 : index === 16 ? 8 + floor(random() * 4) : floor(random() * 16);
    text += (index === 8 || index === 12 || index === 16 || index === 20 ? '-' : '') + (hex[digit] ?? '');
  }
  return text;
}
