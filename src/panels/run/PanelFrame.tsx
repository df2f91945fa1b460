/** The frame of a panel in the dock: a row of controls, then what the panel shows, or a word instead of it. */
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './PanelFrame.module.css';

export function PanelFrame({ name, tools, children }: { readonly name: string; readonly tools?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className={styles.panel} aria-label={name}>
      {tools === undefined ? null : <div className={styles.tools}>{tools}</div>}
      <div className={styles.content}>{children}</div>
    </section>
  );
}

/** A panel with nothing to list, and a word on what would stand there. */
export function EmptyPanel({ name, empty }: { readonly name: string; readonly empty: string }) {
  return (
    <PanelFrame name={name}>
      <EmptyState>{empty}</EmptyState>
    </PanelFrame>
  );
}

export interface LoadedProps {
  /** Null while the first answer is on its way. */
  readonly total: number | null;
  readonly error: string | null;
  readonly empty: ReactNode;
  readonly emptyAction?: ReactNode;
  readonly children: ReactNode;
}

/** The list when there is one; else what is wrong, what is missing, or that it is on its way. */
export function Loaded({ total, error, empty, emptyAction, children }: LoadedProps) {
  if (total === null || total === 0) {
    if (error !== null) {
      return (
        <div className={styles.note}>
          <ErrorNote live>{error}</ErrorNote>
        </div>
      );
    }
    return total === null ? <LoadingLine /> : <EmptyState action={emptyAction}>{empty}</EmptyState>;
  }
  return (
    <>
      {error === null ? null : (
        <div className={styles.note}>
          <ErrorNote live>{error}</ErrorNote>
        </div>
      )}
      {children}
    </>
  );
}

/** Nothing for 300 ms, then a line on the top edge; a word after two seconds. */
export function LoadingLine() {
  return (
    <output className={styles.loading}>
      <span className={styles.loadingText}>Loading</span>
    </output>
  );
}
