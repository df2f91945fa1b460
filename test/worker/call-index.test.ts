import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { runId } from '../../src/base/ids.ts';
import { DEFAULT_SETTINGS } from '../../src/model/simulation-settings.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { commit, createRun } from '../../src/storage/run-storage.ts';
import { CallIndex } from '../../src/worker/call-index.ts';

test('a call is found in the record of its last attempt, also when it was written after the index was first asked', async () => {
  const db = await openDatabase({ onClosed: () => undefined });
  const run = runId('r');
  const config = {
    module: { endpoints: [], ingresses: [], egresses: [] },
    settings: DEFAULT_SETTINGS,
    feeds: [],
    feedFiles: {},
    standIns: [],
  };
  const record = { id: run, project: 'p', version: 1, config, firstCode: '', control: { playing: false, speed: 1 }, writer: 'w' };
  await createRun(db, record, { run, hash: '', sources: [], bundle: null });
  const write = (ordinal: number, calls: readonly number[]) =>
    commit(db, run, 'w', {
      journal: {
        ordinal,
        entries: [{ type: 'replies', calls, attempts: [], requests: new Uint8Array(), replies: new Uint8Array(), details: [], code: '' }],
        position: { events: 0, clock: 0 },
      },
      trace: null,
      snapshot: null,
      strict: false,
    });
  await write(0, [1, 2]);
  const index = new CallIndex(db, run);
  expect(await index.ordinalOf(2)).toBe(0);
  expect(await index.ordinalOf(3)).toBeNull();
  await write(1, [3]);
  await write(2, [2, 4]);
  expect(await Promise.all([1, 2, 3, 4, 5].map((call) => index.ordinalOf(call)))).toEqual([0, 2, 1, 2, null]);
});
