/** An example's project folder as files, read from disk: what the registry gives in the browser. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filePath } from '../../src/base/ids.ts';
import type { FilePath } from '../../src/base/ids.ts';

const examples = fileURLToPath(new URL('../../src/examples', import.meta.url));

export function loadExample(id: string): ReadonlyMap<FilePath, string> {
  return loadFolder(join(examples, id, 'project'));
}

/** A folder of text files. */
export function loadFolder(root: string): ReadonlyMap<FilePath, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.sort().map((file) => [filePath(relative(root, file).split(sep).join('/')), readFileSync(file, 'utf8')]));
}
