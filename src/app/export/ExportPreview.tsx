/** Every file of the export, and the text of the one that is looked at. */
import { FileCog, FileText } from 'lucide-react';
import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { FilePath } from '../../base/ids.ts';
import type { TextRange } from '../../model/problem.ts';
import { useView } from '../../state/document-store.ts';
import { Button } from '../../ui/Button.tsx';
import { closeDialog } from '../dialogs/dialog-store.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import type { OptionProblemCode } from '../../export/export-options.ts';
import type { ExportOutcome } from './export-choices.ts';
import styles from './ExportDialog.module.css';

/** More text than anybody reads here. */
const SHOWN = 60_000;

/** What a field of the form still waits for. */
const ASKED: ReadonlySet<string> = new Set<OptionProblemCode>(['no-runtime-image', 'no-functions-image', 'no-checkpoint-storage']);

/** What is worth a look first. */
const FIRST = ['README.md', 'RUNNING.md', 'compose.yaml', 'module.yaml'];

function ShowPlace({ path, range }: { readonly path: FilePath; readonly range: TextRange }) {
  const open = () => {
    closeDialog();
    useView.getState().openFile(path, range);
  };
  return (
    <Button variant="link" onPress={open}>
      Show
    </Button>
  );
}

export function ExportPreview({ outcome }: { readonly outcome: ExportOutcome }) {
  const { files, generated, problems } = outcome;
  const [chosen, setChosen] = useState<string | null>(null);
  if (problems.length > 0) {
    return (
      <section className={styles.question} aria-label="Files">
        <h3>Before this can be exported</h3>
        <ul className={styles.notes}>
          {problems.map(({ code, message, path, range }) => (
            <li key={message}>
              <ErrorNote
                tone={ASKED.has(code) ? 'info' : 'error'}
                action={path === undefined || range === undefined ? undefined : <ShowPlace path={path} range={range} />}
              >
                {message}
              </ErrorNote>
            </li>
          ))}
        </ul>
      </section>
    );
  }
  const paths = [...files.keys()];
  const shown =
    paths.find((path) => path === chosen) ??
    paths.find((path) => FIRST.some((name) => path === name && generated.has(path))) ??
    paths.find((path) => path === 'module.yaml') ??
    paths[0];
  const items = paths.map((path) => ({ id: path, path, made: generated.has(path) }));
  const content = shown === undefined ? undefined : files.get(shown);
  return (
    <section className={styles.preview} aria-label="Files">
      <div className={styles.listHead}>
        <span>{files.size === 1 ? '1 file' : `${files.size} files`}</span>
        {generated.size === 0 ? null : <span className={styles.quiet}>{generated.size} made by the export</span>}
      </div>
      <ListBox
        aria-label="Files of the export"
        className={styles.list ?? ''}
        items={items}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={shown === undefined ? [] : [shown]}
        onSelectionChange={(keys) => setChosen(paths.find((path) => keys !== 'all' && keys.has(path)) ?? null)}
      >
        {({ id, path, made }) => (
          <ListBoxItem id={id} textValue={path} className={styles.file ?? ''}>
            {made ? <FileCog aria-label="made by the export" /> : <FileText aria-hidden="true" />}
            <span className={made ? '' : styles.quiet}>{path}</span>
          </ListBoxItem>
        )}
      </ListBox>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a text that scrolls is reached by keyboard */}
      <pre className={`${styles.text} ${shown?.endsWith('.md') === true ? styles.prose : ''}`} aria-label={shown ?? 'No file'} tabIndex={0}>
        {typeof content === 'string' ? content.slice(0, SHOWN) : `${content?.length ?? 0} bytes that are no text`}
        {typeof content === 'string' && content.length > SHOWN ? '\n…' : ''}
      </pre>
    </section>
  );
}
