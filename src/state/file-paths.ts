/** The paths of the project's files as a list that stays the same while one types in them. */
import { useShallow } from 'zustand/react/shallow';
import type { FilePath } from '../base/ids.ts';
import { useDocument } from './document-controller.ts';

export function useFilePaths(): readonly FilePath[] {
  return useDocument(useShallow((state) => [...state.project.files.keys()]));
}

/** Those that an editor can show. */
export function useTextPaths(): readonly FilePath[] {
  return useDocument(
    useShallow((state) => [...state.project.files].flatMap(([path, content]) => (typeof content === 'string' ? [path] : []))),
  );
}
