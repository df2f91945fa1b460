/** The file that the code view shows: the one that was opened, else the first with code of a function. */
import type { FilePath } from '../base/ids.ts';
import { isLibrary, isScript, projectCode } from '../model/code-files.ts';
import { isFunctionFile, type Project } from '../model/project.ts';

export function shownCodeFile(files: Project['files'], opened: FilePath | null): FilePath | null {
  if (opened !== null && typeof files.get(opened) === 'string') {
    return opened;
  }
  const own = [...files.keys()].filter((path) => isFunctionFile(path)).toSorted();
  // Imports are only followed in a project that has no functions/.
  const all = own.length > 0 ? own : [...projectCode(files).functions.keys()].filter((path) => isScript(path));
  return all.find((path) => !isLibrary(path, textOf(files, path))) ?? all[0] ?? null;
}

function textOf(files: Project['files'], path: FilePath): string {
  const content = files.get(path);
  return typeof content === 'string' ? content : '';
}
