/**
 * Many byte strings in one buffer, so that a batch crosses threads and reaches IndexedDB as one object.
 * Layout, little endian: count (u32), one length (u32) each, then the bytes one after the other.
 */
export function packFrames(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const header = 4 + 4 * frames.length;
  let total = header;
  for (const frame of frames) {
    total += frame.length;
  }
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, frames.length, true);
  let at = header;
  frames.forEach((frame, index) => {
    view.setUint32(4 + 4 * index, frame.length, true);
    bytes.set(frame, at);
    at += frame.length;
  });
  return bytes;
}

/** The frames of a packed buffer, as views on it; null where the lengths do not add up. */
export function unpackFrames(bytes: Uint8Array): Uint8Array[] | null {
  if (bytes.length < 4) {
    return null;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  let at = 4 + 4 * count;
  if (at > bytes.length) {
    return null;
  }
  const frames: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) {
    const length = view.getUint32(4 + 4 * index, true);
    if (at + length > bytes.length) {
      return null;
    }
    frames.push(bytes.subarray(at, at + length));
    at += length;
  }
  return at === bytes.length ? frames : null;
}
