/**
 * A folder of the user's disk as a project's files, or what is wrong with it. What its `.gitignore` names stays out: what was built, and files of
 * secrets. Files of generated protobuf classes come in all the same.
 */
import ignore from 'ignore';
import { err } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { FolderSource } from './folder-source.ts';
import { isForeign, MEGABYTE, projectOfEntries, PROJECT_LIMIT } from './imported-project.ts';
import type { ImportedFile } from './imported-project.ts';
import { wordsOf } from './pick-folder.ts';

/** What `protoc` writes is often named there, and imported all the same. */
const GENERATED = /_pb\.(?:[cm]?js|d\.ts)$/;

/** More are in no project, but soon met when the folder is not the one that was meant. */
const MOST_FILES = 5000;

export async function readImportedFolder(folder: FolderSource): Promise<Result<ImportedFile, string>> {
  const entries: [string, Uint8Array][] = [];
  let size = 0;
  let at = folder.name;
  try {
    const ignored = ignore().add((await folder.topText('.gitignore')) ?? '');
    for await (const { path, open } of folder.files((one) => isForeign(one) || (ignored.ignores(one) && !GENERATED.test(one)))) {
      at = path;
      const file = await open();
      size += file.size;
      if (size > PROJECT_LIMIT || entries.length === MOST_FILES) {
        const most = size > PROJECT_LIMIT ? `${PROJECT_LIMIT / MEGABYTE} MB` : `${MOST_FILES.toLocaleString('en')} files`;
        return err(
          `${folder.name} holds more than ${most}. Choose the folder that module.yaml is in; what its .gitignore names is left out.`,
        );
      }
      entries.push([path, new Uint8Array(await file.arrayBuffer())]);
    }
  } catch (error) {
    return err(`${at} cannot be read: ${wordsOf(error)}`);
  }
  return projectOfEntries(folder.name, folder.name, entries);
}
