import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { err, ok } from '../../src/base/result.ts';
import type { Edit } from '../../src/model/edit.ts';
import { createDocumentStore } from '../../src/state/document-controller.ts';
import { fakeClient } from '../support/fake-client.ts';

const NOTES = filePath('notes.txt');

async function openStore(text = 'one') {
  const client = fakeClient();
  const store = createDocumentStore(() => client);
  const created = await store.getState().create('mine', new Map([[NOTES, text]]));
  if (!created.ok) {
    throw new Error(created.error.message);
  }
  await store.getState().open(created.value);
  const stored = () => client.projects.get(created.value)?.files.get(NOTES);
  const shown = () => store.getState().project.files.get(NOTES);
  return { client, store, id: created.value, stored, shown };
}

function insert(at: number, text: string): Edit {
  return { type: 'text', path: NOTES, from: at, to: at, insert: text };
}

describe('document controller', () => {
  test('an edit is on its way to storage when edit returns', async () => {
    const { client, store } = await openStore();
    store.getState().edit('Type', [insert(3, ' two')]);
    expect(client.asked.at(-1)).toEqual({ type: 'save-edits', params: { id: store.getState().id, edits: [insert(3, ' two')] } });
  });

  test('Saved shows only after the worker has answered for every edit (D2)', async () => {
    const { client, store, stored } = await openStore();
    client.hold();
    store.getState().edit('Type', [insert(3, ' two')]);
    store.getState().edit('Type', [insert(7, ' three')]);
    expect(store.getState().save).toBe('saving');
    const saved = store.getState().whenSaved();
    client.release();
    expect(await saved).toBe(true);
    expect(store.getState().save).toBe('saved');
    expect(stored()).toBe('one two three');
  });

  test('edits made while a save is under way go together in the next one, in order (D1)', async () => {
    const { client, store, stored } = await openStore('');
    client.hold();
    for (const [index, letter] of [...'abcd'].entries()) {
      store.getState().edit('Type', [insert(index, letter)]);
    }
    const saved = store.getState().whenSaved();
    client.release();
    await saved;
    expect(stored()).toBe('abcd');
    expect(client.asked.filter((request) => request.type === 'save-edits')).toHaveLength(2);
  });

  test('a full quota keeps the edits, says so, and saves all of them at the next try', async () => {
    const { client, store, stored, shown } = await openStore();
    client.answer('save-edits', () => err({ code: 'quota', message: 'The disk is full.' }));
    store.getState().edit('Type', [insert(3, ' two')]);
    expect(await store.getState().whenSaved()).toBe(false);
    expect(store.getState()).toMatchObject({ save: 'failed', saveMessage: 'The disk is full.', saveCode: 'quota' });
    expect(shown()).toBe('one two');
    expect(stored()).toBe('one');
    client.answer('save-edits', null);
    store.getState().edit('Type', [insert(7, ' three')]);
    expect(await store.getState().whenSaved()).toBe(true);
    expect(stored()).toBe('one two three');
    expect(store.getState()).toMatchObject({ save: 'saved', saveMessage: null, saveCode: null });
  });

  test('undo and redo move the text and what is stored, and say what is possible', async () => {
    const { store, stored, shown } = await openStore();
    store.getState().edit('Type', [insert(3, ' two')]);
    expect(store.getState()).toMatchObject({ canUndo: true, canRedo: false });
    store.getState().undo();
    expect(shown()).toBe('one');
    expect(store.getState()).toMatchObject({ canUndo: false, canRedo: true });
    store.getState().redo();
    await store.getState().whenSaved();
    expect(stored()).toBe('one two');
  });

  test('typing with one merge key is one step of undo', async () => {
    const { store, shown } = await openStore();
    store.getState().edit('Type', [insert(3, 'x')], { merge: 'typing' });
    store.getState().edit('Type', [insert(4, 'y')], { merge: 'typing' });
    store.getState().undo();
    expect(shown()).toBe('one');
  });

  test('a project that another tab writes takes no edit until it is taken over (D3)', async () => {
    const { client, store, id, shown } = await openStore();
    const files = new Map([[NOTES, 'one']]);
    client.answer('open-project', () => ok({ id, name: 'mine', files, writable: false, run: null }));
    await store.getState().open(id);
    expect(store.getState().save).toBe('read-only');
    store.getState().edit('Type', [insert(3, ' two')]);
    expect(shown()).toBe('one');
    await store.getState().takeOver();
    store.getState().edit('Type', [insert(3, ' two')]);
    expect(await store.getState().whenSaved()).toBe(true);
    expect(shown()).toBe('one two');
  });

  test('edits that the lost lock held up are saved when the project is taken back unchanged', async () => {
    const { client, store, stored } = await openStore();
    client.answer('save-edits', () => err({ code: 'locked', message: 'Another tab writes.' }));
    store.getState().edit('Type', [insert(3, ' two')]);
    await store.getState().whenSaved();
    store.getState().lostLock();
    expect(store.getState().save).toBe('read-only');
    client.answer('save-edits', null);
    await store.getState().takeOver();
    expect(await store.getState().whenSaved()).toBe(true);
    expect(stored()).toBe('one two');
  });

  test('taking over shows what the other tab wrote', async () => {
    const { client, store, id, shown } = await openStore();
    store.getState().lostLock();
    client.projects.set(id, { name: 'mine', files: new Map([[NOTES, 'theirs']]) });
    await store.getState().takeOver();
    expect(shown()).toBe('theirs');
    expect(store.getState()).toMatchObject({ save: 'saved', canUndo: false });
  });

  test('closing waits for the edits under way and leaves nothing open', async () => {
    const { client, store, stored } = await openStore();
    client.hold();
    store.getState().edit('Type', [insert(3, ' two')]);
    const closed = store.getState().close();
    client.release();
    await closed;
    expect(stored()).toBe('one two');
    expect(store.getState()).toMatchObject({ id: null, name: '', save: 'saved', canUndo: false });
    expect(store.getState().project.files.size).toBe(0);
  });

  test('a project that is not there is an error and changes nothing', async () => {
    const { client, store, id } = await openStore();
    client.answer('open-project', () => err({ code: 'not-found', message: 'There is no such project.' }));
    expect(await store.getState().open(id)).toEqual(err({ code: 'not-found', message: 'There is no such project.' }));
    expect(store.getState().id).toBe(id);
  });
});

