/** The code view: tabs, where one is, and the editor. Monaco loads when this view first shows. */
import { Suspense, lazy, useEffect } from 'react';
import { ChevronRight, FileCode, X } from 'lucide-react';
import type { FilePath } from '../base/ids.ts';
import { isFunctionFile } from '../model/project.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { ApplyBar } from './ApplyBar.tsx';
import { applyCode } from './apply-code.ts';
import { neighbourOf, useOpenFiles } from './open-files.ts';
import styles from './CodeView.module.css';

const MonacoEditor = lazy(async () => ({ default: (await import('./MonacoEditor.tsx')).MonacoEditor }));

export function CodeView() {
  const files = useDocument((state) => state.project.files);
  const shown = useView((state) => state.file);
  const open = useOpenFiles((state) => state.paths).filter((path) => typeof files.get(path) === 'string');
  const current = shown !== null && typeof files.get(shown) === 'string' ? shown : firstFunction(files);

  useEffect(() => {
    if (current !== null) {
      useOpenFiles.getState().open(current);
    }
  }, [current]);

  if (current === null) {
    return <EmptyState>No code yet. “Write it” on a function, or add one in Files, creates a typed skeleton.</EmptyState>;
  }
  return (
    <div className={styles.view}>
      <div className={styles.tabs} role="tablist" aria-label="Open files">
        {open.map((path) => (
          <FileTab key={path} path={path} selected={path === current} paths={open} />
        ))}
      </div>
      <Breadcrumb path={current} />
      <ApplyBar />
      <div className={styles.editor}>
        <Suspense fallback={<div className={styles.loading} aria-label="Loading the editor" />}>
          <MonacoEditor path={current} label="Code" onApply={() => void applyCode()} />
        </Suspense>
      </div>
    </div>
  );
}

function FileTab({ path, selected, paths }: { readonly path: FilePath; readonly selected: boolean; readonly paths: readonly FilePath[] }) {
  const errors = useDocument((state) => state.problems.some((problem) => problem.path === path && problem.severity === 'error'));
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
        <FileCode aria-hidden="true" />
        {path.slice(path.lastIndexOf('/') + 1)}
        {errors ? <span className={styles.errorDot} aria-label="has errors" /> : null}
      </button>
      {paths.length > 1 ? <IconButton label={`Close ${path}`} icon={<X />} size="small" onPress={close} /> : null}
    </span>
  );
}

function Breadcrumb({ path }: { readonly path: FilePath }) {
  const functions = useDocument((state) => state.facts.functions);
  const names = functions.filter((fact) => fact.path === path).map((fact) => fact.typename);
  const parts = [...path.split('/'), ...(names.length === 1 ? names : [])];
  return (
    <div className={styles.breadcrumb}>
      {parts.map((part, index) => (
        // Parts of a path may repeat; their place names them.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className={styles.part}>
          {index > 0 ? <ChevronRight aria-hidden="true" /> : null}
          {part}
        </span>
      ))}
    </div>
  );
}

function firstFunction(files: ReadonlyMap<FilePath, string | Uint8Array>): FilePath | null {
  return [...files.keys()].filter(isFunctionFile).toSorted()[0] ?? null;
}
