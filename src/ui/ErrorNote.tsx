/** What is wrong and what to do, in one line, beside the thing. */
import { CircleX, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './ErrorNote.module.css';

const ICONS = { error: CircleX, warning: TriangleAlert, info: Info } as const;

export interface ErrorNoteProps {
  readonly tone?: 'error' | 'warning' | 'info';
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** Announces the text at once when it appears. */
  readonly live?: boolean;
}

export function ErrorNote({ tone = 'error', children, action, live = false }: ErrorNoteProps) {
  const Icon = ICONS[tone];
  return (
    <span className={`${styles.note} ${styles[tone]}`} {...(live ? { role: 'alert' } : {})}>
      <Icon aria-hidden="true" />
      <span>
        {children} {action}
      </span>
    </span>
  );
}
