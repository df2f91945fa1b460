/** The topics of a run by role, with how many records each has. */
import type { Requests } from '../../worker/contract.ts';
import { KindIcon } from '../../ui/KindChip.tsx';
import { formatCount } from './format-count.ts';
import styles from './TopicsPanel.module.css';

export type TopicSummary = Requests['read-topics']['out'][number];

const ROLES = [
  { role: 'ingress', label: 'Read by ingresses' },
  { role: 'egress', label: 'Written by egresses' },
] as const;

export interface TopicListProps {
  readonly topics: readonly TopicSummary[];
  readonly selected: string | null;
  readonly onSelect: (topic: string) => void;
}

export function TopicList({ topics, selected, onSelect }: TopicListProps) {
  return (
    <nav className={styles.topics} aria-label="Topics of the run">
      {ROLES.map(({ role, label }) => {
        const ofRole = topics.filter((topic) => topic.role === role);
        return ofRole.length === 0 ? null : (
          <section key={role} aria-label={label}>
            <h3 className={styles.role}>{label}</h3>
            <ul className={styles.items}>
              {ofRole.map((topic) => (
                <li key={topic.topic}>
                  <button
                    type="button"
                    className={`${styles.topic} ${topic.topic === selected ? styles.chosen : ''}`}
                    aria-current={topic.topic === selected ? 'true' : undefined}
                    title={`${topic.topic}: ${countWords(topic)}`}
                    onClick={() => onSelect(topic.topic)}
                  >
                    <KindIcon kind={role} />
                    <span className={styles.name}>{topic.topic}</span>
                    <span className={styles.count}>{formatCount(topic.records)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

function countWords(topic: TopicSummary): string {
  const open = topic.records - topic.committed;
  if (topic.role === 'ingress') {
    return `${formatCount(topic.records)} records`;
  }
  return open === 0
    ? `${formatCount(topic.records)} records, all committed`
    : `${formatCount(topic.records)} records, ${formatCount(open)} not yet committed`;
}
