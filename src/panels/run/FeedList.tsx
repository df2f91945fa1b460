/** The feeds of a project, each with a switch. */
import { FileText, Radio, TriangleAlert } from 'lucide-react';
import type { Feed } from '../../model/feed.ts';
import { Switch } from '../../ui/Switch.tsx';
import styles from './FeedsEditor.module.css';

export interface FeedListProps {
  readonly feeds: readonly Feed[];
  /** Ids of the feeds that would send nothing, as something is wrong with them. */
  readonly problems: ReadonlySet<string>;
  readonly selected: string;
  readonly readOnly: boolean;
  readonly onSelect: (id: string) => void;
  readonly onEnable: (id: string, enabled: boolean) => void;
}

export function FeedList({ feeds, problems, selected, readOnly, onSelect, onEnable }: FeedListProps) {
  return (
    <ul className={styles.list} aria-label="Feeds">
      {feeds.map((feed) => (
        <li key={feed.id} className={`${styles.item} ${feed.id === selected ? styles.selected : ''}`}>
          <button
            type="button"
            className={styles.choose}
            aria-current={feed.id === selected ? 'true' : undefined}
            onClick={() => onSelect(feed.id)}
          >
            {feed.type === 'generator' ? <Radio aria-hidden="true" /> : <FileText aria-hidden="true" />}
            <span className={styles.names}>
              <span className={styles.name}>{feed.id}</span>
              <span className={styles.summary}>
                {problems.has(feed.id) ? (
                  <span className={styles.problem}>
                    <TriangleAlert aria-hidden="true" /> sends nothing
                  </span>
                ) : (
                  feedSummary(feed)
                )}
              </span>
            </span>
          </button>
          <Switch isSelected={feed.enabled} isDisabled={readOnly} onChange={(enabled) => onEnable(feed.id, enabled)}>
            <span className={styles.hidden}>Send records of {feed.id}</span>
          </Switch>
        </li>
      ))}
    </ul>
  );
}

export function feedSummary(feed: Feed): string {
  const pace = feed.arrival.type === 'backlog' ? 'backlog' : `${feed.arrival.perSecond}/s`;
  const count = feed.type === 'generator' && feed.count !== null ? `, ${feed.count}` : '';
  return `${pace}${count} → ${feed.topic === '' ? 'no topic' : feed.topic}`;
}
