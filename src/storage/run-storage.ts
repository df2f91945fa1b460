/** A run on disk: what it was started with, its journal, snapshots of the engine, its trace, the code versions it used. */
import type { ProjectId, RunId } from '../base/ids.ts';
import type { SnapshotDelta } from '../runtime/engine-api.ts';
import { keysOf } from './database.ts';
import type {
  CodeRecord,
  JournalEntry,
  JournalRecord,
  RunControl,
  RunPosition,
  RunRecord,
  RunSnapshot,
  StudioDatabase,
  TraceChunk,
} from './database.ts';
import { StorageError, guarded } from './storage-error.ts';

const PARTS = ['journal', 'calls', 'trace', 'cells', 'codes'] as const;
const STRICT = { durability: 'strict' } as const;
const RELAXED = { durability: 'relaxed' } as const;

export const TAKEN_OVER = 'Another tab took this project over; the run goes on there.';

/** Everything that belongs together at one moment: it is on disk as a whole or not at all. */
export interface Commit {
  readonly journal: { readonly ordinal: number; readonly entries: readonly JournalEntry[]; readonly position: RunPosition } | null;
  readonly trace: { readonly from: number; readonly count: number; readonly lines: string } | null;
  readonly snapshot: { readonly delta: SnapshotDelta; readonly head: Omit<RunSnapshot, 'core' | 'run'> } | null;
  /** A user's input is in it: written with strict durability. */
  readonly strict: boolean;
}

/** Deletes the project's runs and puts the new one in their place. */
export function createRun(db: StudioDatabase, record: RunRecord, code: CodeRecord): Promise<void> {
  return guarded(async () => {
    const tx = db.transaction(['runs', 'snapshots', ...PARTS], 'readwrite', STRICT);
    for (const old of await tx.objectStore('runs').index('project').getAllKeys(record.project)) {
      for (const part of PARTS) {
        await tx.objectStore(part).delete(keysOf(old));
      }
      await tx.objectStore('snapshots').delete(old);
      await tx.objectStore('runs').delete(old);
    }
    await tx.objectStore('runs').put(record);
    await tx.objectStore('codes').put(code);
    await tx.done;
  });
}

export function deleteRuns(db: StudioDatabase, project: ProjectId): Promise<void> {
  return guarded(async () => {
    const tx = db.transaction(['runs', 'snapshots', ...PARTS], 'readwrite', STRICT);
    for (const run of await tx.objectStore('runs').index('project').getAllKeys(project)) {
      for (const part of PARTS) {
        await tx.objectStore(part).delete(keysOf(run));
      }
      await tx.objectStore('snapshots').delete(run);
      await tx.objectStore('runs').delete(run);
    }
    await tx.done;
  });
}

export function findRun(db: StudioDatabase, project: ProjectId): Promise<RunRecord | null> {
  return guarded(async () => (await db.getFromIndex('runs', 'project', project)) ?? null);
}

export function saveCode(db: StudioDatabase, code: CodeRecord): Promise<void> {
  return guarded(async () => {
    const tx = db.transaction('codes', 'readwrite', STRICT);
    await tx.store.put(code);
    await tx.done;
  });
}

export function readCode(db: StudioDatabase, run: RunId, hash: string): Promise<CodeRecord> {
  return guarded(async () => {
    const code = await db.get('codes', [run, hash]);
    if (code === undefined) {
      throw new StorageError('corrupt', 'The code of this run is missing from storage. Reset starts the run over with the code of now.');
    }
    return code;
  });
}

/** Changes nothing when another writer has the run. */
export function saveControl(db: StudioDatabase, run: RunId, writer: string, control: RunControl): Promise<void> {
  return guarded(async () => {
    const tx = db.transaction('runs', 'readwrite', RELAXED);
    const record = await tx.store.get(run);
    if (record?.writer === writer) {
      await tx.store.put({ ...record, control });
    }
    await tx.done;
  });
}

/**
 * Fails with `read-only` when another writer has opened the run since: a tab hears of being taken over only after a while, and what it
 * would write until then would tear apart what the other one goes on with.
 */
export function commit(db: StudioDatabase, run: RunId, writer: string, batch: Commit): Promise<void> {
  return guarded(async () => {
    const tx = db.transaction(['runs', 'snapshots', 'journal', 'calls', 'trace', 'cells'], 'readwrite', batch.strict ? STRICT : RELAXED);
    // Requests are queued without awaiting each: the transaction keeps their order and fails as a whole.
    const requests: Promise<unknown>[] = [
      tx
        .objectStore('runs')
        .index('writer')
        .getKey(writer)
        .then((written) => {
          if (written !== run) {
            tx.abort();
            throw new StorageError('read-only', TAKEN_OVER);
          }
        }),
    ];
    if (batch.journal !== null) {
      const { ordinal, entries, position } = batch.journal;
      requests.push(tx.objectStore('journal').put({ run, ordinal, entries, position }));
      const calls = entries.flatMap((entry) => (entry.type === 'replies' ? entry.calls : []));
      requests.push(tx.objectStore('calls').put({ run, ordinal, calls }));
    }
    if (batch.trace !== null) {
      requests.push(tx.objectStore('trace').put({ run, ...batch.trace }));
    }
    if (batch.snapshot !== null) {
      const cells = tx.objectStore('cells');
      for (const [key, value] of batch.snapshot.delta.cells) {
        requests.push(value === null ? cells.delete([run, key]) : cells.put({ run, key, value }));
      }
      requests.push(tx.objectStore('snapshots').put({ run, ...batch.snapshot.head, core: batch.snapshot.delta.core }));
    }
    await Promise.all([...requests, tx.done]);
  });
}

