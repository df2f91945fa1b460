/** What makes a project of files from outside. They are untrusted: paths that leave the project are refused, and sizes are limited. */
import { filePath } from '../../base/ids.ts';
import type { FilePath } from '../../base/ids.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { tryDecodeUtf8 } from '../../base/text-encoding.ts';
import { FOLDERS_OF_TOOLS } from '../../model/folders-of-tools.ts';
import type { FileTree } from '../../worker/contract.ts';

export interface ImportedFile {
  readonly type: 'module' | 'project';
  /** What the project may be called: the file's name without its ending, the folder's name. */
  readonly name: string;
  readonly files: FileTree;
}

export const MEGABYTE = 1024 * 1024;
export const PROJECT_LIMIT = 200 * MEGABYTE;
export const LEAVE_OUT = 'Leave out what the Studio does not need, such as node_modules.';

/** @param from what the entries came in, for sentences; its module.yaml may lie in a folder */
export function projectOfEntries(
  from: string,
  name: string,
  entries: readonly (readonly [string, Uint8Array])[],
): Result<ImportedFile, string> {
  const root = moduleFolder(entries.map(([path]) => path));
  if (root === null) {
    return err(`${from} holds no module.yaml. A project has one at its top, with functions/ beside it.`);
  }
  const files = new Map<FilePath, string | Uint8Array>();
  for (const [path, content] of entries) {
    if (path.startsWith(root)) {
      const inside = path.slice(root.length);
      if (!isSafePath(inside)) {
        return err(`${from} holds a path that leaves the project: ${path}.`);
      }
      files.set(filePath(inside), tryDecodeUtf8(content) ?? content);
    }
  }
  return ok({ type: 'project', name, files });
}

/** The folder of the module.yaml that lies highest, with its slash; empty for the top, null when there is none. */
export function moduleFolder(paths: readonly string[]): string | null {
  const found = paths
    .filter((path) => path === 'module.yaml' || path.endsWith('/module.yaml'))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))[0];
  return found === undefined ? null : found.slice(0, found.length - 'module.yaml'.length);
}

export function isSafePath(path: string): boolean {
  return (
    path !== '' &&
    !path.startsWith('/') &&
    !path.includes('\\') &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/** Never of a project, whoever packed it. `path` of a folder ends with a slash. */
export function isForeign(path: string): boolean {
  return path.startsWith('__MACOSX/') || path.endsWith('.DS_Store') || path.split('/').some((part) => FOLDERS_OF_TOOLS.has(part));
}

function depth(path: string): number {
  return path.split('/').length;
}
