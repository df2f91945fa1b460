/**
 * Files that the export wrote. They say so near their beginning, so that a project that was exported and comes back is known for what it
 * is: its server is no function code, and the next export may write them anew. A file without the mark is the user's.
 */
import type { FilePath } from '../base/ids.ts';
import type { Project } from './project.ts';

/** Stands in the first lines of every generated file that can hold a comment. */
export const GENERATED_MARK = 'Made by the export of StateFun Studio';

const HEAD = 300;

export function isGeneratedText(content: string | Uint8Array): boolean {
  return typeof content === 'string' && content.slice(0, HEAD).includes(GENERATED_MARK);
}

export function isGeneratedFile(project: Project, path: FilePath): boolean {
  const content = project.files.get(path);
  return content !== undefined && isGeneratedText(content);
}
