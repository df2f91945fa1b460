/** The name of one side of a message: its kind's icon, the name without its namespace, the id. The whole is its tooltip. */
import { Clock, FileStack, Hand, Layers, Radio, Workflow } from 'lucide-react';
import { KindIcon } from '../../ui/KindChip.tsx';
import type { EventEnd } from './describe-event.ts';
import { endText } from './describe-event.ts';
import styles from './EndName.module.css';

export function EndName({ end }: { readonly end: EventEnd }) {
  return (
    <span className={styles.end} title={endText(end)}>
      <EndIcon kind={end.kind} />
      <Part className={styles.name} text={shortName(end.name)} most={5} />
      {end.id === null ? null : <Part className={styles.id} text={end.id} most={9} />}
    </span>
  );
}

/** What is short is never cut, and takes no more room than it has letters. */
function Part({ className, text, most }: { readonly className: string | undefined; readonly text: string; readonly most: number }) {
  return <span className={`${className} ${text.length <= most ? styles.whole : ''}`}>{text}</span>;
}

/** `fraud/transaction-manager` → `transaction-manager`. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function EndIcon({ kind }: { readonly kind: EventEnd['kind'] }) {
  switch (kind) {
    case 'function':
    case 'ingress':
    case 'egress':
      return <KindIcon kind={kind} />;
    case 'topic':
      return <FileStack className={styles.icon} aria-hidden="true" />;
    case 'timer':
      return <Clock className={styles.icon} aria-hidden="true" />;
    case 'user':
      return <Hand className={styles.icon} aria-hidden="true" />;
    case 'feed':
      return <Radio className={styles.icon} aria-hidden="true" />;
    case 'subtask':
      return <Layers className={styles.icon} aria-hidden="true" />;
    case 'job':
      return <Workflow className={styles.icon} aria-hidden="true" />;
  }
}