export interface StoredRun {
  /** As it is by now. */
  readonly control: RunControl;
  readonly snapshot: RunSnapshot | null;
  readonly cells: readonly (readonly [string, unknown])[];
  /** Journal records after the snapshot, in order. */
  readonly journal: readonly JournalRecord[];
}

/**
 * Everything a resume needs; from now on `writer` alone writes the run. Trace lines behind the snapshot are deleted: replaying the journal
 * writes the same again.
 */
export function takeRun(db: StudioDatabase, record: RunRecord, writer: string): Promise<StoredRun> {
  return guarded(async () => {
    const tx = db.transaction(['runs', 'snapshots', 'journal', 'cells', 'trace'], 'readwrite', RELAXED);
    const current = await tx.objectStore('runs').get(record.id);
    if (current === undefined) {
      throw new StorageError('not-found', 'This run was removed in another tab.');
    }
    await tx.objectStore('runs').put({ ...current, writer });
    const snapshot = (await tx.objectStore('snapshots').get(record.id)) ?? null;
    const from = snapshot?.journal ?? 0;
    const [cells, journal] = await Promise.all([
      tx.objectStore('cells').getAll(keysOf(record.id)),
      tx.objectStore('journal').getAll(IDBKeyRange.bound([record.id, from], [record.id, []])),
    ]);
    await tx.objectStore('trace').delete(IDBKeyRange.bound([record.id, (snapshot?.traceLength ?? 0) + 1], [record.id, []]));
    await tx.done;
    return { control: current.control, snapshot, cells: cells.map((cell) => [cell.key, cell.value] as const), journal };
  });
}

/** How far a stored run had come, for whoever only reads it. */
export interface RunEnd {
  readonly traceLength: number;
  readonly events: number;
  /** The virtual clock that was shown last, or null when nothing was. */
  readonly clock: number | null;
  /** The activity of the last snapshot and how much of the trace it counts. */
  readonly counted: { readonly activity: unknown; readonly traceLength: number } | null;
  /** Log lines at the last host snapshot; there may be more. */
  readonly logLines: number;
}

export function readRunEnd(db: StudioDatabase, run: RunId): Promise<RunEnd> {
  return guarded(async () => {
    const tx = db.transaction(['snapshots', 'journal', 'trace'], 'readonly');
    const [snapshot, journal, trace] = await Promise.all([
      tx.objectStore('snapshots').get(run),
      tx.objectStore('journal').openCursor(keysOf(run), 'prev'),
      tx.objectStore('trace').openCursor(keysOf(run), 'prev'),
    ]);
    const position = journal?.value.position ?? snapshot?.position;
    const end = {
      traceLength: trace === null ? 0 : trace.value.from + trace.value.count - 1,
      events: position?.events ?? 0,
      clock: position?.clock ?? null,
      logLines: snapshot?.logLines ?? 0,
      counted: snapshot === undefined ? null : { activity: snapshot.activity, traceLength: snapshot.traceLength },
    };
    await tx.done;
    return end;
  });
}

/** First sequence numbers of the stored chunks, ascending. */
export function traceStarts(db: StudioDatabase, run: RunId): Promise<number[]> {
  return guarded(async () => (await db.getAllKeys('trace', keysOf(run))).map(([, from]) => from));
}

export function readChunk(db: StudioDatabase, run: RunId, from: number): Promise<TraceChunk | null> {
  return guarded(async () => (await db.get('trace', [run, from])) ?? null);
}

/** How many records the journal has so far. */
export function countJournal(db: StudioDatabase, run: RunId): Promise<number> {
  return guarded(() => db.count('journal', keysOf(run)));
}

export function readJournalRecord(db: StudioDatabase, run: RunId, ordinal: number): Promise<JournalRecord | null> {
  return guarded(async () => (await db.get('journal', [run, ordinal])) ?? null);
}

/** The calls of each journal record from `ordinal` on, in order. */
export function readCallIndex(
  db: StudioDatabase,
  run: RunId,
  ordinal: number,
): Promise<readonly { readonly ordinal: number; readonly calls: readonly number[] }[]> {
  return guarded(() => db.getAll('calls', IDBKeyRange.bound([run, ordinal], [run, []])));
}
