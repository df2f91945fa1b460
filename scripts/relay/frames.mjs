/** Messages between the page and the relay: two lengths (u32, little endian), then JSON, then bytes. */

const NO_BYTES = new Uint8Array(0);
const HEAD_BYTES = 8;
const META_LIMIT_BYTES = 64 * 1024;

export function frame(meta, body = NO_BYTES) {
  const json = Buffer.from(JSON.stringify(meta));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, json, body]);
}

/** The frames that the bytes consist of, or null where they do not. */
export function readFrames(bytes) {
  const frames = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes.length - at < HEAD_BYTES) {
      return null;
    }
    const metaLength = bytes.readUInt32LE(at);
    const bodyLength = bytes.readUInt32LE(at + 4);
    const from = at + HEAD_BYTES;
    at = from + metaLength + bodyLength;
    if (metaLength > META_LIMIT_BYTES || at > bytes.length) {
      return null;
    }
    try {
      frames.push({ meta: JSON.parse(bytes.toString('utf8', from, from + metaLength)), body: bytes.subarray(from + metaLength, at) });
    } catch {
      return null;
    }
  }
  return frames;
}
