/** A place in the project's files, which a click leads to. */
import type { FilePath } from '../../base/ids.ts';
import { placeRange } from '../../panels/run/code-places.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { Button } from '../../ui/Button.tsx';
import { closeDialog } from '../dialogs/dialog-store.ts';
import styles from './ExportDialog.module.css';

/** @param line from 1; null for the file as a whole */
export function PlaceButton({ path, line }: { readonly path: FilePath; readonly line: number | null }) {
  const text = `${path}${line === null ? '' : `:${line}`}`;
  const open = () => {
    const range = line === null ? null : placeRange(useDocument.getState().project, { path, line, column: 1 });
    closeDialog();
    useView.getState().openFile(path, range ?? undefined);
  };
  return (
    <Button variant="link" size="small" className={styles.place ?? ''} onPress={open}>
      {text}
    </Button>
  );
}
