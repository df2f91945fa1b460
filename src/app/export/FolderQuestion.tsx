/** Before anything is written: what of the folder would change. */
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import type { FolderDifference } from './write-folder.ts';
import styles from './ExportDialog.module.css';

export function FolderQuestion({ folder, difference }: { readonly folder: string; readonly difference: FolderDifference }) {
  const { added, same, different } = difference;
  return (
    <section className={styles.question} aria-label={`What changes in ${folder}`}>
      <h3>{folder}</h3>
      <p>
        {added.length} new, {same.length} as they are already. Nothing is deleted.
      </p>
      {different.length === 0 ? null : (
        <>
          <ErrorNote tone="warning">
            {different.length === 1
              ? 'This file is there with another content and would be replaced:'
              : `These ${different.length} files are there with another content and would be replaced:`}
          </ErrorNote>
          <ul className={styles.paths}>
            {different.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
