/**
 * A full chunk of a topic: all its columns in one buffer, so that a million records cost little more than their own bytes.
 * Only the status of its records may still change.
 */
import { decodeUtf8, encodeUtf8 } from '../base/text-encoding.ts';
import type { Headers } from './machine-types.ts';

export interface ChunkColumns {
  readonly at: readonly number[];
  readonly key: readonly (string | null)[];
  readonly call: readonly number[];
  readonly status: readonly number[];
  /** Values one after the other, and where each ends; -1 for a tombstone. */
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
  readonly headers: ReadonlyMap<number, Headers>;
}

export class SealedChunk {
  readonly length: number;
  readonly headers: ReadonlyMap<number, Headers>;
  private readonly at: Float64Array;
  private readonly call: Uint32Array;
  private readonly ends: Int32Array;
  private readonly keyEnds: Int32Array;
  private readonly status: Uint8Array;
  private readonly values: Uint8Array;
  private readonly keys: Uint8Array;
  /** Keys that UTF-8 cannot hold (lone surrogates). */
  private readonly oddKeys: Map<number, string> = new Map();

  constructor(columns: ChunkColumns) {
    const { length } = columns.at;
    const { keyEnds, keyBytes } = this.packKeys(columns.key);
    const valueBytes = columns.bytes.length;
    const buffer = new ArrayBuffer(21 * length + valueBytes + keyBytes.length);
    this.length = length;
    this.headers = columns.headers;
    this.at = new Float64Array(buffer, 0, length);
    this.call = new Uint32Array(buffer, 8 * length, length);
    this.ends = new Int32Array(buffer, 12 * length, length);
    this.keyEnds = new Int32Array(buffer, 16 * length, length);
    this.status = new Uint8Array(buffer, 20 * length, length);
    this.values = new Uint8Array(buffer, 21 * length, valueBytes);
    this.keys = new Uint8Array(buffer, 21 * length + valueBytes, keyBytes.length);
    this.at.set(columns.at);
    this.call.set(columns.call);
    this.ends.set(columns.ends);
    this.keyEnds.set(keyEnds);
    this.status.set(columns.status);
    this.values.set(columns.bytes);
    this.keys.set(keyBytes);
  }

  timeAt(index: number): number {
    return this.at[index] ?? 0;
  }

  callAt(index: number): number {
    return this.call[index] ?? 0;
  }

  keyAt(index: number): string | null {
    const end = this.keyEnds[index] ?? -1;
    return end < 0 ? null : (this.oddKeys.get(index) ?? decodeUtf8(this.keys.subarray(startOf(this.keyEnds, index), end)));
  }

  /** A view on the chunk's own bytes. */
  valueAt(index: number): Uint8Array | null {
    const end = this.ends[index] ?? -1;
    return end < 0 ? null : this.values.subarray(startOf(this.ends, index), end);
  }

  hasValue(index: number): boolean {
    return (this.ends[index] ?? -1) >= 0;
  }

  statusAt(index: number): number {
    return this.status[index] ?? 0;
  }

  setStatus(index: number, status: number): void {
    this.status[index] = status;
  }

  columns(): ChunkColumns {
    return {
      at: [...this.at],
      key: Array.from({ length: this.length }, (_, index) => this.keyAt(index)),
      call: [...this.call],
      status: [...this.status],
      bytes: this.values.slice(),
      ends: [...this.ends],
      headers: this.headers,
    };
  }

  private packKeys(keys: readonly (string | null)[]): { readonly keyEnds: readonly number[]; readonly keyBytes: Uint8Array } {
    const keyEnds: number[] = [];
    const encoded = keys.flatMap((key, index) => {
      if (key === null) {
        return [];
      }
      const bytes = encodeUtf8(key);
      if (decodeUtf8(bytes) !== key) {
        this.oddKeys.set(index, key);
      }
      return [bytes];
    });
    const keyBytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
    let used = 0;
    let next = 0;
    for (const key of keys) {
      const bytes = key === null ? undefined : encoded[next];
      if (bytes === undefined) {
        keyEnds.push(-1);
      } else {
        keyBytes.set(bytes, used);
        used += bytes.length;
        next += 1;
        keyEnds.push(used);
      }
    }
    return { keyEnds, keyBytes };
  }
}

/** Where a part begins of which the ends are known: where the part before ended. */
export function startOf(ends: { readonly [index: number]: number }, index: number): number {
  for (let before = index - 1; before >= 0; before -= 1) {
    const end = ends[before] ?? -1;
    if (end >= 0) {
      return end;
    }
  }
  return 0;
}
