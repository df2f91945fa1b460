import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import { filePath, projectId, runId } from '../../src/base/ids.ts';
import { DEFAULT_SETTINGS } from '../../src/model/simulation-settings.ts';
import { DATABASE_NAME, openDatabase } from '../../src/storage/database.ts';
import type { StudioDatabase } from '../../src/storage/database.ts';
import { createProject, deleteProject, listProjects, readProject, saveEdits } from '../../src/storage/project-storage.ts';
import { commit, createRun, findRun, readCallIndex, saveControl, takeRun, traceStarts } from '../../src/storage/run-storage.ts';
import { StorageError, storageError } from '../../src/storage/storage-error.ts';

const id = projectId('p');
const run = runId('r');
let db: StudioDatabase;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  db = await openDatabase({ onClosed: () => undefined });
});

const files = new Map<ReturnType<typeof filePath>, string | Uint8Array>([
  [filePath('module.yaml'), 'kind: a\r\n'],
  [filePath('data/raw.bin'), Uint8Array.of(0, 255, 128)],
]);

async function startedRun(): Promise<void> {
  await createRun(
    db,
    {
      id: run,
      project: id,
      version: 1,
      config: {
        module: { endpoints: [], ingresses: [], egresses: [] },
        settings: DEFAULT_SETTINGS,
        feeds: [],
        feedFiles: {},
        standIns: [],
      },
      firstCode: 'c0',
      control: { playing: true, speed: 1 },
      writer: 'w',
    },
    { run, hash: 'c0', sources: [], bundle: null },
  );
}

const chunk = (from: number, count: number) => ({
  from,
  count,
  lines: Array.from({ length: count }, (_, index) => `line ${from + index}`).join('\n'),
});

test('a project comes back byte for byte, binary files included', async () => {
  await createProject(db, id, 'name', files, 1);
  expect((await readProject(db, id)).project.files).toEqual(files);
});

test('edits change the named files alone, and a failed act changes nothing', async () => {
  await createProject(db, id, 'name', files, 1);
  await saveEdits(
    db,
    id,
    [
      { type: 'text', path: filePath('module.yaml'), from: 6, to: 7, insert: 'b' },
      { type: 'create', path: filePath('functions/f.ts'), content: 'x' },
    ],
    2,
  );
  const edited = (await readProject(db, id)).project.files;
  expect(edited.get(filePath('module.yaml'))).toBe('kind: b\r\n');
  await expect(
    saveEdits(
      db,
      id,
      [
        { type: 'delete', path: filePath('functions/f.ts') },
        { type: 'delete', path: filePath('absent') },
      ],
      3,
    ),
  ).rejects.toThrow('no such file: absent');
  expect((await readProject(db, id)).project.files).toEqual(edited);
  expect((await listProjects(db)).map(({ editedAt }) => editedAt)).toEqual([2]);
});

test('a resume gets the snapshot, what was journalled after it, and no trace line beyond it', async () => {
  await startedRun();
  const position = (events: number) => ({ events, clock: events });
  const entry = (call: number) => ({
    type: 'replies' as const,
    calls: [call],
    attempts: [1],
    requests: new Uint8Array(0),
    replies: new Uint8Array(0),
    details: [],
    code: 'c0',
  });
  await commit(db, run, 'w', {
    journal: { ordinal: 0, entries: [entry(1)], position: position(5) },
    trace: chunk(1, 3),
    snapshot: null,
    strict: false,
  });
  await commit(db, run, 'w', {
    journal: { ordinal: 1, entries: [entry(2)], position: position(9) },
    trace: chunk(4, 2),
    snapshot: {
      delta: {
        version: 1,
        core: { now: 9 },
        cells: [
          ['a', 1],
          ['b', 2],
        ],
      },
      head: { journal: 2, traceLength: 5, traceHash: [1, 2], logLines: 0, code: 'c0', position: position(9) },
    },
    strict: true,
  });
  await commit(db, run, 'w', {
    journal: { ordinal: 2, entries: [entry(3)], position: position(12) },
    trace: chunk(6, 4),
    snapshot: null,
    strict: false,
  });
  const record = await findRun(db, id);
  expect(record?.control).toEqual({ playing: true, speed: 1 });
  const stored = record === null ? null : await takeRun(db, record, 'w');
  expect(stored?.snapshot).toMatchObject({ core: { now: 9 }, traceLength: 5 });
  expect(stored?.cells).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  expect(stored?.journal.map(({ ordinal, position: at }) => [ordinal, at.events])).toEqual([[2, 12]]);
  expect(await traceStarts(db, run)).toEqual([1, 4]);
  expect((await readCallIndex(db, run, 0)).map(({ ordinal, calls }) => [ordinal, calls])).toEqual([
    [0, [1]],
    [1, [2]],
    [2, [3]],
  ]);
  expect((await readCallIndex(db, run, 2)).map(({ ordinal }) => ordinal)).toEqual([2]);
});

