/** The run stands at a failure: which message, which address, which line, and the ways on. */
import { CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useState } from 'react';
import { runActions } from '../../state/run-controller.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import { latestProjection, useRun } from '../../state/run-store.ts';
import type { PausedFailure } from '../../runtime/engine-api.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import type { RunStatus } from '../../worker/contract.ts';
import { openPlace } from './code-places.ts';
import { EndName } from './EndName.tsx';
import { mendPlace } from './failure-place.ts';
import type { MendPlace } from './failure-place.ts';
import { engineWould, failureWords } from './failure-words.ts';
import type { FailureWords } from './failure-words.ts';
import { formatUnits } from './format-count.ts';
import { PlaceLink } from './PlaceLink.tsx';
import { retryFailure } from './retry-failure.ts';
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
  const words = failureWords(failure.failure);
  const mend = useMemo(() => mendPlace(status, facts, words), [status, facts, words]);
  const message = messageOf(status, failure);
  return (
    <section className={styles.banner} aria-label="Failure">
      <div className={styles.what} role="alert">
        <CircleX className={styles.icon} aria-hidden="true" />
        <div className={styles.text}>
          <p className={styles.title}>
            <strong>{words.title}</strong>
            <Where failure={failure} index={status.error?.messageIndex ?? null} />
            {mend?.type === 'line' ? <PlaceLink place={mend.place} /> : null}
            <span className={styles.faint}>{formatClock(failure.at, startAt)}</span>
          </p>
          {message === null ? null : <p className={styles.error}>{message}</p>}
          <p className={styles.words}>
            {words.what} {words.todo}
          </p>
        </div>
      </div>
      <div className={styles.choices}>
        <MendChoice key={`${failure.at}:${failure.call}`} words={words} mend={mend} failure={failure} />
        <Choice explanation={engineWould(failure.failure, status.settings, latestProjection()?.checkpoint?.id ?? null)}>
          <Button variant="line" onPress={() => void runActions.decide('as-engine')}>
            Continue as the engine would
          </Button>
        </Choice>
        {isOfJobItself(failure) ? null : (
          <Choice explanation={`Goes on without ${subject(failure)}.`} mark={<Badge tone="warn">an act StateFun does not have</Badge>}>
            <Button variant="line" onPress={() => void runActions.decide('drop')}>
              {failure.record !== null && failure.messages.length === 0
                ? 'Drop the record'
                : failure.messages.length > 1
                  ? 'Drop the batch'
                  : 'Drop the message'}
            </Button>
          </Choice>
        )}
      </div>
    </section>
  );
}

/** A failure that no message and no record stands for: there is nothing to leave out. */
function isOfJobItself({ address, record }: PausedFailure): boolean {
  return address === null && record === null;
}

function MendChoice({ words, mend, failure }: { readonly words: FailureWords; readonly mend: MendPlace; readonly failure: PausedFailure }) {
  if (words.place === 'record' || words.place === 'none') {
    return null;
  }
  if (words.place === 'module') {
    return (
      <Choice explanation="module.yaml takes effect when the run starts over: Reset begins again with empty state.">
        <Button variant="primary" onPress={() => openMend(mend)}>
          Open module.yaml
        </Button>
        <Button variant="line" onPress={() => void runActions.reset()}>
          Reset
        </Button>
      </Choice>
    );
  }
  return <CodeChoice mend={mend} failure={failure} />;
}

/** After *Mend and go on* the first code that is applied is tried at once; else the choice stays with the user. */
function CodeChoice({ mend, failure }: { readonly mend: MendPlace; readonly failure: PausedFailure }) {
  const code = useRun((run) => run.status?.code ?? null);
  const [failedCode] = useState(code);
  const [mending, setMending] = useState(false);
  const applied = code !== failedCode;
  useEffect(() => {
    if (mending && applied) {
      void runActions.decide('retry');
    }
  }, [mending, applied]);
  return (
    <Choice explanation={codeExplanation(subject(failure), mend !== null, mending, applied)}>
      {mend === null ? null : (
        <Button
          variant={applied ? 'line' : 'primary'}
          onPress={() => {
            setMending(!applied);
            openMend(mend);
          }}
        >
          Mend and go on
        </Button>
      )}
      <Button variant={applied ? 'primary' : 'line'} onPress={() => void retryFailure()}>
        Retry now
      </Button>
    </Choice>
  );
}

function codeExplanation(what: string, canOpen: boolean, mending: boolean, applied: boolean): string {
  if (applied) {
    return `New code is applied. Retry now sends ${what} again, with the state of before.`;
  }
  if (mending) {
    return `Correct the code and press Ctrl+S: ${what} will be sent again at once.`;
  }
  return `${canOpen ? 'Opens the code; with' : 'With'} Ctrl+S the corrected code is applied. Retry now sends ${what} again, with the code of now and the state of before.`;
}

function Choice({
  explanation,
  mark,
  children,
}: {
  readonly explanation: string;
  readonly mark?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.choice}>
      <div className={styles.buttons}>
        {children}
        {mark}
      </div>
      <p className={styles.explanation}>{explanation}</p>
    </div>
  );
}

function Where({ failure, index }: { readonly failure: PausedFailure; readonly index: number | null }) {
  const { address, messages, record, call } = failure;
  return (
    <span className={styles.where}>
      {messages.length === 0 ? null : <span>{messagesWords(messages, index)} at</span>}
      {address === null ? null : <EndName end={{ kind: 'function', name: address.typename, id: address.id }} />}
      {call === null ? null : <span className={styles.faint}>call {call}</span>}
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
  return failure.reason.type === 'threw' ? `${failure.reason.error.name}: ${failure.reason.error.message}` : null;
}

function subject(failure: PausedFailure): string {
  if (failure.messages.length > 1) {
    return `these ${failure.messages.length} messages`;
  }
  return failure.messages.length === 1 || failure.record === null ? 'this message' : 'this record';
}

function openMend(mend: MendPlace): void {
  switch (mend?.type) {
    case 'line':
      openPlace(mend.place);
      return;
    case 'function':
      useView.getState().openFile(mend.path, { from: mend.from, to: mend.to });
      return;
    case 'module':
      useView.getState().setView('module');
      return;
    case undefined:
      return;
  }
}
