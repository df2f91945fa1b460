/** Projects as file trees. An edit is saved when its promise resolves: strict durability, one transaction an act. */
import type { ProjectId } from '../base/ids.ts';
import { filePath, projectId } from '../base/ids.ts';
import type { Edit } from '../model/edit.ts';
import { applyEdits } from '../model/edit.ts';
import type { Project } from '../model/project.ts';
import { keysOf } from './database.ts';
import type { ProjectRecord, StudioDatabase } from './database.ts';
import { StorageError, guarded } from './storage-error.ts';

const STRICT = { durability: 'strict' } as const;

export interface StoredProject {
  readonly id: ProjectId;
  readonly name: string;
  readonly editedAt: number;
  readonly hasRun: boolean;
}

export function listProjects(db: StudioDatabase): Promise<readonly StoredProject[]> {
  return guarded(async () => {
    const tx = db.transaction(['projects', 'runs']);
    const records = await tx.objectStore('projects').getAll();
    const runs = tx.objectStore('runs').index('project');
    const stored = await Promise.all(
      records.map(async (record) => ({
        id: projectId(record.id),
        name: record.name,
        editedAt: record.editedAt,
        hasRun: (await runs.count(record.id)) > 0,
      })),
    );
    return stored.toSorted((a, b) => b.editedAt - a.editedAt);
  });
}

export function createProject(db: StudioDatabase, id: ProjectId, name: string, files: Project['files'], now: number): Promise<void> {
  return guarded(async () => {
    const tx = db.transaction(['projects', 'files'], 'readwrite', STRICT);
    await tx.objectStore('projects').add({ id, name, editedAt: now });
    await Promise.all([...files].map(([path, content]) => tx.objectStore('files').add({ project: id, path, content })));
    await tx.done;
  });
}

export function readProject(db: StudioDatabase, id: ProjectId): Promise<{ readonly record: ProjectRecord; readonly project: Project }> {
  return guarded(async () => {
    const tx = db.transaction(['projects', 'files']);
    const [record, files] = await Promise.all([tx.objectStore('projects').get(id), tx.objectStore('files').getAll(keysOf(id))]);
    if (record === undefined) {
      throw new StorageError('not-found', 'This project is not in this browser. Open it from a ZIP, or start from an example.');
    }
    return { record, project: { files: new Map(files.map((file) => [filePath(file.path), file.content])) } };
  });
}

/** Applies edits to the stored files. Only files that an edit names are read and written. */
export function saveEdits(db: StudioDatabase, id: ProjectId, edits: readonly Edit[], now: number): Promise<void> {
  return guarded(async () => {
    const tx = db.transaction(['projects', 'files'], 'readwrite', STRICT);
    const store = tx.objectStore('files');
    const record = await tx.objectStore('projects').get(id);
    if (record === undefined) {
      tx.abort();
      throw new StorageError('not-found', 'The project was deleted in another tab. Export what you see as a ZIP.');
    }
    const paths = [...new Set(edits.map((edit) => edit.path))];
    const files = new Map<(typeof paths)[number], string | Uint8Array>();
    for (const path of paths) {
      const file = await store.get([id, path]);
      if (file !== undefined) {
        files.set(path, file.content);
      }
    }
    const after = applyEdits({ files }, edits).files;
    for (const path of paths) {
      const content = after.get(path);
      await (content === undefined ? store.delete([id, path]) : store.put({ project: id, path, content }));
    }
    await tx.objectStore('projects').put({ ...record, editedAt: now });
    await tx.done;
  });
}

export function renameProject(db: StudioDatabase, id: ProjectId, name: string): Promise<void> {
  return guarded(async () => {
    const tx = db.transaction('projects', 'readwrite', STRICT);
    const record = await tx.store.get(id);
    if (record !== undefined) {
      await tx.store.put({ ...record, name });
    }
    await tx.done;
  });
}

/** The user lets the project call function servers at these URLs, from this machine. */
export function confirmRemotes(db: StudioDatabase, id: ProjectId, urls: readonly string[]): Promise<void> {
  return guarded(async () => {
    const tx = db.transaction('projects', 'readwrite', STRICT);
    const record = await tx.store.get(id);
    if (record !== undefined) {
      await tx.store.put({ ...record, confirmedRemotes: [...new Set([...(record.confirmedRemotes ?? []), ...urls])] });
    }
    await tx.done;
  });
}

/** Deletes the project with its runs. */
export function deleteProject(db: StudioDatabase, id: ProjectId): Promise<void> {
  return guarded(async () => {
    const tx = db.transaction(
      ['projects', 'files', 'runs', 'snapshots', 'journal', 'calls', 'trace', 'cells', 'codes'],
      'readwrite',
      STRICT,
    );
    const runs = await tx.objectStore('runs').index('project').getAllKeys(id);
    for (const run of runs) {
      for (const name of ['journal', 'calls', 'trace', 'cells', 'codes'] as const) {
        await tx.objectStore(name).delete(keysOf(run));
      }
      await tx.objectStore('snapshots').delete(run);
      await tx.objectStore('runs').delete(run);
    }
    await tx.objectStore('files').delete(keysOf(id));
    await tx.objectStore('projects').delete(id);
    await tx.done;
  });
}
