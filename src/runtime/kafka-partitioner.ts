/** Kafka's default partitioner for records with a key: murmur2 of the key's bytes. */
import { encodeUtf8 } from '../base/text-encoding.ts';

const MULTIPLIER = 0x5bd1e995;

export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  let hash = 0x9747b28c ^ length;
  const words = length >> 2;
  for (let word = 0; word < words; word += 1) {
    const at = word * 4;
    let value = byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16) | (byteAt(bytes, at + 3) << 24);
    value = Math.imul(value, MULTIPLIER);
    value ^= value >>> 24;
    value = Math.imul(value, MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ value;
  }
  const tail = words * 4;
  const rest = length - tail;
  if (rest === 3) {
    hash ^= byteAt(bytes, tail + 2) << 16;
  }
  if (rest >= 2) {
    hash ^= byteAt(bytes, tail + 1) << 8;
  }
  if (rest >= 1) {
    hash = Math.imul(hash ^ byteAt(bytes, tail), MULTIPLIER);
  }
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  return hash ^ (hash >>> 15);
}

export function partitionOfKey(key: string, partitions: number): number {
  return partitions === 1 ? 0 : (murmur2(encodeUtf8(key)) & 0x7fffffff) % partitions;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
