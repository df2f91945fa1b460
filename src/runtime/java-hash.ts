/** Hashes of the JVM and of Flink that decide where an address lives and in which order state entries are sent. */

/** `String.hashCode`: 32 bits over the UTF-16 code units. */
export function javaStringHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  }
  return hash;
}

/** Flink's `MathUtils.murmurHash`: never negative. */
export function flinkMurmur(code: number): number {
  let hash = Math.imul(code, 0xcc9e2d51);
  hash = (hash << 15) | (hash >>> 17);
  hash = Math.imul(hash, 0x1b873593);
  hash = (hash << 13) | (hash >>> 19);
  hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  hash ^= 4;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >= 0 ? hash : hash === -2147483648 ? 0 : -hash;
}

/** Flink's default maximum parallelism: 1.5 times the parallelism as the next power of two, 128 at least. */
export function maxParallelism(parallelism: number): number {
  let power = 1;
  while (power < parallelism + (parallelism >> 1)) {
    power *= 2;
  }
  return Math.min(Math.max(power, 128), 32768);
}

/** The order in which RocksDB gives keys back: by key group, then by their bytes as Flink writes strings. */
export function restoreOrder(left: string, right: string, groups: number): number {
  const apart = keyGroup(left, groups) - keyGroup(right, groups);
  if (apart !== 0) {
    return apart;
  }
  const [ours, theirs] = [flinkStringBytes(left), flinkStringBytes(right)];
  const different = ours.findIndex((byte, index) => byte !== theirs[index]);
  return different < 0 ? 0 : (ours[different] ?? 0) - (theirs[different] ?? -1);
}

/** Flink's `StringValue.writeString`: length plus one and code units, each in groups of seven bits, the lowest first. */
function flinkStringBytes(text: string): number[] {
  const bytes: number[] = [];
  const write = (number: number): void => {
    let rest = number;
    while (rest >= 0x80) {
      bytes.push((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.push(rest);
  };
  write(text.length + 1);
  for (let index = 0; index < text.length; index += 1) {
    write(text.charCodeAt(index));
  }
  return bytes;
}

export function keyGroup(id: string, groups: number): number {
  return flinkMurmur(javaStringHash(id)) % groups;
}

/** The subtask of an id: its key group, spread over the subtasks in ranges (S1). */
export function subtaskOf(id: string, parallelism: number): number {
  if (parallelism === 1) {
    return 0;
  }
  const groups = maxParallelism(parallelism);
  return Math.floor((keyGroup(id, groups) * parallelism) / groups);
}

/**
 * The names in the order in which a `java.util.HashMap` iterates them when they were put in the given order (S13).
 * Its table has 16 buckets and doubles when it is more than three quarters full.
 */
export function hashMapOrder(names: readonly string[]): string[] {
  let buckets = 16;
  while (names.length > buckets * 0.75) {
    buckets *= 2;
  }
  const bucketOf = (name: string): number => {
    const hash = javaStringHash(name);
    return (hash ^ (hash >>> 16)) & (buckets - 1);
  };
  return names
    .map((name, index) => ({ name, index, bucket: bucketOf(name) }))
    .sort((left, right) => left.bucket - right.bucket || left.index - right.index)
    .map(({ name }) => name);
}
