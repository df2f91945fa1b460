/** The trials of this function since the project was opened: a click puts one back, Compare sets two side by side. */
import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { restoreRun } from './bench-session.ts';
import type { BenchRun, FunctionBench } from './bench-session.ts';
import { CompareDialog } from './CompareDialog.tsx';
import { formatReal } from './real-time-text.ts';
import { runName, runWords } from './run-words.ts';
import { useTypeNames } from './type-names.ts';
import styles from './Bench.module.css';

export function EarlierRuns({ bench }: { readonly bench: FunctionBench }) {
  const [comparing, setComparing] = useState(false);
  const { runs, shown, draft } = bench;
  return (
    <section className={styles.earlier} aria-label="Earlier runs">
      <header className={styles.earlierHead}>
        <h3 className={styles.sectionTitle}>Earlier runs</h3>
        {runs.length > 1 ? (
          <Button variant="link" onPress={() => setComparing(true)}>
            Compare
          </Button>
        ) : null}
      </header>
      <ul className={styles.runs}>
        {runs.map((run) => (
          <li key={run.id}>
            <RunRow run={run} current={run.id === shown?.id} onPress={() => restoreRun(draft.typename, run)} />
          </li>
        ))}
      </ul>
      {comparing ? <CompareDialog runs={runs} onClose={() => setComparing(false)} /> : null}
    </section>
  );
}

function RunRow({ run, current, onPress }: { readonly run: BenchRun; readonly current: boolean; readonly onPress: () => void }) {
  const ok = run.result.outcome.type === 'completed';
  const words = runWords(run);
  const nameOf = useTypeNames();
  return (
    <button type="button" className={styles.run} aria-current={current} title={words} onClick={onPress}>
      {ok ? <CircleCheck className={styles.ok} aria-label="completed" /> : <CircleX className={styles.bad} aria-label="did not complete" />}
      <span className={styles.runName}>{runName(run, nameOf)}</span>
      <span className={styles.runWords}>{words}</span>
      <span className={styles.took}>{formatReal(run.result.realMillis)}</span>
    </button>
  );
}
