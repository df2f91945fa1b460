/** Paths as a tree: folders first, then files, each in the order of their names. */
import type { FilePath } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';

export interface FileNode {
  /** Path of the file, or of the folder without its last slash. */
  readonly key: string;
  readonly name: string;
  readonly children: readonly FileNode[];
}

export function fileTree(paths: readonly FilePath[]): readonly FileNode[] {
  return level(
    paths.map((path) => path.split('/')),
    '',
  );
}

/** The folders that a file lies in, from the outermost: `a`, `a/b` of `a/b/c.ts`. */
export function foldersOf(path: FilePath): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function level(paths: readonly (readonly string[])[], prefix: string): readonly FileNode[] {
  const folders = new Map<string, string[][]>();
  const files: FileNode[] = [];
  for (const [name = '', ...rest] of paths) {
    if (rest.length === 0) {
      files.push({ key: prefix + name, name, children: [] });
    } else {
      const inside = folders.get(name) ?? [];
      inside.push(rest);
      folders.set(name, inside);
    }
  }
  const byName = (a: FileNode, b: FileNode) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const nested = [...folders].map(([name, inside]) => ({ key: prefix + name, name, children: level(inside, `${prefix}${name}/`) }));
  return [...nested.toSorted(byName), ...files.toSorted(byName)];
}

/** Why a text cannot be the path of a new file, or null when it can. */
export function pathProblem(text: string, files: ReadonlyMap<FilePath, unknown>): string | null {
  const parts = text.split('/');
  if (text === '' || text.endsWith('/')) {
    return 'Write the name of the file.';
  }
  if (parts.some((part) => part === '' || part === '.' || part === '..') || /[\\:*?"<>|]/.test(text)) {
    return 'A path has names between slashes, without . or .. and without \\ : * ? " < > |';
  }
  for (const path of files.keys()) {
    if (path === text) {
      return 'A file with this path exists.';
    }
    if (path.startsWith(`${text}/`) || text.startsWith(`${path}/`)) {
      return `${path} exists: a name is either a folder or a file.`;
    }
  }
  return null;
}

/** A free path for a copy, beside the file that is copied: `a/b.ts` → `a/b-copy.ts`, `a/b-copy-2.ts`. */
export function copyPath(path: FilePath, files: ReadonlyMap<FilePath, unknown>): FilePath {
  const dot = path.indexOf('.', path.lastIndexOf('/') + 2);
  const [stem, ending] = dot === -1 ? [path, ''] : [path.slice(0, dot), path.slice(dot)];
  let copy = filePath(`${stem}-copy${ending}`);
  for (let number = 2; files.has(copy); number += 1) {
    copy = filePath(`${stem}-copy-${number}${ending}`);
  }
  return copy;
}