test('of two writers of a run only the one that opened it last writes: nothing of the other is left, whatever it wanted to write', async () => {
  await startedRun();
  const position = { events: 1, clock: 1 };
  const batch = (from: number) => ({
    journal: { ordinal: from, entries: [], position },
    trace: chunk(from, 2),
    snapshot: {
      delta: { version: 1, core: { by: from }, cells: [['cell', from]] as const },
      head: { journal: from, traceLength: from + 1, traceHash: [], logLines: 0, code: 'c0', position },
    },
    strict: false,
  });
  await commit(db, run, 'w', batch(1));
  const record = await findRun(db, id);
  await takeRun(db, record ?? raise('no run'), 'other');
  await expect(commit(db, run, 'w', batch(3))).rejects.toThrow('Another tab took this project over');
  await saveControl(db, run, 'w', { playing: false, speed: 7 });
  expect((await findRun(db, id))?.control).toEqual({ playing: true, speed: 1 });
  await commit(db, run, 'other', { ...batch(3), snapshot: null });
  await saveControl(db, run, 'other', { playing: false, speed: 2 });
  const again = await findRun(db, id);
  expect(again?.control).toEqual({ playing: false, speed: 2 });
  const stored = await takeRun(db, again ?? raise('no run'), 'third');
  expect(stored).toMatchObject({ snapshot: { core: { by: 1 } }, cells: [['cell', 1]], journal: [{ ordinal: 1 }, { ordinal: 3 }] });
});

function raise(message: string): never {
  throw new Error(message);
}

test('deleting a project takes its runs along', async () => {
  await createProject(db, id, 'name', files, 1);
  await startedRun();
  await commit(db, run, 'w', {
    journal: { ordinal: 0, entries: [], position: { events: 0, clock: 0 } },
    trace: chunk(1, 1),
    snapshot: null,
    strict: false,
  });
  await deleteProject(db, id);
  expect(await listProjects(db)).toEqual([]);
  expect(await findRun(db, id)).toBeNull();
  for (const store of ['files', 'runs', 'journal', 'calls', 'trace', 'cells', 'codes', 'snapshots'] as const) {
    expect(await db.count(store)).toBe(0);
  }
});

test('a run that an earlier version stored, without a writer, is taken and written', async () => {
  await startedRun();
  const record = await findRun(db, id);
  const { writer: _, ...earlier } = record ?? raise('no run');
  globalThis.indexedDB = new IDBFactory();
  const first = await openDB(DATABASE_NAME, 1, {
    upgrade(old, _before, _wanted, transaction) {
      for (const [store, keyPath] of Object.entries(FIRST_STORES)) {
        old.createObjectStore(store, { keyPath });
      }
      transaction.objectStore('runs').createIndex('project', 'project');
    },
  });
  await first.put('runs', earlier);
  first.close();

  db = await openDatabase({ onClosed: () => undefined });
  expect(await findRun(db, id)).toEqual(earlier);
  await takeRun(db, earlier, 'w');
  const journal = { ordinal: 0, entries: [], position: { events: 1, clock: 1 } };
  await commit(db, run, 'w', { journal, trace: null, snapshot: null, strict: false });
  expect((await takeRun(db, earlier, 'next')).journal).toEqual([{ run, ...journal }]);
});

/** The stores of the first version of the database, with their keys. */
const FIRST_STORES: Readonly<Record<string, string | string[]>> = {
  projects: 'id',
  files: ['project', 'path'],
  runs: 'id',
  snapshots: 'run',
  journal: ['run', 'ordinal'],
  calls: ['run', 'ordinal'],
  trace: ['run', 'from'],
  cells: ['run', 'key'],
  codes: ['run', 'hash'],
};

test('what the browser throws becomes a message with a way out', () => {
  const full = storageError(new DOMException('', 'QuotaExceededError'));
  expect(full).toBeInstanceOf(StorageError);
  expect(full).toMatchObject({ code: 'quota' });
  expect((full as StorageError).message).toContain('Export the project as a ZIP');
  expect(storageError(new DOMException('', 'InvalidStateError'))).toMatchObject({ code: 'storage-closed' });
  const bug = new TypeError('ours');
  expect(storageError(bug)).toBe(bug);
});

test.each([
  { what: 'deletes the database', reason: 'terminated', act: () => indexedDB.deleteDatabase(DATABASE_NAME) },
  { what: 'needs a newer version of it', reason: 'newer-version', act: () => indexedDB.open(DATABASE_NAME, 99) },
])('an open database lets go when somebody $what, and says why', async ({ act, reason }) => {
  db.close();
  const closed = new Promise((resolve) => {
    void openDatabase({ onClosed: resolve }).then(act);
  });
  expect(await closed).toBe(reason);
});
