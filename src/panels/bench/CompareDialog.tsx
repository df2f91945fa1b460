/** Two trials of one function, line by line: what went in and what came out. */
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Select } from '../../ui/Select.tsx';
import { DiffCode } from '../run/ValueCode.tsx';
import type { BenchRun } from './bench-session.ts';
import { compareRuns } from './compare-runs.ts';
import { runName, runWords } from './run-words.ts';
import { useTypeNames } from './type-names.ts';
import { useBenchStart } from './use-bench-start.ts';
import styles from './Bench.module.css';

export function CompareDialog({ runs, onClose }: { readonly runs: readonly BenchRun[]; readonly onClose: () => void }) {
  const nameOf = useTypeNames();
  const startAt = useBenchStart();
  const [left, setLeft] = useState(String(runs[1]?.id ?? ''));
  const [right, setRight] = useState(String(runs[0]?.id ?? ''));
  const before = runs.find((run) => String(run.id) === left);
  const after = runs.find((run) => String(run.id) === right);
  const items = runs.map((run, index) => ({
    id: String(run.id),
    label: `${index === 0 ? 'Last run' : index === 1 ? 'The one before' : `${index + 1} runs ago`}: ${runName(run, nameOf)}`,
    description: runWords(run),
  }));
  const comparison = before === undefined || after === undefined ? null : compareRuns(before, after, startAt);
  return (
    <Dialog
      title="Compare two runs"
      isOpen
      onClose={onClose}
      size="large"
      footer={
        <Button variant="line" onPress={onClose}>
          Close
        </Button>
      }
    >
      <div className={styles.compare}>
        <div className={styles.pair}>
          <Select label="Before" items={items} value={left} onChange={setLeft} />
          <Select label="After" items={items} value={right} onChange={setRight} />
        </div>
        {comparison === null ? null : (
          <>
            {comparison.first === null ? (
              <ErrorNote tone="info">Both runs are the same, input and result.</ErrorNote>
            ) : (
              <p className={styles.first}>
                First difference: <code>{comparison.first}</code>
              </p>
            )}
            <DiffCode lines={comparison.lines} label="Differences" />
          </>
        )}
      </div>
    </Dialog>
  );
}
