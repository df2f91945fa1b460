import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

export interface NameDialogProps {
  readonly name: string;
  readonly onClose: () => void;
  readonly onName: (name: string) => void;
}

export function NameDialog({ name, onClose, onName }: NameDialogProps) {
  const [draft, setDraft] = useState(name);
  const text = draft.trim();
  const submit = () => {
    if (text !== '') {
      onClose();
      onName(text);
    }
  };
  return (
    <Dialog
      title="Rename project"
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button variant="line" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" isDisabled={text === ''} onPress={submit}>
            Rename
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the one field of the dialog */}
        <TextField label="Name" value={draft} onChange={setDraft} autoFocus error={text === '' ? 'A project needs a name.' : null} />
      </form>
    </Dialog>
  );
}
