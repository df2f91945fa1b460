/** Files that are dropped on an open project and are no project themselves: libraries, code, data. */
import { filePath } from '../../base/ids.ts';
import type { FilePath } from '../../base/ids.ts';
import { tryDecodeUtf8 } from '../../base/text-encoding.ts';
import type { Edit } from '../../model/edit.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { openDialog } from '../dialogs/dialog-store.ts';
import { droppedPath } from './dropped-path.ts';

const LIMIT = 10 * 1024 * 1024;

/** One step of the history, whatever their number; a file of the same path is replaced. */
export async function addFiles(files: readonly File[]): Promise<void> {
  const large = files.find(({ size }) => size > LIMIT);
  if (large !== undefined) {
    refuse(`${large.name} is larger than 10 MB.`);
    return;
  }
  const read = await Promise.all(
    files.map(async (file) => ({ path: filePath(droppedPath(file.name)), text: tryDecodeUtf8(new Uint8Array(await file.arrayBuffer())) })),
  );
  const binary = read.findIndex(({ text }) => text === null || text.includes('\0'));
  if (binary >= 0) {
    refuse(`${files[binary]?.name ?? 'The file'} is no text: a library is one file of JavaScript.`);
    return;
  }
  const document = useDocument.getState();
  if (document.save === 'read-only') {
    refuse('This project is open for writing in another tab.');
    return;
  }
  const edits = read.flatMap(({ path, text }) => (text === null ? [] : [put(document.project.files.get(path), path, text)]));
  const [first] = read;
  document.edit(`Add ${read.map(({ path }) => path).join(', ')}`, edits);
  if (first !== undefined) {
    useView.getState().openFile(first.path);
  }
}

function put(before: string | Uint8Array | undefined, path: FilePath, text: string): Edit {
  return typeof before === 'string'
    ? { type: 'text', path, from: 0, to: before.length, insert: text }
    : { type: 'create', path, content: text };
}

function refuse(text: string): void {
  openDialog({ type: 'message', title: 'This file cannot be added', text });
}
