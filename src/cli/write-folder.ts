/** Writes files into a folder. Never deletes anything, and refuses a folder that holds something already unless told to. */
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Project } from '../model/project.ts';
import { systemErrorCode, systemMessage } from './system-message.ts';

export interface WriteRefusal {
  readonly type: 'not-empty' | 'unwritable';
  readonly message: string;
}

export async function writeFolder(folder: string, files: Project['files'], overwrite: boolean): Promise<Result<null, WriteRefusal>> {
  try {
    await makeFolder(folder);
    if (!overwrite && (await readdir(folder)).length > 0) {
      return err({ type: 'not-empty', message: `${folder} is not empty. Name another folder, or write over what is there with --force.` });
    }
    for (const [path, content] of files) {
      const target = join(folder, path);
      await makeFolder(dirname(target));
      await writeFile(target, content);
    }
    return ok(null);
  } catch (error) {
    // Nothing is read here: what is not there is what could not be made.
    const message = systemErrorCode(error) === 'ENOENT' ? `${folder}: nothing can be made there` : systemMessage(error, folder);
    return err({ type: 'unwritable', message });
  }
}

/** With those above it. One by one: where none can be made, as in /proc, mkdir's own recursion never ends. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = systemErrorCode(error);
    const parent = dirname(path);
    if (code === 'ENOENT' && parent !== path && !(await isFolder(parent))) {
      await makeFolder(parent);
      await mkdir(path);
    } else if (code !== 'EEXIST' || !(await isFolder(path))) {
      throw error;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
