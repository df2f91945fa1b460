/** The code view: tabs, where one is, and the editor. Monaco loads when this view first shows. */
import { Suspense, lazy, useEffect } from 'react';
import { PenLine, X } from 'lucide-react';
import type { FilePath } from '../base/ids.ts';
import { workerClient } from '../state/client.ts';
import { useAllProblems } from '../state/all-problems.ts';
import { addFunction } from '../commands/add-function.ts';
import { runCommand, useDocument } from '../state/document-controller.ts';
import { useRun } from '../state/run-store.ts';
import { shownCodeFile } from '../state/shown-file.ts';
import { useView } from '../state/document-store.ts';
import { useTextPaths } from '../state/file-paths.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { ApplyBar } from './ApplyBar.tsx';
import { applyCode } from './apply-code.ts';
import { CodeBar } from './CodeBar.tsx';
import { FileIcon } from './FileIcon.tsx';
import { PlainText } from './PlainText.tsx';
import { neighbourOf, useOpenFiles } from '../state/open-files.ts';
import styles from './CodeView.module.css';

const MonacoEditor = lazy(async () => ({ default: (await import('./MonacoEditor.tsx')).MonacoEditor }));

export function CodeView() {
  const paths = useTextPaths();
  const shown = useView((state) => state.file);
  const open = useOpenFiles((state) => state.paths).filter((path) => paths.includes(path));
  const current = useDocument((state) => shownCodeFile(state.project.files, shown));

  useReadyToApply();
  useEffect(() => {
    if (current !== null) {
      useOpenFiles.getState().open(current);
    }
  }, [current]);

  if (current === null) {
    return <NoCode />;
  }
  return (
    <div className={styles.view}>
      <div className={styles.tabs} role="tablist" aria-label="Open files">
        {open.map((path) => (
          <FileTab key={path} path={path} selected={path === current} paths={open} />
        ))}
      </div>
      <div className={styles.head}>
        <CodeBar path={current} />
        <ApplyBar />
      </div>
      <div className={styles.editor}>
        <Suspense fallback={<PlainText path={current} />}>
          <MonacoEditor path={current} label="Code" onApply={() => void applyCode()} />
        </Suspense>
      </div>
    </div>
  );
}

/** While a run is there and code in view, edited code stands ready in a sandbox, so that Ctrl+S only has to use it. */
function useReadyToApply(): void {
  const run = useRun(({ status }) => (status === null || status.phase === 'read-only' ? null : status.run));
  useEffect(() => {
    if (run === null) {
      return undefined;
    }
    let over = false;
    const warm = async () => {
      if ((await useDocument.getState().whenSaved()) && !over) {
        await workerClient().ask('warm-apply', { open: true });
      }
    };
    void warm();
    // Ctrl goes down a tenth of a second before S does: time that a sandbox can start in, where typing has not paused before.
    const hear = (event: KeyboardEvent) => {
      if ((event.key === 'Control' || event.key === 'Meta') && !event.repeat) {
        void warm();
      }
    };
    document.addEventListener('keydown', hear, { capture: true });
    return () => {
      over = true;
      document.removeEventListener('keydown', hear, { capture: true });
      void workerClient().ask('warm-apply', { open: false });
    };
  }, [run]);
}

function NoCode() {
  const readOnly = useDocument((state) => state.save === 'read-only');
  const write = () => {
    if (runCommand('Add function', (context) => addFunction(context, {})).length === 0) {
      const written = useDocument.getState().facts.functions.at(-1);
      if (written !== undefined) {
        useView.getState().openFile(written.path, written.range);
      }
    }
  };
  return (
    <EmptyState
      action={
        <Button variant="line" icon={<PenLine />} isDisabled={readOnly} onPress={write}>
          Write a function
        </Button>
      }
    >
      No code yet. A new function begins as a typed skeleton; one that is on the canvas without code has “Write it”.
    </EmptyState>
  );
}

function FileTab({ path, selected, paths }: { readonly path: FilePath; readonly selected: boolean; readonly paths: readonly FilePath[] }) {
  const errors = useAllProblems().some((problem) => problem.path === path && problem.severity === 'error');
  const close = () => {
    const next = neighbourOf(paths, path);
    useOpenFiles.getState().close(path);
    if (selected && next !== null) {
      useView.getState().openFile(next);
    }
  };
  return (
    <span className={`${styles.tab} ${selected ? styles.selected : ''}`}>
      <button
        type="button"
        role="tab"
        aria-selected={selected}
        className={styles.tabButton}
        onClick={() => useView.getState().openFile(path)}
      >
        <FileIcon path={path} />
        {path.slice(path.lastIndexOf('/') + 1)}
        {errors ? <span className={styles.errorDot} aria-label="has errors" /> : null}
      </button>
      {paths.length > 1 ? <IconButton label={`Close ${path}`} icon={<X />} size="small" onPress={close} /> : null}
    </span>
  );
}
