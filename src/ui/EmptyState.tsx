/** One sentence that says what would be here, one action that puts it there. */
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export function EmptyState({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>{children}</p>
      {action}
    </div>
  );
}
