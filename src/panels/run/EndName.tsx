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
      <span className={styles.name}>{shortName(end.name)}</span>
      {end.id === null ? null : <span className={styles.id}>{end.id}</span>}
    </span>
  );
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
