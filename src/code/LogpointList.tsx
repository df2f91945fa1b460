/** The logpoints of the project: go to one, hold it for a while, remove it. Not there while there is none. */
import { ChevronDown, Eye, EyeOff, MessageSquareDot, TriangleAlert, X } from 'lucide-react';
import { textFile } from '../model/project.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { useLogpoints } from '../state/logpoints-store.ts';
import { cancelObserving, observeEvent, printNewest, showPrinted, useObserving } from '../state/observing-store.ts';
import { useRun } from '../state/run-store.ts';
import { useShownFunction } from '../state/shown-function.ts';
import type { StoredLogpoint } from '../state/logpoints-store.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { lineStart } from './line-start.ts';
import styles from './CodeSide.module.css';

export function LogpointList() {
  const logpoints = useLogpoints((state) => state.logpoints);
  return logpoints.length === 0 ? null : (
    <section className={styles.part} aria-label="Logpoints">
      <header className={styles.headRow}>
        <h2 className={styles.head}>Logpoints</h2>
        <ObserveMenu />
      </header>
      <Observing />
      <ul className={styles.entries}>
        {logpoints.map((logpoint) => (
          <LogpointRow key={logpoint.id} logpoint={logpoint} />
        ))}
      </ul>
    </section>
  );
}

const NEWEST = [20, 200, 2000];

/** Logpoints may be added to a run that has already happened. */
function ObserveMenu() {
  const { fact } = useShownFunction();
  const running = useRun((state) => state.status !== null);
  const selected = useRun((state) => state.selectedEvent);
  const busy = useObserving((state) => state.progress !== null);
  if (!running || busy) {
    return null;
  }
  const observe = (id: string) => {
    if (id === 'selected' && selected !== null) {
      showPrinted();
      void observeEvent(selected);
    } else if (fact !== null) {
      void printNewest(fact.typename, Number(id));
    }
  };
  const name = fact === null ? 'the function' : fact.typename.slice(fact.typename.lastIndexOf('/') + 1);
  return (
    <Menu
      label="Print for calls of the run"
      placement="bottom end"
      entries={[
        { id: 'selected', label: 'The selected message’s call', isDisabled: selected === null },
        ...NEWEST.map((count) => ({ id: String(count), label: `The newest ${count} calls of ${name}`, isDisabled: fact === null })),
      ]}
      onAction={observe}
    >
      <Button size="small">
        Print for the run <ChevronDown aria-hidden="true" />
      </Button>
    </Menu>
  );
}

function Observing() {
  const { progress, outcome } = useObserving();
  const running = useRun((state) => state.status !== null);
  if (progress !== null) {
    return (
      <div className={styles.progress} role="status">
        <progress max={Math.max(1, progress.total)} value={progress.done} aria-label="Calls observed" />
        <span>
          {progress.done} of {progress.total}
        </span>
        <Button variant="link" onPress={cancelObserving}>
          Cancel
        </Button>
      </div>
    );
  }
  const words =
    outcome ??
    (running ? 'The run’s calls so far have not printed: “Print for the run” executes them once more, for the logpoints alone.' : null);
  return words === null ? null : (
    <p className={styles.outcome} role="status">
      {words}
    </p>
  );
}

function LogpointRow({ logpoint }: { readonly logpoint: StoredLogpoint }) {
  const { id, path, line, expression, enabled, problem } = logpoint;
  const place = `${path.slice(path.lastIndexOf('/') + 1)}:${line}`;
  const open = () => {
    const text = textFile(useDocument.getState().project, path);
    const at = text === null ? 0 : lineStart(text, line);
    useView.getState().openFile(path, { from: at, to: at });
  };
  return (
    <li className={`${styles.row} ${enabled ? '' : styles.off}`}>
      <button
        type="button"
        className={`${styles.entry} ${styles.tall}`}
        title={`${place}: ${expression}${problem === null ? '' : `\n${problem}`}`}
        onClick={open}
      >
        {problem === null ? <MessageSquareDot aria-hidden="true" /> : <TriangleAlert className={styles.warning} aria-hidden="true" />}
        <span className={`${styles.entryName} ${styles.mono}`}>{expression}</span>
        <span className={styles.entryNote}>{place}</span>
      </button>
      <IconButton
        size="small"
        label={`${enabled ? 'Hold' : 'Use'} the logpoint at ${place}`}
        pressed={!enabled}
        icon={enabled ? <Eye /> : <EyeOff />}
        onPress={() => useLogpoints.getState().toggle(id)}
      />
      <IconButton size="small" label={`Remove the logpoint at ${place}`} icon={<X />} onPress={() => useLogpoints.getState().remove(id)} />
    </li>
  );
}
