/**
 * Puts what a run did on disk, in order, and says when it is there. Collects journal entries and trace lines; writes them
 * as one commit at a time, so that many batches share a transaction when the disk is slower than the run.
 *
 * Invariant: what `committed` reports (length, position) is on disk, so the page is never shown anything that a
 * killed tab could lose.
 */
import { ActivityIndex } from './function-activity.ts';
import type { ActivityState } from './function-activity.ts';
import { encodeDetail } from './journal-codec.ts';
import type { Engine, EngineInput } from '../runtime/engine-api.ts';
import { createTraceHash } from '../runtime/trace-hash.ts';
import type { TraceHashState } from '../runtime/trace-hash.ts';
import { traceLine } from '../runtime/trace-line.ts';
import type { TraceEvent } from '../runtime/trace-event.ts';
import type { JournalEntry, JournalRecord, RunPosition, RunSnapshot } from '../storage/database.ts';
import type { Commit } from '../storage/run-storage.ts';
import { packFrames } from '../base/frames.ts';
import type { CallReply, CallRequest } from '../protocol/call.ts';

/** A host snapshot is written after so many events: a resume replays at most about this many. */
const SNAPSHOT_EVERY_EVENTS = 20_000;

export interface RunDisk {
  commit(batch: Commit): Promise<void>;
  /** Lines that are on disk now. */
  onWritten(from: number, lines: readonly string[]): void;
}

export interface Committed {
  readonly traceLength: number;
  readonly logLines: number;
  readonly position: RunPosition;
}

const NO_BYTES = new Uint8Array(0);

export class RunRecorder {
  readonly #engine: Engine;
  readonly #disk: RunDisk;
  readonly #hash;
  readonly activity: ActivityIndex;
  #entries: JournalEntry[] = [];
  #lines: string[] = [];
  #traceLength: number;
  #logLines: number;
  #ordinal: number;
  #strict = false;
  #code: string;
  #snapshotEvents: number;
  #writing: Promise<void> | null = null;
  #writtenPosition: RunPosition | null = null;
  committed: Committed;

  constructor(engine: Engine, disk: RunDisk, snapshot: RunSnapshot | null, firstCode: string) {
    this.#engine = engine;
    this.#disk = disk;
    // Written by this class from the states of its hash and its index.
    this.#hash = createTraceHash(snapshot === null ? undefined : (snapshot.traceHash as TraceHashState));
    this.activity = new ActivityIndex((snapshot?.activity as ActivityState | undefined) ?? null);
    this.#traceLength = snapshot?.traceLength ?? 0;
    this.#logLines = snapshot?.logLines ?? 0;
    this.#ordinal = snapshot?.journal ?? 0;
    this.#code = snapshot?.code ?? firstCode;
    this.#snapshotEvents = snapshot?.position.events ?? 0;
    const position = snapshot?.position ?? { events: 0, clock: engine.metrics().now };
    this.committed = { traceLength: this.#traceLength, logLines: this.#logLines, position };
  }

  /** Call after every slice of the engine: takes its trace. Returns the new events, for the projection's dots. */
  takeTrace(): readonly TraceEvent[] {
    const events = this.#engine.takeTrace();
    for (const event of events) {
      const line = traceLine(event);
      this.#hash.add(line);
      this.#lines.push(line);
      this.activity.add(event);
      if ((event.type === 'call-completed' || event.type === 'call-failed') && event.logs.length > 0) {
        this.#logLines += event.logs.length;
      }
    }
    this.#traceLength += events.length;
    return events;
  }

  traceHash(): { readonly hash: string; readonly events: number } {
    return { hash: this.#hash.hex(), events: this.#traceLength };
  }

  addReplies(requests: readonly CallRequest[], replies: readonly CallReply[]): void {
    const details: (readonly [number, unknown])[] = [];
    const moments = new Float64Array(2 * requests.length);
    requests.forEach(({ at, seed }, index) => moments.set([at, seed], 2 * index));
    replies.forEach((reply, index) => {
      const detail = encodeDetail(reply);
      if (detail !== null) {
        details.push([index, detail]);
      }
    });
    this.#entries.push({
      type: 'replies',
      calls: replies.map((reply) => reply.call),
      attempts: replies.map((reply) => reply.attempt),
      requests: packFrames(requests.map((request) => request.request)),
      replies: packFrames(replies.map((reply) => (reply.outcome.type === 'replied' ? reply.outcome.reply : NO_BYTES))),
      details,
      moments,
      code: replies[0]?.code ?? '',
    });
  }

