/** Making, copying and removing projects, and going to them. */
import { create } from 'zustand';
import { closeDialog, openDialog } from '../dialogs/dialog-store.ts';
import { forget } from '../local-memory.ts';
import { navigate } from '../routes.ts';
import { useDocument } from '../../state/document-controller.ts';
import { workerClient } from '../../state/client.ts';
import type { ProjectId } from '../../base/ids.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';
import type { FileTree, ProjectSummary, WorkerError } from '../../worker/contract.ts';

/** The projects in this browser, newest edit first; null before they were read. */
export const useProjects = create<{ readonly list: readonly ProjectSummary[] | null }>()(() => ({ list: null }));

export async function openAsProject(name: string, files: FileTree): Promise<void> {
  const created = await useDocument.getState().create(name, files);
  if (!created.ok) {
    tellFailure('The project could not be kept', created.error);
    return;
  }
  closeDialog();
  navigate({ type: 'project', project: created.value });
}

/** A project whose module.yaml is there and says nothing yet. */
export function createEmptyProject(): Promise<void> {
  return openAsProject('untitled', new Map([[MODULE_YAML, '']]));
}

export function duplicateProject(): Promise<void> {
  const { name, project } = useDocument.getState();
  return openAsProject(`${name} copy`, project.files);
}

/** Replaces the open project's module.yaml as one edit, which Undo takes back. */
export function replaceModule(text: string): void {
  const { project, edit } = useDocument.getState();
  const old = textFile(project, MODULE_YAML);
  edit('Import module.yaml', [
    old === null
      ? { type: 'create', path: MODULE_YAML, content: text }
      : { type: 'text', path: MODULE_YAML, from: 0, to: old.length, insert: text },
  ]);
  closeDialog();
}

export async function refreshProjects(): Promise<void> {
  const listed = await workerClient().ask('list-projects', {});
  if (!listed.ok) {
    tellFailure('The projects in this browser cannot be read', listed.error);
    return;
  }
  useProjects.setState({ list: listed.value.toSorted((left, right) => right.editedAt - left.editedAt) });
}

export async function deleteProject(id: ProjectId): Promise<void> {
  if (useDocument.getState().id === id) {
    await useDocument.getState().close();
    navigate({ type: 'start' });
  }
  const deleted = await workerClient().ask('delete-project', { id });
  if (!deleted.ok) {
    tellFailure('The project was not deleted', deleted.error);
  } else {
    forget(id);
  }
  await refreshProjects();
}

export async function renameProject(id: ProjectId, name: string): Promise<void> {
  const answer =
    useDocument.getState().id === id ? await useDocument.getState().rename(name) : await workerClient().ask('rename-project', { id, name });
  if (!answer.ok) {
    tellFailure('The project was not renamed', answer.error);
  }
  await refreshProjects();
}

function tellFailure(title: string, error: WorkerError): void {
  openDialog({ type: 'message', title, text: error.message });
}