describe('while someone types (D4)', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const CODE = filePath('functions/a.ts');
  const spec = "export const A = { typename: 'app/a', specs: [], fn() {} };";

  async function typing() {
    const opened = await openStore();
    const { store } = opened;
    store.getState().edit('Add', [{ type: 'create', path: CODE, content: '' }]);
    store.getState().edit('Type', [{ type: 'text', path: CODE, from: 0, to: 0, insert: spec }], { typing: true });
    const names = () => store.getState().facts.functions.map((fact) => fact.typename);
    return { ...opened, names };
  }

  test('the files are those of now, and the views follow when the typing pauses', async () => {
    const { store, names } = await typing();
    expect(store.getState().project.files.get(CODE)).toBe(spec);
    expect(names()).toEqual([]);
    vi.runOnlyPendingTimers();
    expect(names()).toEqual(['app/a']);
  });

  test('catching up brings the views at once', async () => {
    const { store, names } = await typing();
    store.getState().catchUp();
    expect(names()).toEqual(['app/a']);
    expect(store.getState().graph.nodes.map((node) => node.id)).toContain('function:app/a');
  });

  test('an edit that is not typed, undo and redo bring them too', async () => {
    const { store, names } = await typing();
    store.getState().edit('Note', [insert(0, 'x')]);
    expect(names()).toEqual(['app/a']);
    store.getState().undo();
    store.getState().undo();
    expect(names()).toEqual([]);
    store.getState().redo();
    expect(names()).toEqual(['app/a']);
  });

  test('a project that was closed is not brought back by what waited', async () => {
    const { store } = await typing();
    await store.getState().close();
    vi.runOnlyPendingTimers();
    expect(store.getState().project.files.size).toBe(0);
    expect(store.getState().facts.functions).toEqual([]);
  });
});
