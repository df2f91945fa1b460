/** The text of the project's files that file feeds read, by path. */
import type { Feed } from '../../model/feed.ts';
import type { Project } from '../../model/project.ts';
import { textFile } from '../../model/project.ts';

export function feedFiles(project: Project, feeds: readonly Feed[]): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const feed of feeds) {
    const text = feed.type === 'file' ? textFile(project, feed.path) : null;
    if (feed.type === 'file' && text !== null) {
      files[feed.path] = text;
    }
  }
  return files;
}
