/** What a run has to say beside its controls: why something was refused, and remarks about its code, each with a way to its line. */
import { X } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useRun } from '../../state/run-store.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import type { CodeProblem } from '../../sandbox/sandbox-api.ts';
import type { RunStatus } from '../../worker/contract.ts';
import { remarksOf } from '../../worker/fatal-problem.ts';
import { PlaceLink } from './PlaceLink.tsx';
import styles from './RunBar.module.css';

export function RunNotes({ status }: { readonly status: RunStatus }) {
  const error = useRun((run) => run.error);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  // An error is about what was asked for last: it stands alone until it is read.
  if (error !== null) {
    return (
      <Note tone="error" onDismiss={() => useRun.getState().setError(null)}>
        {error.place === undefined ? null : <PlaceLink place={error.place} />} {error.message}
      </Note>
    );
  }
  return (
    <>
      {status.notice === null ? null : <Note tone="warning">{status.notice}</Note>}
      {remarksOf(status.report)
        .filter((remark) => !dismissed.has(keyOf(remark, status)))
        .map((remark) => (
          <Note key={keyOf(remark, status)} tone="warning" onDismiss={() => setDismissed(new Set([...dismissed, keyOf(remark, status)]))}>
            {remark.place === null ? `${remark.path}:` : <PlaceLink place={remark.place} />} {remark.message}
          </Note>
        ))}
    </>
  );
}

/** The same remark about other code is another one. */
function keyOf({ path, place, message }: CodeProblem, { run, code }: RunStatus): string {
  return `${run} ${code} ${path}:${place?.line}: ${message}`;
}

interface NoteProps {
  readonly tone: 'error' | 'warning';
  /** Absent where it says what goes on saying so. */
  readonly onDismiss?: () => void;
  readonly children: ReactNode;
}

function Note({ tone, onDismiss, children }: NoteProps) {
  return (
    <div className={styles.notice}>
      <ErrorNote live tone={tone}>
        {children}
      </ErrorNote>
      {onDismiss === undefined ? null : <IconButton size="small" label="Dismiss" icon={<X />} onPress={onDismiss} />}
    </div>
  );
}
