/** Writes files into a folder. Never deletes anything, and refuses a folder that holds something already unless told to. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Project } from '../model/project.ts';
import { systemMessage } from './system-message.ts';

export interface WriteRefusal {
  readonly type: 'not-empty' | 'unwritable';
  readonly message: string;
}

export async function writeFolder(folder: string, files: Project['files'], overwrite: boolean): Promise<Result<null, WriteRefusal>> {
  try {
    await mkdir(folder, { recursive: true });
    if (!overwrite && (await readdir(folder)).length > 0) {
      return err({ type: 'not-empty', message: `${folder} is not empty. Name another folder, or write over what is there with --force.` });
    }
    for (const [path, content] of files) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
    return ok(null);
  } catch (error) {
    return err({ type: 'unwritable', message: systemMessage(error, folder) });
  }
}
