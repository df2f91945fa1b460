/** The open dialog, if any. All of this loads with the first dialog. */
import { Suspense } from 'react';
import { assertNever } from '../../base/assert-never.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { deleteProject, renameProject } from '../files/projects.ts';
import { ExportDialog, SendRecordDialog, SettingsDialog } from '../slots.tsx';
import { AboutDialog } from './AboutDialog.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { closeDialog, useDialog } from './dialog-store.ts';
import type { OpenDialog } from './dialog-store.ts';
import { ImportDialog } from './ImportDialog.tsx';
import { NameDialog } from './NameDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

export function Dialogs() {
  const open = useDialog((state) => state.open);
  return open === null ? null : (
    <Suspense fallback={null}>
      <Shown open={open} />
    </Suspense>
  );
}

function Shown({ open }: { readonly open: OpenDialog }) {
  switch (open.type) {
    case 'palette':
      return <CommandPalette />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'about':
      return <AboutDialog />;
    case 'export':
      return <ExportDialog />;
    case 'import':
      return <ImportDialog file={open.file} />;
    case 'settings':
      return <SettingsDialog isOpen onClose={closeDialog} />;
    case 'send-record':
      return <SendRecordDialog isOpen onClose={closeDialog} />;
    case 'rename':
      return <NameDialog name={open.name} onClose={closeDialog} onName={(next) => void renameProject(open.project, next)} />;
    case 'delete-project':
      return (
        <ConfirmDialog
          title={`Delete ${open.name}?`}
          isOpen
          confirmLabel="Delete"
          danger
          onClose={closeDialog}
          onConfirm={() => void deleteProject(open.project)}
        >
          Its files and its run are removed from this browser. This cannot be undone.
        </ConfirmDialog>
      );
    case 'message':
      return (
        <Dialog
          title={open.title}
          isOpen
          onClose={closeDialog}
          size="small"
          footer={
            <Button variant="primary" onPress={closeDialog}>
              Close
            </Button>
          }
        >
          {open.text}
        </Dialog>
      );
    default:
      return assertNever(open);
  }
}
