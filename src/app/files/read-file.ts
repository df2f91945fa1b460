/** A file from outside as a project's files, or what is wrong with it. */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { tryDecodeUtf8 } from '../../base/text-encoding.ts';
import { MODULE_YAML } from '../../model/project.ts';
import { isForeign, LEAVE_OUT, MEGABYTE, projectOfEntries, PROJECT_LIMIT } from './imported-project.ts';
import type { ImportedFile } from './imported-project.ts';

const MODULE_LIMIT = 5 * MEGABYTE;
const ZIP_LIMIT = 50 * MEGABYTE;

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
    return err(`${name} is larger than 50 MB. ${LEAVE_OUT}`);
  }
  const { unzipSync } = await import('fflate');
  let unpacked = 0;
  const filter = (entry: { readonly name: string; readonly originalSize: number }) => {
    if (entry.name.endsWith('/') || isForeign(entry.name)) {
      return false;
    }
    unpacked += entry.originalSize;
    return unpacked <= PROJECT_LIMIT;
  };
  const entries = unpack(() => unzipSync(bytes, { filter }));
  if (entries === null) {
    return err(`${name} cannot be unpacked: the ZIP is damaged or of a kind that is not supported.`);
  }
  if (unpacked > PROJECT_LIMIT) {
    return err(`${name} unpacks to more than ${PROJECT_LIMIT / MEGABYTE} MB. ${LEAVE_OUT}`);
  }
  return projectOfEntries(name, projectName(name), Object.entries(entries));
}

/**
 * At once, and not in fflate's own workers: it makes them of blobs for files of 320 kB and more, which the app's policy forbids.
 * Null where it is no ZIP that can be read.
 */
function unpack(unzip: () => Record<string, Uint8Array>): Record<string, Uint8Array> | null {
  try {
    return unzip();
  } catch {
    return null;
  }
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

function projectName(fileName: string): string {
  const bare = fileName.replace(/\.(zip|ya?ml)$/i, '');
  return bare === '' ? 'project' : bare;
}
