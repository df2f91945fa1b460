/** Files of the examples as they stand in the repository. */
import { filePath } from '../../../src/base/ids.ts';
import { loadExample } from '../load-example.ts';

export function readProjectFile(example: string, path: string): string {
  const text = loadExample(example).get(filePath(path));
  if (text === undefined) {
    throw new Error(`${example} has no ${path}`);
  }
  return text;
}
