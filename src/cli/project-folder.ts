/** A project's folder as files, and single files, read from disk. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { tryDecodeUtf8 } from '../base/text-encoding.ts';
import { FOLDERS_OF_TOOLS } from '../model/folders-of-tools.ts';
import type { Project } from '../model/project.ts';
import { MODULE_YAML } from '../model/project.ts';
import { systemMessage } from './system-message.ts';

/** Every file of the folder. An error is one line that says what cannot be read. */
export async function readProjectFolder(folder: string): Promise<Result<Project, string>> {
  try {
    if (!(await stat(folder)).isDirectory()) {
      return err(`${folder} is a file; name the project's folder.`);
    }
    const files = new Map<FilePath, string | Uint8Array>();
    await collect(folder, folder, files);
    if (!files.has(MODULE_YAML)) {
      return err(`${folder} holds no module.yaml: it is not a project's folder.`);
    }
    return ok({ files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))) });
  } catch (error) {
    return err(systemMessage(error, folder));
  }
}

/** A file's text; its bytes where they are no UTF-8. */
export async function readAnyFile(path: string): Promise<Result<string | Uint8Array, string>> {
  try {
    return ok(content(await readFile(path)));
  } catch (error) {
    return err(systemMessage(error, path));
  }
}

async function collect(root: string, folder: string, files: Map<FilePath, string | Uint8Array>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const isMaven = entries.some(({ name }) => name === 'pom.xml');
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (FOLDERS_OF_TOOLS.has(entry.name) || entry.name === 'dist' || (isMaven && entry.name === 'target')) {
      continue;
    }
    if (entry.isDirectory()) {
      await collect(root, path, files);
      // A link to a folder may lead in a circle: only links to files are followed.
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await stat(path)).isFile())) {
      files.set(filePath(relative(root, path).split(sep).join('/')), content(await readFile(path)));
    }
  }
}

function content(bytes: Uint8Array): string | Uint8Array {
  return tryDecodeUtf8(bytes) ?? new Uint8Array(bytes);
}
