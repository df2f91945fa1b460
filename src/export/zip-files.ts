/**
 * Files as a ZIP whose bytes follow from names and contents alone: sorted, one date for all, one compression, the same in Node and in
 * every browser.
 */
import { zipSync } from 'fflate';
import { encodeUtf8 } from '../base/text-encoding.ts';
import type { Project } from '../model/project.ts';

/** ZIP keeps local time: a text without a zone is the same hour everywhere. */
const DATE = '1980-01-01T12:00:00';

export function zipFiles(files: Project['files']): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = Object.fromEntries(sorted.map(([path, content]) => [path, typeof content === 'string' ? encodeUtf8(content) : content]));
  return zipSync(entries, { level: 6, mtime: DATE });
}
