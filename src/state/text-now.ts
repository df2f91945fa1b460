/** A file's text at this moment, for components that follow what was read of it and not each keystroke in it. */
import type { FilePath } from '../base/ids.ts';
import { textFile } from '../model/project.ts';
import { useDocument } from './document-controller.ts';

export function textNow(path: FilePath): string | null {
  return textFile(useDocument.getState().project, path);
}
