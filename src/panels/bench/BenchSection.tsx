/** A part of the bench under its small heading, with a word or a control at the right of it. */
import type { ReactNode } from 'react';
import styles from './Bench.module.css';

export function Section(props: { readonly title: string; readonly aside?: ReactNode; readonly children?: ReactNode }) {
  return (
    <section className={styles.section} aria-label={props.title}>
      <header className={styles.sectionHead}>
        <h3 className={styles.sectionTitle}>{props.title}</h3>
        {typeof props.aside === 'number' ? <span className={styles.count}>{props.aside}</span> : props.aside}
      </header>
      {props.children}
    </section>
  );
}
