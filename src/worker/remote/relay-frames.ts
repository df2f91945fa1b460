/** Messages between the page and the relay (`scripts/relay/frames.mjs`): two lengths (u32, little endian), then JSON, then bytes. */
import { decodeUtf8, encodeUtf8 } from '../../base/text-encoding.ts';

export interface RelayFrame {
  readonly meta: unknown;
  readonly body: Uint8Array;
}

const HEAD_BYTES = 8;
const NO_BYTES = new Uint8Array(0);

export function relayFrame(meta: unknown, body: Uint8Array = NO_BYTES): Uint8Array<ArrayBuffer> {
  const json = encodeUtf8(JSON.stringify(meta));
  const bytes = new Uint8Array(HEAD_BYTES + json.length + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  view.setUint32(4, body.length, true);
  bytes.set(json, HEAD_BYTES);
  bytes.set(body, HEAD_BYTES + json.length);
  return bytes;
}

/** Takes bytes as they come and gives the frames that they complete. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #length = 0;
  #wanted = HEAD_BYTES;

  add(chunk: Uint8Array): readonly RelayFrame[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const frames: RelayFrame[] = [];
    while (this.#length >= this.#wanted) {
      const bytes = this.#joined();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const from = HEAD_BYTES + view.getUint32(0, true);
      const end = from + view.getUint32(4, true);
      if (end > this.#length) {
        this.#wanted = end;
        break;
      }
      frames.push({ meta: JSON.parse(decodeUtf8(bytes.subarray(HEAD_BYTES, from))) as unknown, body: bytes.slice(from, end) });
      this.#chunks = [bytes.subarray(end)];
      this.#length -= end;
      this.#wanted = HEAD_BYTES;
    }
    return frames;
  }

  #joined(): Uint8Array {
    const [first] = this.#chunks;
    if (first !== undefined && this.#chunks.length === 1) {
      return first;
    }
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks = [bytes];
    return bytes;
  }
}
