/** What trials and observed calls printed, the newest at the end, with a word about what each of them did. */
// What scrolls must be reachable by keyboard.
/* oxlint-disable jsx-a11y/no-noninteractive-tabindex */
import { FlaskConical, MessageSquareDot } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useBench } from '../../state/bench-store.ts';
import { useTrials } from '../../state/trials-store.ts';
import type { PrintedLine } from '../../state/trials-store.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { shortName } from './EndName.tsx';
import { formatCount } from './format-count.ts';
import { makeStub } from './make-stub.ts';
import { PlaceLink } from './PlaceLink.tsx';
import { useStartAt } from './use-start-at.ts';
import { formatDay, formatTimeOfDay } from './virtual-clock.ts';
import styles from './TrialConsole.module.css';

/** So many rows are kept on the screen. */
const SHOWN = 500;

export function TrialConsole() {
  const printed = useTrials((state) => state.printed);
  const startAt = useStartAt();
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const newest = printed.at(-1)?.id ?? 0;
  useEffect(() => {
    if (newest > 0 && atEnd.current && list.current !== null) {
      list.current.scrollTop = list.current.scrollHeight;
    }
  }, [newest]);
  if (printed.length === 0) {
    return <EmptyState>What a function writes with console.log, and what its logpoints print, appears here when you try it.</EmptyState>;
  }
  const shown = printed.slice(-SHOWN);
  return (
    <div
      ref={list}
      className={styles.lines}
      tabIndex={0}
      role="log"
      aria-label="Lines of trials"
      onScroll={({ currentTarget }) => {
        atEnd.current = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < 24;
      }}
    >
      {printed.length > shown.length ? (
        <p className={styles.cut}>{formatCount(printed.length - shown.length)} earlier lines are not shown.</p>
      ) : null}
      {shown.map((line) => (
        <Line key={line.id} line={line} startAt={startAt} />
      ))}
    </div>
  );
}

function Line({ line, startAt }: { readonly line: PrintedLine; readonly startAt: number }) {
  const { at, address, kind, source, seq } = line;
  const { unanswered } = line.line;
  return (
    <div
      className={`${styles.line} ${styles[kind]} ${line.line.level === 'warn' ? styles.warn : line.line.level === 'error' ? styles.error : ''}`}
    >
      <span className={styles.time} title={formatDay(at, startAt)}>
        {formatTimeOfDay(at, startAt)}
      </span>
      <span className={styles.address} title={`${address.typename} ${address.id}`}>
        {kind === 'studio' ? 'studio' : `${shortName(address.typename)}/${address.id}`}
      </span>
      <span className={styles.kind}>{kind === 'logpoint' ? <MessageSquareDot role="img" aria-label="logpoint" /> : null}</span>
      <span className={styles.text}>{line.line.text}</span>
      {source === 'recorded' && seq !== null ? (
        <span className={styles.observed}>
          observed
          <Button
            variant="link"
            aria-label={`Try the call of event ${seq}`}
            icon={<FlaskConical aria-hidden="true" />}
            onPress={() => useBench.getState().open(address.typename, seq)}
          />
        </span>
      ) : null}
      {unanswered === undefined ? null : (
        <Button variant="link" size="small" onPress={() => makeStub({ ...unanswered, id: address.id })}>
          Make a stub
        </Button>
      )}
      {line.line.place === null ? null : <PlaceLink place={line.line.place} />}
    </div>
  );
}
