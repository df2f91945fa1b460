/**
 * The one database of the Studio. One writer: the app’s worker (a Web Lock per project keeps other tabs from writing; a run also names its writer).
 * Edits and user inputs are written with strict durability, the journal of a run relaxed: it survives a killed process;
 * a power cut may cost its tail, never its consistency, since a record and what belongs to it share one transaction.
 */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { RunConfig } from '../runtime/engine-api.ts';

export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly editedAt: number;
  /** URLs of function servers that the user let this project call from this machine. Never in the project's files. */
  readonly confirmedRemotes?: readonly string[];
}

export interface FileRecord {
  readonly project: string;
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What a run was started with. Rewritten only when `control` or `writer` changes. */
export interface RunRecord {
  readonly id: string;
  readonly project: string;
  /** Version of the runtime's rules; a run of another version is readable, not continuable. */
  readonly version: number;
  readonly config: RunConfig;
  /** Hash of the code that the run began with. */
  readonly firstCode: string;
  readonly control: RunControl;
  /** Whoever opened it last for writing: commits of others are refused. Runs of before this was kept have none. */
  readonly writer?: string;
}

/** What the user last asked of the run: where it goes on after a reload. */
export interface RunControl {
  readonly playing: boolean;
  readonly speed: number | 'max';
}

/** The engine's scalars; its cells are in the store `cells`. Journal records before `journal` are part of it. */
export interface RunSnapshot {
  readonly run: string;
  readonly core: unknown;
  readonly journal: number;
  readonly traceLength: number;
  readonly traceHash: unknown;
  readonly logLines: number;
  /** Counts of the worker's ActivityIndex; runs of before they were kept have none. */
  readonly activity?: unknown;
  /** Hash of the code that was in use. */
  readonly code: string;
  readonly position: RunPosition;
}

/** How far a run had come: the engine's event count, and the virtual clock that was shown (it may be ahead of the last event). */
export interface RunPosition {
  readonly events: number;
  readonly clock: number;
}

/** One record a batch: what the engine was fed, in order, and the requests that the replies answer. */
export interface JournalRecord {
  readonly run: string;
  readonly ordinal: number;
  readonly entries: readonly JournalEntry[];
  /** Where the run stood when this was written: a resume comes exactly this far before anything new happens. */
  readonly position: RunPosition;
}

export type JournalEntry =
  /** Replies of one batch. `requests` and `replies` are packed frames, in the order of `calls`. */
  | {
      readonly type: 'replies';
      readonly calls: readonly number[];
      readonly attempts: readonly number[];
      readonly requests: Uint8Array;
      readonly replies: Uint8Array;
      /** Two numbers a call: its virtual time and its seed. Runs of before they were kept have none. */
      readonly moments?: Float64Array;
      /** Everything of a reply that is not its bytes, for those that have such, by index. */
      readonly details: readonly (readonly [index: number, detail: unknown])[];
      readonly code: string;
    }
  /** Any other input, with the event count at which the engine took it. */
  | { readonly type: 'input'; readonly events: number; readonly input: unknown };

export interface CallsRecord {
  readonly run: string;
  readonly ordinal: number;
  readonly calls: readonly number[];
}

export interface TraceChunk {
  readonly run: string;
  /** Sequence number of the first line. */
  readonly from: number;
  readonly count: number;
  /** Lines joined by `\n`. */
  readonly lines: string;
}

export interface CodeRecord {
  readonly run: string;
  readonly hash: string;
  /** The sources, by path, and what they were compiled to: a run can go on with the code it had. */
  readonly sources: readonly (readonly [path: string, text: string])[];
  readonly bundle: unknown;
}

export interface CellRecord {
  readonly run: string;
  readonly key: string;
  readonly value: unknown;
}

export interface StudioSchema extends DBSchema {
  projects: { key: string; value: ProjectRecord };
  files: { key: [project: string, path: string]; value: FileRecord };
  runs: { key: string; value: RunRecord; indexes: { project: string; writer: string } };
  snapshots: { key: string; value: RunSnapshot };
  journal: { key: [run: string, ordinal: number]; value: JournalRecord };
  calls: { key: [run: string, ordinal: number]; value: CallsRecord };
  trace: { key: [run: string, from: number]; value: TraceChunk };
  cells: { key: [run: string, key: string]; value: CellRecord };
  codes: { key: [run: string, hash: string]; value: CodeRecord };
}

export type StudioDatabase = IDBPDatabase<StudioSchema>;

export const DATABASE_NAME = 'statefun-studio';
const SCHEMA_VERSION = 2;

export interface DatabaseEvents {
  /** The browser closed the database under us, or another tab with a newer Studio needs it. */
  onClosed(reason: 'terminated' | 'newer-version'): void;
}

export async function openDatabase(events: DatabaseEvents, name = DATABASE_NAME): Promise<StudioDatabase> {
  const database: StudioDatabase = await openDB<StudioSchema>(name, SCHEMA_VERSION, {
    upgrade(db, before, _wanted, transaction) {
      if (before < 1) {
        db.createObjectStore('projects', { keyPath: 'id' });
        db.createObjectStore('files', { keyPath: ['project', 'path'] });
        db.createObjectStore('runs', { keyPath: 'id' }).createIndex('project', 'project');
        db.createObjectStore('snapshots', { keyPath: 'run' });
        db.createObjectStore('journal', { keyPath: ['run', 'ordinal'] });
        db.createObjectStore('calls', { keyPath: ['run', 'ordinal'] });
        db.createObjectStore('trace', { keyPath: ['run', 'from'] });
        db.createObjectStore('cells', { keyPath: ['run', 'key'] });
        db.createObjectStore('codes', { keyPath: ['run', 'hash'] });
      }
      // Each commit asks for it, and a run's record holds the feeds' files.
      transaction.objectStore('runs').createIndex('writer', 'writer');
    },
    blocking(_current, wanted) {
      database.close();
      // No version is wanted: the database is being deleted, as "clear site data" does.
      events.onClosed(wanted === null ? 'terminated' : 'newer-version');
    },
    terminated() {
      events.onClosed('terminated');
    },
  });
  return database;
}

/** Every key of one run or one project: arrays compare element by element, and `[]` sorts after every string or number. */
export function keysOf(owner: string): IDBKeyRange {
  return IDBKeyRange.bound([owner], [owner, []]);
}
