/** From, to, type, and when a message was sent, handled and answered. */
import type { ReactNode } from 'react';
import type { MessageDetail } from '../../worker/contract.ts';
import type { EventEnd } from './describe-event.ts';
import { EndName } from './EndName.tsx';
import { formatClock, formatDuration } from './virtual-clock.ts';
import styles from './MessageInspector.module.css';

export function MessageFacts({ detail, startAt }: { readonly detail: MessageDetail; readonly startAt: number }) {
  return (
    <dl className={styles.facts}>
      {detail.from === '' ? null : (
        <Fact name="From">
          <EndName end={endOf(detail.from)} />
        </Fact>
      )}
      {detail.to === null ? null : (
        <Fact name="To">
          <EndName end={{ kind: 'function', name: detail.to.typename, id: detail.to.id }} />
        </Fact>
      )}
      {detail.value === null || detail.value.typename === '' ? null : (
        <Fact name="Type">
          <span className={styles.mono}>{detail.value.typename}</span>
        </Fact>
      )}
      <Fact name="Sent">{formatClock(detail.sentAt, startAt)}</Fact>
      <Fact name="Handled">{handled(detail, startAt)}</Fact>
      {detail.handledAt === null ? null : (
        <Fact name="Answered">
          {detail.completedAt === null
            ? 'not yet'
            : `${formatClock(detail.completedAt, startAt)}, after ${formatDuration(detail.completedAt - detail.handledAt)}`}
        </Fact>
      )}
      {detail.call === null ? null : (
        <Fact name="Call">
          {detail.call}
          {detail.code === null || detail.remote !== null ? null : <span className={styles.faint}>, code {detail.code.slice(0, 8)}</span>}
        </Fact>
      )}
      {detail.remote === null ? null : (
        <Fact name="Server">
          <span className={styles.mono}>{detail.remote.url}</span>
          <span className={styles.faint}>, {detail.remote.realMillis} ms of real time</span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function handled(detail: MessageDetail, startAt: number): string {
  if (detail.handledAt === null) {
    return detail.to === null ? 'no function' : 'waiting';
  }
  return `${formatClock(detail.handledAt, startAt)}, batch of ${detail.batch}`;
}

/** The contract names a sender in words: `namespace/name id` of a function, `topic name`, or the id of an ingress. */
export function endOf(from: string): EventEnd {
  const space = from.indexOf(' ');
  if (from.startsWith('topic ')) {
    return { kind: 'topic', name: from.slice(space + 1), id: null };
  }
  return space > 0
    ? { kind: 'function', name: from.slice(0, space), id: from.slice(space + 1) }
    : { kind: 'ingress', name: from, id: null };
}
