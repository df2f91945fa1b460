/** Before a file comes in: what is wrong in it, and where it goes. Nothing of it is ever thrown away. */
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { importErrors } from '../files/import-file.ts';
import { openAsProject, replaceModule } from '../files/projects.ts';
import type { ImportedFile } from '../files/imported-project.ts';
import { useSession } from '../session.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';
import { useDocument } from '../../state/document-controller.ts';
import { closeDialog } from './dialog-store.ts';
import styles from './dialogs.module.css';

const SHOWN = 8;

export function ImportDialog({ file }: { readonly file: ImportedFile }) {
  const projectOpen = useSession((state) => state.phase === 'open');
  const writable = useDocument((state) => state.save !== 'read-only');
  const errors = importErrors(file);
  const text = textFile({ files: file.files }, MODULE_YAML) ?? '';
  const replace = projectOpen && writable && file.type === 'module';
  return (
    <Dialog
      title={`Import ${file.name}`}
      isOpen
      onClose={closeDialog}
      footer={
        <>
          <Button variant="line" onPress={closeDialog}>
            Cancel
          </Button>
          {replace ? (
            <Button variant="line" onPress={() => replaceModule(text)}>
              Replace module.yaml
            </Button>
          ) : null}
          <Button variant="primary" onPress={() => void openAsProject(file.name, file.files)}>
            Open as a new project
          </Button>
        </>
      }
    >
      <div className={styles.prose}>
        {errors.length === 0 ? null : (
          <>
            <p>The production runtime would not load this module.yaml. It can be opened and mended here:</p>
            <ul className={styles.errors}>
              {errors.slice(0, SHOWN).map((error) => (
                <li key={`${error.line}:${error.message}`}>
                  <ErrorNote>
                    {error.line === null ? '' : `Line ${error.line}: `}
                    {error.message}
                  </ErrorNote>
                </li>
              ))}
            </ul>
            {errors.length > SHOWN ? <p>and {errors.length - SHOWN} more</p> : null}
          </>
        )}
        <p>
          {file.files.size === 1 ? 'One file' : `${file.files.size} files`}.{' '}
          {replace
            ? 'Replacing the open project’s module.yaml keeps its code and its layout, and Undo takes it back.'
            : projectOpen
              ? 'The open project stays as it is.'
              : ''}
        </p>
      </div>
    </Dialog>
  );
}
