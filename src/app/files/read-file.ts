/**
 * A file from outside as a project's files, or what is wrong with it. What it holds is untrusted: paths that leave the
 * project are refused, and sizes are limited.
 */
import { filePath } from '../../base/ids.ts';
import type { FilePath } from '../../base/ids.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { tryDecodeUtf8 } from '../../base/text-encoding.ts';
import { MODULE_YAML } from '../../model/project.ts';
import type { FileTree } from '../../worker/contract.ts';

export interface ImportedFile {
  readonly type: 'module' | 'zip';
  /** What the project may be called: the file's name without its ending. */
  readonly name: string;
  readonly files: FileTree;
}

const MEGABYTE = 1024 * 1024;
const MODULE_LIMIT = 5 * MEGABYTE;
const ZIP_LIMIT = 50 * MEGABYTE;
const UNPACKED_LIMIT = 200 * MEGABYTE;

export async function readImportedFile(file: File): Promise<Result<ImportedFile, string>> {
  const bytes = new Uint8Array(await file.slice(0, ZIP_LIMIT + 1).arrayBuffer());
  return isZip(bytes) ? readZip(file.name, bytes) : readModule(file.name, bytes);
}

function readModule(name: string, bytes: Uint8Array): Result<ImportedFile, string> {
  if (bytes.length > MODULE_LIMIT) {
    return err(`${name} is larger than 5 MB, which no module.yaml is. Choose a module.yaml or a project ZIP.`);
  }
  const text = tryDecodeUtf8(bytes);
  if (text === null || text.includes('\0')) {
    return err(`${name} is neither text nor a ZIP. Choose a module.yaml or a project ZIP.`);
  }
  return ok({ type: 'module', name: projectName(name), files: new Map([[MODULE_YAML, text]]) });
}

async function readZip(name: string, bytes: Uint8Array): Promise<Result<ImportedFile, string>> {
  if (bytes.length > ZIP_LIMIT) {
    return err(`${name} is larger than 50 MB. Leave out what the Studio does not need, such as node_modules.`);
  }
  const { unzip } = await import('fflate');
  let unpacked = 0;
  const entries = await new Promise<Record<string, Uint8Array> | null>((resolve) => {
    const filter = (entry: { readonly name: string; readonly originalSize: number }) => {
      if (isIgnored(entry.name)) {
        return false;
      }
      unpacked += entry.originalSize;
      return unpacked <= UNPACKED_LIMIT;
    };
    unzip(bytes, { filter }, (error, files) => resolve(error === null ? files : null));
  });
  if (entries === null) {
    return err(`${name} cannot be unpacked: the ZIP is damaged or of a kind that is not supported.`);
  }
  if (unpacked > UNPACKED_LIMIT) {
    return err(`${name} unpacks to more than 200 MB. Leave out what the Studio does not need, such as node_modules.`);
  }
  const root = moduleFolder(Object.keys(entries));
  if (root === null) {
    return err(`${name} holds no module.yaml. A project ZIP has one at its top, with functions/ beside it.`);
  }
  const files = new Map<FilePath, string | Uint8Array>();
  for (const [path, content] of Object.entries(entries)) {
    if (path.startsWith(root)) {
      const inside = path.slice(root.length);
      if (!isSafePath(inside)) {
        return err(`${name} holds a path that leaves the project: ${path}.`);
      }
      files.set(filePath(inside), tryDecodeUtf8(content) ?? content);
    }
  }
  return ok({ type: 'zip', name: projectName(name), files });
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

function isIgnored(path: string): boolean {
  return (
    path.endsWith('/') ||
    path.startsWith('__MACOSX/') ||
    path.endsWith('.DS_Store') ||
    path.split('/').includes('node_modules') ||
    path.split('/').includes('.git')
  );
}

function depth(path: string): number {
  return path.split('/').length;
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

function projectName(fileName: string): string {
  const bare = fileName.replace(/\.(zip|ya?ml)$/i, '');
  return bare === '' ? 'project' : bare;
}
