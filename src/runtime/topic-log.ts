/**
 * One partition of a simulated topic: an append-only log in chunks of plain columns, so that a million records stay
 * compact and a snapshot stores only the chunks that changed. The last chunk is open; those before it are sealed.
 */
import type { Headers } from './machine-types.ts';
import { SealedChunk, startOf } from './sealed-chunk.ts';

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

/** The chunk that records are appended to. */
class OpenChunk {
  readonly at: number[] = [];
  readonly key: (string | null)[] = [];
  readonly call: number[] = [];
  readonly status: number[] = [];
  readonly ends: number[] = [];
  readonly headers = new Map<number, Headers>();
  private buffer = new Uint8Array(1024);
  private used = 0;

  get length(): number {
    return this.at.length;
  }

  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.used);
  }

  append({ at, key, value, headers, call }: LogRecord, status: number): void {
    if (headers.length > 0) {
      this.headers.set(this.at.length, headers);
    }
    this.at.push(at);
    this.key.push(key);
    this.call.push(call);
    this.status.push(status);
    this.ends.push(value === null ? -1 : this.appendBytes(value));
  }

  timeAt(index: number): number {
    return this.at[index] ?? 0;
  }

  callAt(index: number): number {
    return this.call[index] ?? 0;
  }

  keyAt(index: number): string | null {
    return this.key[index] ?? null;
  }

  /** A view, good until more is appended. */
  valueAt(index: number): Uint8Array | null {
    const end = this.ends[index] ?? -1;
    return end < 0 ? null : this.buffer.subarray(startOf(this.ends, index), end);
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

  columns(): OpenChunk {
    return this;
  }

  private appendBytes(value: Uint8Array): number {
    const end = this.used + value.length;
    if (end > this.buffer.length) {
      const grown = new Uint8Array(Math.max(end, this.buffer.length * 2));
      grown.set(this.bytes);
      this.buffer = grown;
    }
    this.buffer.set(value, this.used);
    this.used = end;
    return end;
  }
}

export class PartitionLog {
  private readonly sealed: SealedChunk[] = [];
  private open = new OpenChunk();
  private readonly dirty = new Set<number>();
  private readonly lends: boolean;

  /** @param lends values that are read may be views on the log's own bytes: for hosts that store no message anywhere */
  constructor(lends = false) {
    this.lends = lends;
  }

  get length(): number {
    return this.sealed.length * CHUNK_RECORDS + this.open.length;
  }

  append(record: LogRecord, status: RecordStatus): number {
    const offset = this.length;
    this.dirty.add(this.sealed.length);
    this.open.append(record, STATUSES.indexOf(status));
    if (this.open.length === CHUNK_RECORDS) {
      this.seal();
    }
    return offset;
  }

  /** The record at an offset below `length`; its value is not to be changed. */
  read(offset: number): LogRecord {
    const { chunk, index } = this.locate(offset);
    const value = chunk.valueAt(index);
    return {
      at: chunk.timeAt(index),
      key: chunk.keyAt(index),
      value: value === null || (this.lends && chunk !== this.open) ? value : value.slice(),
      headers: chunk.headers.get(index) ?? [],
      call: chunk.callAt(index),
    };
  }

  keyAt(offset: number): string | null {
    const { chunk, index } = this.locate(offset);
    return chunk.keyAt(index);
  }

  hasValueAt(offset: number): boolean {
    const { chunk, index } = this.locate(offset);
    return chunk.hasValue(index);
  }

  timeAt(offset: number): number {
    const { chunk, index } = this.locate(offset);
    return chunk.timeAt(index);
  }

  statusAt(offset: number): RecordStatus {
    const { chunk, index } = this.locate(offset);
    return STATUSES[chunk.statusAt(index)] ?? 'open';
  }

  setStatus(offset: number, status: RecordStatus): void {
    const { chunk, index } = this.locate(offset);
    chunk.setStatus(index, STATUSES.indexOf(status));
    this.dirty.add(Math.floor(offset / CHUNK_RECORDS));
  }

  /** The chunks that changed since the last call, by index. */
  takeDirty(): (readonly [index: number, chunk: StoredChunk])[] {
    const stored: (readonly [number, StoredChunk])[] = [];
    for (const index of this.dirty) {
      const chunk = this.sealed[index] ?? this.open;
      if (chunk.length > 0) {
        stored.push([index, storeChunk(chunk)]);
      }
    }
    this.dirty.clear();
    return stored;
  }

  /** Adds the next stored chunk to a log that is being restored; chunks come in order. */
  restoreChunk(stored: StoredChunk): void {
    const headers = new Map(stored.headers);
    stored.at.forEach((at, index) => {
      const end = stored.ends[index] ?? -1;
      this.open.append(
        {
          at,
          key: stored.key[index] ?? null,
          value: end < 0 ? null : stored.bytes.subarray(startOf(stored.ends, index), end),
          headers: headers.get(index) ?? [],
          call: stored.call[index] ?? 0,
        },
        stored.status[index] ?? 0,
      );
    });
    if (this.open.length === CHUNK_RECORDS) {
      this.seal();
    }
  }

  private seal(): void {
    this.sealed.push(new SealedChunk(this.open));
    this.open = new OpenChunk();
  }

  private locate(offset: number): { readonly chunk: SealedChunk | OpenChunk; readonly index: number } {
    if (offset < 0 || offset >= this.length) {
      throw new Error(`no record at offset ${offset} of ${this.length}`);
    }
    return { chunk: this.sealed[Math.floor(offset / CHUNK_RECORDS)] ?? this.open, index: offset % CHUNK_RECORDS };
  }
}

function storeChunk(chunk: SealedChunk | OpenChunk): StoredChunk {
  const { at, key, call, status, bytes, ends, headers } = chunk.columns();
  return {
    at: [...at],
    key: [...key],
    call: [...call],
    status: [...status],
    bytes: bytes.slice(),
    ends: [...ends],
    headers: [...headers],
  };
}
