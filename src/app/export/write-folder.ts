/** Writes an export into a folder of the user's disk, where the browser can (File System Access). Never deletes anything. */
import { encodeUtf8 } from '../../base/text-encoding.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { Project } from '../../model/project.ts';
import { isNamed, wordsOf } from '../files/pick-folder.ts';

export interface FolderDifference {
  readonly added: readonly string[];
  readonly same: readonly string[];
  /** There already, with another content. */
  readonly different: readonly string[];
}

/** What writing would change. */
export async function compareFolder(folder: FileSystemDirectoryHandle, files: Project['files']): Promise<Result<FolderDifference, string>> {
  const difference = { added: [] as string[], same: [] as string[], different: [] as string[] };
  try {
    for (const [path, content] of files) {
      const there = await readFile(folder, path);
      const list = there === null ? difference.added : isSame(there, bytesOf(content)) ? difference.same : difference.different;
      list.push(path);
    }
    return ok(difference);
  } catch (error) {
    return err(`The folder cannot be read: ${wordsOf(error)}`);
  }
}

/** @param progress told the number of files written; false ends it */
export async function writeFiles(
  folder: FileSystemDirectoryHandle,
  files: Project['files'],
  progress: (written: number) => boolean,
): Promise<Result<number, string>> {
  let written = 0;
  for (const [path, content] of files) {
    if (!progress(written)) {
      return ok(written);
    }
    try {
      const handle = await (await folderOf(folder, path, true)).getFileHandle(fileName(path), { create: true });
      const writable = await handle.createWritable();
      await writable.write(bytesOf(content));
      await writable.close();
    } catch (error) {
      return err(`${path} cannot be written (${wordsOf(error)}). ${written} of ${files.size} files were.`);
    }
    written += 1;
  }
  progress(written);
  return ok(written);
}

async function readFile(root: FileSystemDirectoryHandle, path: string): Promise<Uint8Array | null> {
  try {
    const handle = await (await folderOf(root, path, false)).getFileHandle(fileName(path));
    return new Uint8Array(await (await handle.getFile()).arrayBuffer());
  } catch (error) {
    if (isNamed(error, 'NotFoundError')) {
      return null;
    }
    throw error;
  }
}

async function folderOf(root: FileSystemDirectoryHandle, path: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  let at = root;
  for (const part of path.split('/').slice(0, -1)) {
    at = await at.getDirectoryHandle(part, { create });
  }
  return at;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function bytesOf(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(typeof content === 'string' ? encodeUtf8(content) : content);
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
