/**
 * One partition of a simulated topic: an append-only log in chunks of plain columns, so that a million records stay
 * compact and a snapshot stores only the chunks that changed.
 */
import type { Headers } from './machine-types.ts';

export const CHUNK_RECORDS = 128;

/** Whether a reader that honours transactions sees a record (S78, S79). */
export type RecordStatus = 'open' | 'committed' | 'aborted';
const STATUSES: readonly RecordStatus[] = ['open', 'committed', 'aborted'];

export interface LogRecord {
  readonly at: number;
  readonly key: string | null;
  readonly value: Uint8Array | null;
  readonly headers: Headers;
  /** The call that wrote it, 0 for records from outside. */
  readonly call: number;
}

/** The columns of up to CHUNK_RECORDS records; as it is stored. */
export interface StoredChunk {
  readonly at: number[];
  readonly key: (string | null)[];
  readonly call: number[];
  readonly status: number[];
  /** Values one after the other, and where each ends; -1 for a tombstone (S83). */
  readonly bytes: Uint8Array;
  readonly ends: number[];
  readonly headers: readonly (readonly [index: number, headers: Headers])[];
}

interface Chunk {
  at: number[];
  key: (string | null)[];
  call: number[];
  status: number[];
  bytes: Uint8Array;
  used: number;
  ends: number[];
  headers: Map<number, Headers>;
}

export class PartitionLog {
  private readonly chunks: Chunk[] = [];
  private readonly dirty = new Set<number>();
  private count = 0;

  get length(): number {
    return this.count;
  }

  append(record: LogRecord, status: RecordStatus): number {
    const offset = this.count;
    let chunk = this.chunks[this.chunks.length - 1];
    if (chunk === undefined || offset % CHUNK_RECORDS === 0) {
      chunk = { at: [], key: [], call: [], status: [], bytes: new Uint8Array(1024), used: 0, ends: [], headers: new Map() };
      this.chunks.push(chunk);
    }
    chunk.at.push(record.at);
    chunk.key.push(record.key);
    chunk.call.push(record.call);
    chunk.status.push(STATUSES.indexOf(status));
    appendValue(chunk, record.value);
    if (record.headers.length > 0) {
      chunk.headers.set(offset % CHUNK_RECORDS, record.headers);
    }
    if (chunk.at.length === CHUNK_RECORDS) {
      chunk.bytes = chunk.bytes.slice(0, chunk.used);
    }
    this.dirty.add(this.chunks.length - 1);
    this.count += 1;
    return offset;
  }

  /** The record at an offset below `length`; its value is a copy. */
  read(offset: number): LogRecord {
    const { chunk, index } = this.locate(offset);
    const end = chunk.ends[index] ?? -1;
    return {
      at: chunk.at[index] ?? 0,
      key: chunk.key[index] ?? null,
      value: end < 0 ? null : chunk.bytes.slice(startOf(chunk.ends, index), end),
      headers: chunk.headers.get(index) ?? [],
      call: chunk.call[index] ?? 0,
    };
  }

  keyAt(offset: number): string | null {
    const { chunk, index } = this.locate(offset);
    return chunk.key[index] ?? null;
  }

  timeAt(offset: number): number {
    const { chunk, index } = this.locate(offset);
    return chunk.at[index] ?? 0;
  }

  statusAt(offset: number): RecordStatus {
    const { chunk, index } = this.locate(offset);
    return STATUSES[chunk.status[index] ?? 0] ?? 'open';
  }

  setStatus(offset: number, status: RecordStatus): void {
    const { chunk, index } = this.locate(offset);
    chunk.status[index] = STATUSES.indexOf(status);
    this.dirty.add(Math.floor(offset / CHUNK_RECORDS));
  }

  /** The chunks that changed since the last call, by index. */
  takeDirty(): (readonly [index: number, chunk: StoredChunk])[] {
    const stored: (readonly [number, StoredChunk])[] = [];
    for (const index of this.dirty) {
      const chunk = this.chunks[index];
      if (chunk !== undefined) {
        stored.push([index, storeChunk(chunk)]);
      }
    }
    this.dirty.clear();
    return stored;
  }

  /** Adds the next stored chunk to a log that is being restored; chunks come in order. */
  restoreChunk(stored: StoredChunk): void {
    this.chunks.push({
      at: [...stored.at],
      key: [...stored.key],
      call: [...stored.call],
      status: [...stored.status],
      bytes: stored.bytes.slice(),
      used: stored.bytes.length,
      ends: [...stored.ends],
      headers: new Map(stored.headers),
    });
    this.count += stored.at.length;
  }

  private locate(offset: number): { readonly chunk: Chunk; readonly index: number } {
    const chunk = this.chunks[Math.floor(offset / CHUNK_RECORDS)];
    if (chunk === undefined || offset < 0 || offset >= this.count) {
      throw new Error(`no record at offset ${offset} of ${this.count}`);
    }
    return { chunk, index: offset % CHUNK_RECORDS };
  }
}

function appendValue(chunk: Chunk, value: Uint8Array | null): void {
  if (value === null) {
    chunk.ends.push(-1);
    return;
  }
  const end = chunk.used + value.length;
  if (end > chunk.bytes.length) {
    const grown = new Uint8Array(Math.max(end, chunk.bytes.length * 2));
    grown.set(chunk.bytes.subarray(0, chunk.used));
    chunk.bytes = grown;
  }
  chunk.bytes.set(value, chunk.used);
  chunk.used = end;
  chunk.ends.push(end);
}

function startOf(ends: readonly number[], index: number): number {
  for (let before = index - 1; before >= 0; before -= 1) {
    const end = ends[before] ?? -1;
    if (end >= 0) {
      return end;
    }
  }
  return 0;
}

function storeChunk(chunk: Chunk): StoredChunk {
  return {
    at: [...chunk.at],
    key: [...chunk.key],
    call: [...chunk.call],
    status: [...chunk.status],
    bytes: chunk.bytes.slice(0, chunk.used),
    ends: [...chunk.ends],
    headers: [...chunk.headers],
  };
}
