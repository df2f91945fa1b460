/** Asks before what cannot be undone. What can be undone asks nothing. */
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

export interface ConfirmDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly confirmLabel: string;
  readonly danger?: boolean;
  readonly children: ReactNode;
}

export function ConfirmDialog({ title, isOpen, onClose, onConfirm, confirmLabel, danger = false, children }: ConfirmDialogProps) {
  const confirm = () => {
    onClose();
    onConfirm();
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      role="alertdialog"
      size="small"
      footer={
        <>
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- a question starts on its safe answer */}
          <Button variant="line" onPress={onClose} autoFocus={danger}>
            Cancel
          </Button>
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <Button variant={danger ? 'danger' : 'primary'} onPress={confirm} autoFocus={!danger}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
