/** The text of a file until the editor is there, with its metrics: when it comes, letters get their colours and nothing moves. */
import { useMemo } from 'react';
import type { FilePath } from '../base/ids.ts';
import { textNow } from '../state/text-now.ts';
import styles from './PlainText.module.css';

/** More than any window shows. */
const MOST_LINES = 120;

export function PlainText({ path }: { readonly path: FilePath }) {
  const lines = useMemo(() => (textNow(path) ?? '').split(/\r\n|\r|\n/, MOST_LINES), [path]);
  return (
    <div className={`${styles.text} ${/\.[cm]?[tj]s$/.test(path) ? styles.wide : ''}`} role="progressbar" aria-label="Loading the editor">
      <div className={styles.line} />
      <pre aria-hidden="true">
        <span className={styles.numbers}>{lines.map((_, index) => index + 1).join('\n')}</span>
        <span className={styles.code}>{lines.join('\n')}</span>
      </pre>
    </div>
  );
}
