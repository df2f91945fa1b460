/** Which dialog is open: at most one. */
import { create } from 'zustand';
import type { ProjectId } from '../../base/ids.ts';
import type { ImportedFile } from '../files/imported-project.ts';

export type OpenDialog =
  | { readonly type: 'palette' }
  | { readonly type: 'shortcuts' }
  | { readonly type: 'about' }
  | { readonly type: 'export' }
  | { readonly type: 'rename' | 'delete-project'; readonly project: ProjectId; readonly name: string }
  | { readonly type: 'settings' }
  | { readonly type: 'send-record' }
  /** A file or folder that was dropped or chosen, and wants a decision: it has errors, or a project is open. */
  | { readonly type: 'import'; readonly file: ImportedFile }
  | { readonly type: 'message'; readonly title: string; readonly text: string };

export const useDialog = create<{ readonly open: OpenDialog | null }>()(() => ({ open: null }));

export function openDialog(open: OpenDialog): void {
  useDialog.setState({ open });
}

export function closeDialog(): void {
  useDialog.setState({ open: null });
}
