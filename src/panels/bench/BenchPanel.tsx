/**
 * Try one function alone: message, caller, state before and time go in; state after, sends, timers, records and logs come out. Nothing of
 * it reaches a run. Ctrl+Enter inside runs it.
 */
import { Mail, Play, Square } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { Typename } from '../../base/ids.ts';
import { workerClient } from '../../state/client.ts';
import { useBench } from '../../state/bench-store.ts';
import { useDocument } from '../../state/document-controller.ts';
import { useRun } from '../../state/run-store.ts';
import { activeLogpoints, useLogpoints } from '../../state/logpoints-store.ts';
import { useShownFunction } from '../../state/shown-function.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { KindChip } from '../../ui/KindChip.tsx';
import { Select } from '../../ui/Select.tsx';
import { LoadingLine } from '../run/PanelFrame.tsx';
import { beginDraft } from './bench-acts.ts';
import { cancelTrial, keepDrafts, loadRecorded, runTrial, useBenchSession } from './bench-session.ts';
import { EarlierRuns } from './EarlierRuns.tsx';
import { FuzzSection } from './FuzzSection.tsx';
import { InputForm } from './InputForm.tsx';
import { ResultView } from './ResultView.tsx';
import styles from './Bench.module.css';

export function BenchPanel() {
  const { fact, choices } = useShownFunction();
  const none = useDocument((state) => state.facts.functions.length === 0);
  useWarmSandbox();
  useKeptDrafts();
  if (fact === null) {
    return (
      <EmptyState>
        {none ? 'There is no function to try yet. Write one' : 'This file defines no function to try. Open one that does'}, or press “Write
        it” on a function of the canvas for a typed skeleton.
      </EmptyState>
    );
  }
  return <BenchOf key={fact.typename} typename={fact.typename} choices={choices} />;
}

/** A sandbox with the code of now stands ready while the bench is on the screen. */
function useWarmSandbox(): void {
  const logpoints = useLogpoints((state) => state.logpoints);
  const project = useDocument((state) => state.id);
  useEffect(() => {
    if (project !== null) {
      void workerClient().ask('warm-bench', { open: true, logpoints: activeLogpoints(logpoints) });
    }
  }, [logpoints, project]);
  useEffect(
    () => () => {
      void workerClient().ask('warm-bench', { open: false, logpoints: [] });
    },
    [],
  );
}

/** The last words before the page goes are kept too. */
function useKeptDrafts(): void {
  useEffect(() => {
    const keep = () => keepDrafts();
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, []);
}

function BenchOf({ typename, choices }: { readonly typename: Typename; readonly choices: readonly Typename[] }) {
  const subject = useBench((state) => state.subject);
  const bench = useBenchSession((state) => state.benches.get(typename) ?? null);
  const loading = useBenchSession((state) => state.loading?.typename === typename);
  const facts = useDocument((state) => state.facts);
  const root = useRef<HTMLDivElement>(null);
  // The states that the code declares are fields of the draft: they follow the typing.
  useEffect(() => void beginDraft(typename, facts), [typename, facts]);
  const ticket = subject?.typename === typename ? subject.ticket : 0;
  const seq = subject?.typename === typename ? subject.seq : null;
  useEffect(() => {
    if (ticket === 0 || seen.has(ticket)) {
      return;
    }
    seen.add(ticket);
    if (seq !== null) {
      void loadRecorded(typename, seq);
    }
    root.current?.querySelector<HTMLElement>('textarea, input')?.focus();
  }, [ticket, seq, typename]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      void runTrial(typename);
    }
  };
  return (
    // The keys of the form as a whole: what has the focus inside does not matter.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={root} className={styles.bench} onKeyDown={onKeyDown} data-own-keys="Ctrl+Enter">
      <Head typename={typename} />
      {loading ? <LoadingLine /> : null}
      {bench === null ? (
        <LoadingLine />
      ) : (
        <div className={styles.body}>
          {choices.length > 1 ? <FunctionChoice typename={typename} choices={choices} /> : null}
          <InputForm bench={bench} />
          {bench.error === null ? null : <ErrorNote live>{bench.error}</ErrorNote>}
          {bench.shown === null ? null : <ResultView key={bench.shown.id} run={bench.shown} changed={bench.shown.draft !== bench.draft} />}
          <FuzzSection draft={bench.draft} />
        </div>
      )}
      {bench === null || bench.runs.length === 0 ? null : <EarlierRuns bench={bench} />}
    </div>
  );
}

/** Openings that were acted on: coming back to the bench must not load the recorded call again over what was edited. */
const seen = new Set<number>();

function Head({ typename }: { readonly typename: Typename }) {
  const running = useBenchSession((state) => state.running?.typename === typename);
  const message = useRun((state) => state.selectedEvent);
  return (
    <header className={styles.head}>
      <KindChip kind="function" />
      <h2 className={styles.title} title={typename}>
        Try this function
      </h2>
      {message === null ? null : (
        <IconButton size="small" label="Show the selected message" icon={<Mail />} onPress={() => useBench.getState().show(false)} />
      )}
      {running ? (
        <Button variant="line" icon={<Square aria-hidden="true" />} onPress={cancelTrial}>
          Stop
        </Button>
      ) : (
        <Button variant="primary" icon={<Play aria-hidden="true" />} onPress={() => void runTrial(typename)}>
          Run <span className={styles.keys}>Ctrl Enter</span>
        </Button>
      )}
    </header>
  );
}

function FunctionChoice({ typename, choices }: { readonly typename: Typename; readonly choices: readonly Typename[] }) {
  return (
    <Select
      label="Function"
      mono
      items={choices.map((id) => ({ id, label: id }))}
      value={typename}
      onChange={(id) => useBench.getState().open(id)}
    />
  );
}
