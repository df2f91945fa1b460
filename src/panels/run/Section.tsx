/** A titled part of the inspector, with a word or a control at the right of its title. */
import type { ReactNode } from 'react';
import styles from './MessageInspector.module.css';

export function Section({
  title,
  aside,
  children,
}: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <header className={styles.sectionHead}>
        <h3 className={styles.sectionTitle}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}
