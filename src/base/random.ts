/**
 * Seeded numbers without a global stream: a hash of text to 32 bits, and a small generator (mulberry32) on it.
 * The same in every JavaScript engine, since only 32-bit integer operations are used.
 */

/** 32-bit FNV-1a over UTF-16 code units, then a finalising mix (murmur3). */
export function hash32(text: string, seed = 0x811c9dc5): number {
  let hash = seed | 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export interface RandomStream {
  /** A number in [0, 1). */
  next(): number;
  /** The 32 bits that continue this stream; feed them to {@link randomStream} to resume. */
  state(): number;
}

export function randomStream(seed: number): RandomStream {
  let state = seed | 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    },
    state() {
      return state;
    },
  };
}
