/** A chosen or dropped file or folder on its way in: opened at once where nothing has to be asked. */
import type { Result } from '../../base/result.ts';
import { sourceOfHandle, sourceOfList } from './folder-source.ts';
import type { FolderSource } from './folder-source.ts';
import type { ImportedFile } from './imported-project.ts';
import { canPickFolders, pickFolder } from './pick-folder.ts';
import { openAsProject } from './projects.ts';
import { openDialog } from '../dialogs/dialog-store.ts';
import { useSession } from '../session.ts';
import { deriveContext } from '../../commands/derive.ts';
import { lineOf } from './line-of.ts';
import type { Problem } from '../../model/problem.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';

const ACCEPT = { any: '.yaml,.yml,.zip', module: '.yaml,.yml', zip: '.zip' } as const;

/** Asks for a file, and imports it. */
export function chooseFile(kind: keyof typeof ACCEPT): void {
  chooseFiles({ accept: ACCEPT[kind] }, ([file]) => {
    if (file !== undefined) {
      void importFile(file);
    }
  });
}

/** Asks for a folder, and imports it. The browser's picker comes first: a list of files would have those of node_modules too. */
export async function chooseFolder(): Promise<void> {
  if (!canPickFolders()) {
    chooseFiles({ webkitdirectory: true }, (list) => void importFolder(sourceOfList(list)));
    return;
  }
  const picked = await pickFolder('read');
  if (!picked.ok) {
    tellRefusal('folder', picked.error);
  } else if (picked.value !== null) {
    await importFolder(sourceOfHandle(picked.value));
  }
}

function chooseFiles(
  how: { readonly accept: string } | { readonly webkitdirectory: true },
  chosen: (files: readonly File[]) => void,
): void {
  const input = Object.assign(document.createElement('input'), { type: 'file', hidden: true, ...how });
  input.addEventListener('change', () => {
    input.remove();
    chosen([...(input.files ?? [])]);
  });
  input.addEventListener('cancel', () => input.remove());
  document.body.append(input);
  input.click();
}

export async function importFile(file: File): Promise<void> {
  const { readImportedFile } = await import('./read-file.ts');
  await take('file', await readImportedFile(file));
}

export async function importFolder(folder: FolderSource): Promise<void> {
  const { readImportedFolder } = await import('./read-folder.ts');
  await take('folder', await readImportedFolder(folder));
}

async function take(what: 'file' | 'folder', read: Result<ImportedFile, string>): Promise<void> {
  if (!read.ok) {
    tellRefusal(what, read.error);
    return;
  }
  const asks = useSession.getState().phase === 'open' || importErrors(read.value).length > 0;
  if (asks) {
    openDialog({ type: 'import', file: read.value });
    return;
  }
  await openAsProject(read.value.name, read.value.files);
}

function tellRefusal(what: 'file' | 'folder', text: string): void {
  openDialog({ type: 'message', title: `This ${what} cannot be imported`, text });
}

export interface PlacedProblem {
  readonly message: string;
  readonly line: number | null;
}

/** What the production loader would reject in the file's module.yaml, with the line. */
export function importErrors(file: ImportedFile): readonly PlacedProblem[] {
  const project = { files: file.files };
  const text = textFile(project, MODULE_YAML);
  const { module } = deriveContext(project, null);
  return module.problems.filter((problem) => problem.severity === 'error').map((problem) => placed(problem, text));
}

function placed(problem: Problem, text: string | null): PlacedProblem {
  return { message: problem.message, line: text === null || problem.range === undefined ? null : lineOf(text, problem.range.from) };
}
