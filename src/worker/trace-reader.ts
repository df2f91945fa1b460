/**
 * Reads the stored trace of a run by sequence number or through a filter. Chunks are read on demand; a filter keeps the
 * numbers it matched and goes on from there when the trace has grown.
 */
import type { RunId } from '../base/ids.ts';
import { virtualTime } from '../base/ids.ts';
import type { StudioDatabase } from '../storage/database.ts';
import { readChunk, traceStarts } from '../storage/run-storage.ts';
import type { TraceEventType } from '../runtime/trace-event.ts';
import type { TraceFilter, TraceRow } from './contract.ts';

const CHUNKS_KEPT = 256;

export interface TraceChunkLines {
  readonly from: number;
  readonly lines: readonly string[];
}

export class TraceReader {
  readonly #db: StudioDatabase;
  readonly #run: RunId;
  /** First numbers of chunks, ascending; null until they were read once. */
  #starts: number[] | null = null;
  readonly #chunks = new Map<number, TraceChunkLines>();
  readonly #matches = new Map<string, { readonly seqs: number[]; upTo: number }>();

  constructor(db: StudioDatabase, run: RunId) {
    this.#db = db;
    this.#run = run;
  }

  /** A chunk that was just written: the end of the trace is what is looked at most, and needs no reading. */
  remember(from: number, lines: readonly string[]): void {
    this.#starts?.push(from);
    this.#keep({ from, lines });
  }

  /** Rows `from` (0-based) to `from + count` of the filtered trace; `length` is how much of it may be shown. */
  async read(
    filter: TraceFilter | null,
    from: number,
    count: number,
    length: number,
  ): Promise<{ readonly total: number; readonly rows: readonly TraceRow[] }> {
    const test = filter === null ? null : lineTest(filter);
    if (test === null) {
      return { total: length, rows: await this.rows(range(from + 1, Math.min(from + count, length))) };
    }
    const seqs = await this.#matching(JSON.stringify(filter), test, length);
    return { total: seqs.length, rows: await this.rows(seqs.slice(from, from + count)) };
  }

  /** Sequence numbers of the events whose line passes a test, found once and kept by `key`. */
  matching(key: string, test: (line: string) => boolean, length: number): Promise<readonly number[]> {
    return this.#matching(key, test, length);
  }

  async rows(seqs: readonly number[]): Promise<readonly TraceRow[]> {
    const rows: TraceRow[] = [];
    let chunk: TraceChunkLines | null = null;
    for (const seq of seqs) {
      if (chunk === null || seq < chunk.from || seq >= chunk.from + chunk.lines.length) {
        chunk = await this.chunkOf(seq);
      }
      const line = chunk?.lines[seq - chunk.from];
      if (line !== undefined) {
        rows.push(traceRow(line));
      }
    }
    return rows;
  }

  async line(seq: number): Promise<string | null> {
    const chunk = await this.chunkOf(seq);
    return chunk?.lines[seq - chunk.from] ?? null;
  }

  /** The chunk that holds an event, or null when it is not stored. */
  async chunkOf(seq: number): Promise<TraceChunkLines | null> {
    this.#starts ??= await traceStarts(this.#db, this.#run);
    const start = lastAtMost(this.#starts, seq);
    if (start === null) {
      return null;
    }
    const chunk = await this.#chunk(start);
    return chunk !== null && seq < chunk.from + chunk.lines.length ? chunk : null;
  }

  async #matching(key: string, test: (line: string) => boolean, length: number): Promise<readonly number[]> {
    let found = this.#matches.get(key);
    if (found === undefined) {
      found = { seqs: [], upTo: 0 };
      this.#matches.set(key, found);
    }
    while (found.upTo < length) {
      const chunk = await this.chunkOf(found.upTo + 1);
      if (chunk === null) {
        break;
      }
      for (let seq = found.upTo + 1; seq < chunk.from + chunk.lines.length; seq += 1) {
        if (test(chunk.lines[seq - chunk.from] ?? '')) {
          found.seqs.push(seq);
        }
      }
      found.upTo = chunk.from + chunk.lines.length - 1;
    }
    const end = lastAtMost(found.seqs, length);
    return end === null ? [] : found.seqs.slice(0, found.seqs.lastIndexOf(end) + 1);
  }

  async #chunk(from: number): Promise<TraceChunkLines | null> {
    const known = this.#chunks.get(from);
    if (known !== undefined) {
      return known;
    }
    const stored = await readChunk(this.#db, this.#run, from);
    if (stored === null) {
      return null;
    }
    const chunk = { from, lines: stored.lines.split('\n') };
    this.#keep(chunk);
    return chunk;
  }

  #keep(chunk: TraceChunkLines): void {
    this.#chunks.set(chunk.from, chunk);
    if (this.#chunks.size > CHUNKS_KEPT) {
      const oldest = this.#chunks.keys().next().value;
      if (oldest !== undefined) {
        this.#chunks.delete(oldest);
      }
    }
  }
}

export function traceRow(line: string): TraceRow {
  // Lines are written by runtime/trace-line.ts: an object that begins with seq, at and type.
  const event = JSON.parse(line) as { seq: number; at: number; type: TraceEventType };
  return { seq: event.seq, at: virtualTime(event.at), type: event.type, line };
}

function lineTest(filter: TraceFilter): ((line: string) => boolean) | null {
  const types = filter.types === null ? null : new Set<string>(filter.types);
  const name = filter.name === null ? null : JSON.stringify(filter.name);
  const id = filter.id === null || filter.id === '' ? null : `"id":${JSON.stringify(filter.id)}`;
  const text = filter.text === null || filter.text === '' ? null : filter.text.toLowerCase();
  if (types === null && name === null && id === null && text === null) {
    return null;
  }
  return (line) =>
    (types === null || types.has(lineType(line))) &&
    (name === null || line.includes(name)) &&
    (id === null || line.includes(id)) &&
    (text === null || line.toLowerCase().includes(text));
}

function lineType(line: string): string {
  const start = line.indexOf('"type":"') + 8;
  return line.slice(start, line.indexOf('"', start));
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** The largest element that is at most `limit` in an ascending list. */
function lastAtMost(sorted: readonly number[], limit: number): number | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return sorted[low - 1] ?? null;
}
