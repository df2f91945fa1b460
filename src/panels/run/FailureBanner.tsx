/** The run stands at a failure: which message, which address, which line, and the ways on. In the code view, where room is for code, in two lines. */
import { ChevronDown, ChevronUp, CircleX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';
import type { PausedFailure } from '../../runtime/engine-api.ts';
import type { CodePlace } from '../../protocol/call.ts';
import { foldStack } from '../../protocol/fold-stack.ts';
import { Button } from '../../ui/Button.tsx';
import type { RunStatus } from '../../worker/contract.ts';
import { EndName } from './EndName.tsx';
import { FailureChoices } from './FailureChoices.tsx';
import { mendPlace } from './failure-place.ts';
import { failureWords } from './failure-words.ts';
import { formatUnits } from './format-count.ts';
import { PlaceLink } from './PlaceLink.tsx';
import { StackPartLinks } from './PlaceStack.tsx';
import { useStartAt } from './use-start-at.ts';
import { formatClock } from './virtual-clock.ts';
import styles from './FailureBanner.module.css';

export function FailureBanner() {
  const status = useRun((run) => run.status);
  return status === null || status.failure === null ? null : <Failure status={status} failure={status.failure} />;
}

function Failure({ status, failure }: { readonly status: RunStatus; readonly failure: PausedFailure }) {
  const facts = useDocument((document) => document.facts);
  const startAt = useStartAt();
  const inCode = useView((view) => view.view === 'code');
  /** Null: as the view has it. */
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isFull = chosen ?? !inCode;
  const words = failureWords(failure.failure);
  const mend = useMemo(() => mendPlace(status, facts, words), [status, facts, words]);
  const message = messageOf(status, failure);
  return (
    <section className={`${styles.banner} ${isFull ? '' : styles.short}`} aria-label="Failure">
      <div className={styles.what} role="alert">
        <CircleX className={styles.icon} aria-hidden="true" />
        <div className={styles.text}>
          <p className={styles.title}>
            <strong>{words.title}</strong>
            <Where failure={failure} index={status.error?.messageIndex ?? null} short={!isFull} />
            {mend?.type === 'line' ? <PlaceLink place={mend.place} /> : null}
            {isFull ? <span className={styles.faint}>{formatClock(failure.at, startAt)}</span> : null}
          </p>
          {isFull ? (
            <>
              {message === null ? null : <p className={styles.error}>{message}</p>}
              <CalledFrom places={status.error?.stack.slice(1) ?? NO_PLACES} />
              <p className={styles.words}>
                {words.what} {words.todo}
              </p>
            </>
          ) : (
            <p className={message === null ? styles.words : styles.error} title={message ?? undefined}>
              {message ?? words.what}
            </p>
          )}
        </div>
      </div>
      <FailureChoices status={status} failure={failure} words={words} mend={mend} compact={!isFull} />
      <span className={styles.fold}>
        <Button
          size="small"
          icon={isFull ? <ChevronUp aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
          aria-expanded={isFull}
          onPress={() => setChosen(!isFull)}
        >
          {isFull ? 'Less' : 'Details'}
        </Button>
      </span>
    </section>
  );
}

const NO_PLACES: readonly CodePlace[] = [];

/** The rest of the stack: the line that threw stands beside the title. */
function CalledFrom({ places }: { readonly places: readonly CodePlace[] }) {
  return places.length === 0 ? null : (
    <p className={styles.words}>
      called from{' '}
      {foldStack(places).map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a stack may come back to a line
        <span key={index}>
          {index === 0 ? '' : ', '}
          <StackPartLinks part={part} />
        </span>
      ))}
    </p>
  );
}

function Where({
  failure,
  index,
  short,
}: {
  readonly failure: PausedFailure;
  readonly index: number | null;
  /** Without what the message says as well. */
  readonly short: boolean;
}) {
  const { address, messages, record, call } = failure;
  return (
    <span className={styles.where}>
      {messages.length === 0 ? null : <span>{messagesWords(messages, index)} at</span>}
      {address === null ? null : <EndName end={{ kind: 'function', name: address.typename, id: address.id }} />}
      {call === null || short ? null : <span className={styles.faint}>call {call}</span>}
      {record === null ? null : (
        <span className={styles.mono}>
          {record.topic} partition {record.partition} offset {record.offset}
        </span>
      )}
    </span>
  );
}

/** A batch fails as a whole (S31); `index` is the message whose handler threw, where that is known. */
function messagesWords(messages: readonly number[], index: number | null): string {
  const failing = index === null ? undefined : messages[index];
  if (messages.length === 1 || failing === undefined) {
    return messages.length === 1
      ? `message ${messages[0]}`
      : `a batch of ${formatUnits(messages.length, 'message')}, ${messages[0]} to ${messages.at(-1)},`;
  }
  return `message ${failing}, in a batch of ${messages.length},`;
}

function messageOf(status: RunStatus, { failure }: PausedFailure): string | null {
  if (status.error !== null) {
    return `${status.error.name}: ${status.error.message}`;
  }
  if (failure.type === 'job') {
    return failure.message;
  }
  if ('remote' in failure.reason && failure.reason.remote !== undefined) {
    return `${failure.reason.remote.url}: ${failure.reason.remote.detail}`;
  }
  return failure.reason.type === 'threw' ? `${failure.reason.error.name}: ${failure.reason.error.message}` : null;
}
