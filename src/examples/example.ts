/** What the start page shows of an example, and how to get its files. */
import { filePath } from '../base/ids.ts';
import type { FilePath } from '../base/ids.ts';

export interface Example {
  /** Also the name in `?example=` and of the folder. */
  readonly id: string;
  readonly title: string;
  /** What it is about, in a sentence. */
  readonly summary: string;
  /** What it is made of, in a line. */
  readonly stats: string;
  /** The project's files by their paths, `module.yaml` among them. */
  load(): Promise<ReadonlyMap<FilePath, string>>;
}

/** @param found What `import.meta.glob('./project/**')` gave: texts by path, each beginning with `./project/`. */
export function projectFiles(found: Readonly<Record<string, string>>): ReadonlyMap<FilePath, string> {
  return new Map(Object.entries(found).map(([path, text]) => [filePath(path.slice('./project/'.length)), text]));
}
