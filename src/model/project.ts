import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';

/** A project is its files (design: the files are the truth). Text that is valid UTF-8 is a string; anything else stays bytes. */
export interface Project {
  readonly files: ReadonlyMap<FilePath, string | Uint8Array>;
}

export const MODULE_YAML = filePath('module.yaml');
export const STUDIO_JSON = filePath('studio.json');

/** The text of a file, or null when it is absent or not text. */
export function textFile(project: Project, path: FilePath): string | null {
  const content = project.files.get(path);
  return typeof content === 'string' ? content : null;
}

export function projectOf(files: Readonly<Record<string, string | Uint8Array>>): Project {
  return { files: new Map(Object.entries(files).map(([path, content]) => [filePath(path), content])) };
}

/** A file of user code by where it lies: TypeScript or JavaScript under functions/. For code elsewhere see code-files.ts. */
export function isFunctionFile(path: FilePath): boolean {
  return /^functions\/.+\.[cm]?[tj]s$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}
