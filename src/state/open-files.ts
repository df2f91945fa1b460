/** The files that have a tab in the code view. The one shown is `useView().file`. */
import { create } from 'zustand';
import type { FilePath } from '../base/ids.ts';

interface OpenFiles {
  readonly paths: readonly FilePath[];
  open(path: FilePath): void;
  close(path: FilePath): void;
  /** The tab stays where it is. */
  rename(from: FilePath, to: FilePath): void;
}

export const useOpenFiles = create<OpenFiles>()((set) => ({
  paths: [],
  open: (path) => set((state) => (state.paths.includes(path) ? state : { paths: [...state.paths, path] })),
  rename: (from, to) => set((state) => ({ paths: state.paths.filter((path) => path !== to).map((path) => (path === from ? to : path)) })),
  close: (path) => set((state) => ({ paths: state.paths.filter((other) => other !== path) })),
}));

/** The tab to show when one is closed: its right neighbour, else its left one. */
export function neighbourOf(paths: readonly FilePath[], closed: FilePath): FilePath | null {
  const index = paths.indexOf(closed);
  return paths[index + 1] ?? paths[index - 1] ?? null;
}
