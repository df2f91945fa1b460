/** The hops of a conversation: what caused the message, the message, what it caused. */
import { ArrowRight } from 'lucide-react';
import type { ConversationHop } from '../../worker/contract.ts';
import { shortName } from './EndName.tsx';
import { formatUnits } from './format-count.ts';
import { endOf } from './MessageFacts.tsx';
import { Section } from './Section.tsx';
import { formatClock, formatDay, formatTimeOfDay } from './virtual-clock.ts';
import styles from './MessageInspector.module.css';

export interface ConversationListProps {
  readonly hops: readonly ConversationHop[];
  readonly selected: number;
  readonly startAt: number;
  readonly onSelect: (seq: number) => void;
}

export function ConversationList({ hops, selected, startAt, onSelect }: ConversationListProps) {
  if (hops.length === 0) {
    return null;
  }
  const here = hops.findIndex((hop) => hop.relation === 'self');
  const top = Math.min(...hops.map((hop) => hop.depth));
  return (
    <Section
      title="Conversation"
      aside={<span className={styles.aside}>{here < 0 ? formatUnits(hops.length, 'hop') : `hop ${here + 1} of ${hops.length}`}</span>}
    >
      <ol className={styles.hops}>
        {hops.map((hop, index) => {
          const before = hops[index - 1];
          const dayChanged = before !== undefined && formatDay(before.at, startAt) !== formatDay(hop.at, startAt);
          return (
            <li key={hop.seq}>
              {dayChanged ? <span className={styles.day}>{formatDay(hop.at, startAt)}</span> : null}
              <button
                type="button"
                className={`${styles.hop} ${hop.relation === 'self' ? styles.self : ''}`}
                aria-current={hop.seq === selected || hop.relation === 'self' ? 'true' : undefined}
                title={`${formatClock(hop.at, startAt)}  ${hop.from} → ${hop.to}${hop.typename === '' ? '' : `, ${hop.typename}`}`}
                onClick={() => onSelect(hop.seq)}
              >
                <span className={styles.hopTime}>{formatTimeOfDay(hop.at, startAt).slice(3)}</span>
                <span className={styles.hopWay} style={{ paddingInlineStart: Math.min(hop.depth - top, 6) * 4 }}>
                  <span className={styles.clip}>{shortName(endOf(hop.from).name)}</span>
                  <ArrowRight className={styles.arrow} aria-hidden="true" />
                  <span className={styles.clip}>{shortName(endOf(hop.to).name)}</span>
                </span>
                <span className={styles.hopType}>{shortName(hop.typename)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
