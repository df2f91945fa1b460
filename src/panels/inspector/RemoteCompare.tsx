/** Asks the server what the run's recorded calls asked code in the Studio, and shows the first answer that differs. */
import { useRef, useState } from 'react';
import { useView } from '../../state/document-store.ts';
import { runActions } from '../../state/run-controller.ts';
import { useRun } from '../../state/run-store.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import type { ComparedPart } from '../../worker/contract.ts';
import styles from './Inspector.module.css';

type Difference = NonNullable<ComparedPart['difference']>;

interface Progress {
  readonly state: 'running' | 'cancelled' | 'done' | 'failed';
  readonly compared: number;
  readonly skipped: number;
  /** From 0 to 1. */
  readonly part: number;
  readonly difference: Difference | null;
  readonly error: string | null;
}

const BEGIN: Progress = { state: 'running', compared: 0, skipped: 0, part: 0, difference: null, error: null };

export function RemoteCompare({ functions }: { readonly functions: string }) {
  const hasRun = useRun((state) => state.status !== null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const cancelled = useRef(false);
  const compare = async () => {
    cancelled.current = false;
    let now = BEGIN;
    let from = 0;
    setProgress(now);
    while (now.state === 'running') {
      const answer = await runActions.compareRecorded(functions, from);
      now = answer.ok ? after(now, answer.value, cancelled.current) : { ...now, state: 'failed', error: answer.error.message };
      from = answer.ok ? answer.value.next : from;
      setProgress(now);
    }
  };
  const cancel = () => {
    cancelled.current = true;
  };
  return (
    <div className={styles.compare}>
      <span className={styles.caption}>Compare</span>
      <p className={styles.note}>
        Sends the server what this run’s recorded calls asked the code in the Studio, and compares the answers. The run stays as it is. A
        whole scenario, both ways:{' '}
        <Button variant="link" onPress={() => useView.getState().setDock(true, 'scenarios')}>
          Scenarios
        </Button>
      </p>
      {progress?.state === 'running' ? (
        <Button variant="line" onPress={cancel}>
          Cancel
        </Button>
      ) : (
        <Button variant="line" isDisabled={!hasRun} onPress={() => void compare()}>
          Compare recorded calls
        </Button>
      )}
      {hasRun || progress !== null ? null : <p className={styles.note}>There is no run yet: simulate with the code in the Studio first.</p>}
      {progress === null ? null : <Outcome progress={progress} />}
    </div>
  );
}

function after(before: Progress, part: ComparedPart, isCancelled: boolean): Progress {
  const over = part.difference !== null || part.next >= part.of;
  return {
    state: over ? 'done' : isCancelled ? 'cancelled' : 'running',
    compared: before.compared + part.compared,
    skipped: before.skipped + part.skipped,
    part: part.of === 0 ? 1 : part.next / part.of,
    difference: part.difference,
    error: null,
  };
}

function Outcome({ progress }: { readonly progress: Progress }) {
  if (progress.error !== null) {
    return <ErrorNote live>{progress.error}</ErrorNote>;
  }
  if (progress.difference !== null) {
    return <Shown difference={progress.difference} compared={progress.compared} />;
  }
  return (
    <p className={styles.note} role="status">
      {progressWords(progress)}
    </p>
  );
}

function progressWords({ state, compared, skipped, part }: Progress): string {
  const told = compared === 1 ? '1 answer is the same' : `${compared} answers are the same`;
  const outside = skipped === 0 ? '' : ` Calls that a server answered in the run count for nothing: ${skipped}.`;
  switch (state) {
    case 'running':
      return `${told} so far, ${Math.floor(part * 100)} % of the run.`;
    case 'cancelled':
      return `Cancelled. Until then ${told}.`;
    case 'done':
    case 'failed':
      return compared === 0 ? `No recorded call of these functions was answered in the Studio.${outside}` : `All ${told}.${outside}`;
  }
}

function Shown({ difference, compared }: { readonly difference: Difference; readonly compared: number }) {
  const { typename, id, call, seq, part, left, right } = difference;
  const show = () => {
    useView.getState().setDock(true, 'messages');
    useRun.getState().selectEvent(seq);
  };
  return (
    <section className={styles.difference} aria-label="First difference">
      <p role="alert">
        <b>{`${compared === 1 ? 'The first answer' : `Answer ${compared}`} differs: ${part}`}</b>
      </p>
      <p>
        <code>{`${typename} / ${id}`}</code>, call {call}{' '}
        {seq === null ? null : (
          <Button variant="link" onPress={show}>
            Show the call
          </Button>
        )}
      </p>
      <dl>
        <dt>In the Studio</dt>
        <dd>
          <pre>{left.text}</pre>
          <Bytes bytes={left.bytes} />
        </dd>
        <dt>Server</dt>
        <dd>
          <pre>{right.text}</pre>
          <Bytes bytes={right.bytes} />
        </dd>
      </dl>
    </section>
  );
}

const SHOWN_BYTES = 16;

function Bytes({ bytes }: { readonly bytes: Uint8Array | null }) {
  if (bytes === null || bytes.length === 0) {
    return null;
  }
  const hex = [...bytes.subarray(0, SHOWN_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return <span className={styles.note}>{bytes.length > SHOWN_BYTES ? `${hex} … ${bytes.length} bytes` : hex}</span>;
}
