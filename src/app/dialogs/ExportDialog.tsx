import { CircleX, Copy, Download, FolderArchive } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { copyModule, downloadModule, downloadZip } from '../files/export-file.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { closeDialog } from './dialog-store.ts';
import styles from './dialogs.module.css';

export function ExportDialog() {
  const errors = useDocument((state) => state.problems.filter((problem) => problem.severity === 'error').length);
  const [copied, setCopied] = useState<boolean | null>(null);
  const showProblems = () => {
    closeDialog();
    useView.getState().setDock(true, 'problems');
  };
  return (
    <Dialog title="Export" isOpen onClose={closeDialog}>
      <div className={styles.prose}>
        {errors === 0 ? null : (
          <ErrorNote
            action={
              <Button variant="link" onPress={showProblems}>
                Show Problems
              </Button>
            }
          >
            {errors === 1 ? '1 error is' : `${errors} errors are`} not mended yet. The production runtime may refuse this module.
          </ErrorNote>
        )}
        <h3>module.yaml</h3>
        <p>The text as it stands, byte for byte: what the StateFun runtime loads.</p>
        <div className={styles.buttons}>
          <Button variant="primary" icon={<Download />} onPress={downloadModule}>
            Download module.yaml
          </Button>
          <Button variant="line" icon={<Copy />} onPress={() => void copyModule().then(setCopied)}>
            Copy
          </Button>
          <output className={styles.said}>
            {copied === true ? 'Copied' : null}
            {copied === false ? (
              <>
                <CircleX aria-hidden="true" /> This browser refused the clipboard: download instead
              </>
            ) : null}
          </output>
        </div>
        <h3>The whole project</h3>
        <p>module.yaml, functions, stubs and studio.json. Open a project ZIP takes it in again.</p>
        <div className={styles.buttons}>
          <Button variant="line" icon={<FolderArchive />} onPress={() => void downloadZip()}>
            Download project ZIP
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