  /** Call before the engine takes the input. */
  addInput(input: Exclude<EngineInput, { type: 'reply' }>): void {
    this.#entries.push({ type: 'input', events: this.#engine.metrics().events, input });
    this.#strict = true;
    if (input.type === 'code') {
      this.#code = input.code;
    }
  }

  /** While a journal is replayed its records are on disk already: the ordinal moves, nothing is written twice. */
  skipRecord(record: JournalRecord): void {
    this.#ordinal = record.ordinal + 1;
    for (const entry of record.entries) {
      if (entry.type === 'input' && isCodeInput(entry.input)) {
        this.#code = entry.input.code;
      }
    }
  }

  /** Hash of the code in use. */
  code(): string {
    return this.#code;
  }

  pendingLines(): number {
    return this.#lines.length;
  }

  isWriting(): boolean {
    return this.#writing !== null;
  }

  hasPending(): boolean {
    return this.#entries.length > 0 || this.#lines.length > 0;
  }

  /**
   * Writes everything collected so far; resolves when it is on disk. Calls while a write is under way are served by the
   * next write, which takes all that has come together. `capture` runs at the moment of which the batch speaks; its
   * value comes back with the commit, or null when there was nothing to write.
   */
  async flush<T>(clock: number, capture: () => T, options: { readonly snapshot?: boolean } = {}): Promise<T | null> {
    while (this.#writing !== null) {
      await this.#writing;
    }
    const position = { events: this.#engine.metrics().events, clock };
    const moved = this.#writtenPosition?.events !== position.events || this.#writtenPosition.clock !== position.clock;
    if (!this.hasPending() && !moved && options.snapshot !== true) {
      return null;
    }
    const { batch, lines } = this.#takeBatch(position, options.snapshot === true);
    const captured = capture();
    const reached = { traceLength: this.#traceLength, logLines: this.#logLines, position };
    const writing = this.#disk.commit(batch);
    this.#writing = writing.then(
      () => {
        this.#writing = null;
      },
      () => {
        this.#writing = null;
      },
    );
    await writing;
    if (batch.trace !== null) {
      this.#disk.onWritten(batch.trace.from, lines);
    }
    this.#writtenPosition = position;
    this.committed = reached;
    return captured;
  }

  #takeBatch(position: RunPosition, wantSnapshot: boolean): { readonly batch: Commit; readonly lines: readonly string[] } {
    this.takeTrace();
    const entries = this.#entries;
    const lines = this.#lines;
    const strict = this.#strict;
    this.#entries = [];
    this.#lines = [];
    this.#strict = false;
    const ordinal = this.#ordinal;
    this.#ordinal += 1;
    const due = wantSnapshot || position.events - this.#snapshotEvents >= SNAPSHOT_EVERY_EVENTS;
    if (due) {
      this.#snapshotEvents = position.events;
    }
    const batch: Commit = {
      journal: { ordinal, entries, position },
      trace: lines.length === 0 ? null : { from: this.#traceLength - lines.length + 1, count: lines.length, lines: lines.join('\n') },
      snapshot: due
        ? {
            delta: this.#engine.snapshot(),
            head: {
              journal: this.#ordinal,
              traceLength: this.#traceLength,
              traceHash: this.#hash.state(),
              logLines: this.#logLines,
              activity: this.activity.state(),
              code: this.#code,
              position,
            },
          }
        : null,
      strict,
    };
    return { batch, lines };
  }
}

function isCodeInput(input: unknown): input is { readonly type: 'code'; readonly code: string } {
  return typeof input === 'object' && input !== null && 'type' in input && input.type === 'code';
}
