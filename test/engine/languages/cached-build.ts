/** Things that are built once: kept until what they are built from changes. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../../node_modules/.cache/statefun-studio/languages', import.meta.url));

/**
 * A folder that `build` has filled for these sources; an attempt that was broken off counts for nothing.
 * @param sources all that the outcome depends on
 */
export function cachedBuild(name: string, sources: readonly (string | Buffer)[], build: (folder: string) => void): string {
  const folder = join(cache, name);
  const stamp = join(folder, 'built-from');
  const hash = createHash('sha256');
  for (const source of sources) {
    hash.update(String(source.length)).update('\0').update(source);
  }
  const wanted = hash.digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    build(folder);
    writeFileSync(stamp, wanted);
  }
  return folder;
}
