/** Says which code the run uses, and what kept new code from being used. */
import { CircleCheck } from 'lucide-react';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { useRun } from '../state/run-store.ts';
import { textFile } from '../model/project.ts';
import type { CodeProblem } from '../sandbox/sandbox-api.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { applyCode, useApply } from './apply-code.ts';
import styles from './ApplyBar.module.css';

export function ApplyBar() {
  const running = useRun((state) => state.status !== null);
  const state = useApply((apply) => apply.state);
  if (!running) {
    return null;
  }
  return (
    <div className={styles.bar} role="status">
      {state.type === 'refused' ? (
        <div className={styles.problems}>
          <span className={styles.lead}>The last good code runs on.</span>
          {state.problems.map((problem) => (
            <ProblemLine key={`${problem.path}:${problem.place?.line}:${problem.message}`} problem={problem} />
          ))}
        </div>
      ) : state.type === 'failed' ? (
        <ErrorNote>{state.message}</ErrorNote>
      ) : state.type === 'applied' ? (
        <span className={styles.applied}>
          <CircleCheck aria-hidden="true" /> Applied: used from the next invocation on, state kept.
        </span>
      ) : (
        <span className={styles.hint}>Edits take effect in the run when you apply them.</span>
      )}
      <Button variant="line" size="small" isDisabled={state.type === 'applying'} onPress={() => void applyCode()}>
        Apply <Kbd keys="Ctrl+S" />
      </Button>
    </div>
  );
}

function ProblemLine({ problem }: { readonly problem: CodeProblem }) {
  const { place } = problem;
  const open = () => {
    const text = textFile(useDocument.getState().project, problem.path);
    if (text !== null && place !== null) {
      const from = offsetOf(text, place.line, place.column);
      useView.getState().openFile(problem.path, { from, to: from });
    }
  };
  return (
    <ErrorNote
      live
      tone={problem.code === 'no-spec' ? 'warning' : 'error'}
      action={
        place === null ? undefined : (
          <Button variant="link" onPress={open}>
            {problem.path}:{place.line}
          </Button>
        )
      }
    >
      {problem.message}
    </ErrorNote>
  );
}

/** Character offset of a one-based line and column. */
function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let skipped = 1; skipped < line; skipped += 1) {
    const next = text.indexOf('\n', at);
    if (next === -1) {
      break;
    }
    at = next + 1;
  }
  return Math.min(text.length, at + column - 1);
}
