/** Where the cursor of the code editor stands: for the status bar, and for what belongs to the function around it. */
import { create } from 'zustand';
import type { FilePath } from '../base/ids.ts';

export interface EditorPosition {
  readonly path: FilePath;
  /** One-based. */
  readonly line: number;
  readonly column: number;
  /** Characters before it. */
  readonly offset: number;
  readonly selected: number;
}

export const useEditorPosition = create<{ readonly position: EditorPosition | null }>()(() => ({ position: null }));
