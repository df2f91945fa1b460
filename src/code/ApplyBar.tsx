/** Says which code the run uses, what a change of it means for the run, and what kept new code from being used. */
import { CircleCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { useRun } from '../state/run-store.ts';
import { textFile } from '../model/project.ts';
import type { CodeChange } from '../protocol/code-change.ts';
import { dangerOf } from '../protocol/code-change.ts';
import type { CodeProblem } from '../sandbox/sandbox-api.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { applyCode, canTakeCode, useApply, type ApplyState } from './apply-code.ts';
import { ChangeList } from './ChangeList.tsx';
import { useEdited } from './edited-code.ts';
import { lineStart } from './line-start.ts';
import { pendingChanges } from './pending-changes.ts';
import styles from './ApplyBar.module.css';

export function ApplyBar() {
  const running = useRun(canTakeCode);
  const state = useApply((apply) => apply.state);
  const pending = usePending();
  if (!running) {
    return null;
  }
  const isHeld = state.type === 'held';
  return (
    <div className={`${styles.bar} ${isBrief(state, pending) ? styles.brief : ''}`} role="status">
      <ApplyText state={state} />
      <span className={styles.acts} title={isHeld ? undefined : 'Edits take effect in the run when you apply them.'}>
        {isHeld ? (
          <Button variant="quiet" size="small" onPress={() => useApply.getState().set({ type: 'none' })}>
            Not now
          </Button>
        ) : null}
        <Button
          variant={isHeld ? 'danger' : 'line'}
          size="small"
          isDisabled={state.type === 'applying'}
          onPress={() => void applyCode(isHeld)}
        >
          {isHeld ? (
            'Apply anyway'
          ) : (
            <>
              Apply <Kbd keys="Ctrl+S" />
            </>
          )}
        </Button>
      </span>
    </div>
  );
}

/** With at most a word to say it stands beside the place in the file: the room below is for code. */
function isBrief(state: ApplyState, pending: readonly CodeChange[]): boolean {
  switch (state.type) {
    case 'refused':
    case 'failed':
    case 'held':
      return false;
    case 'applied':
      return state.changes.length === 0 && pending.length === 0;
    default:
      return pending.length === 0;
  }
}

function ApplyText({ state }: { readonly state: ApplyState }) {
  switch (state.type) {
    case 'refused':
      return (
        <div className={styles.problems}>
          <span className={styles.lead}>The last good code runs on.</span>
          {state.problems.map((problem) => (
            <ProblemLine key={`${problem.path}:${problem.place?.line}:${problem.message}`} problem={problem} />
          ))}
        </div>
      );
    case 'failed':
      return <ErrorNote>{state.message}</ErrorNote>;
    case 'held':
      return (
        <div className={styles.problems}>
          <ErrorNote live>Not applied: the job would fail. The last good code runs on.</ErrorNote>
          <ChangeList changes={state.changes} label="What applying would change" />
        </div>
      );
    case 'applied':
      return <Applied changes={state.changes} />;
    default:
      return <Pending />;
  }
}

/** What was said of the applied code stays until the next edit that changes a spec, or until it is put away. */
function Applied({ changes }: { readonly changes: readonly CodeChange[] }) {
  const pending = usePending();
  const edited = useEdited();
  if (pending.length > 0) {
    return <Pending />;
  }
  if (edited && changes.length === 0) {
    return <Edited />;
  }
  return (
    <div className={styles.problems}>
      <span className={styles.applied}>
        <CircleCheck aria-hidden="true" />
        <span title="Used from the next invocation on, state kept.">
          Applied<span className={styles.more}>: used from the next invocation on, state kept.</span>
        </span>
        {changes.length === 0 ? null : (
          <Button variant="link" onPress={() => useApply.getState().set({ type: 'applied', changes: [] })}>
            Hide
          </Button>
        )}
      </span>
      {changes.length === 0 ? null : <ChangeList changes={changes} label="What changed in the run" />}
    </div>
  );
}

/** While the code of the editor declares other functions or states than the code that runs. */
function Pending() {
  const changes = usePending();
  const edited = useEdited();
  const [open, setOpen] = useState(false);
  if (changes.length === 0) {
    return edited ? <Edited /> : null;
  }
  const fails = changes.some((change) => dangerOf(change) === 'fails-now');
  const count = changes.length === 1 ? 'one function or state' : `${changes.length} functions or states`;
  return (
    <div className={styles.problems}>
      <span className={styles.lead}>
        {fails ? 'Applying may fail the job: it changes ' : 'Applying changes '}
        {count}.
        <Button variant="link" aria-expanded={open} onPress={() => setOpen(!open)}>
          {open ? 'Hide' : 'What happens'}
        </Button>
      </span>
      {open ? <ChangeList changes={changes} label="What applying would change" /> : null}
    </div>
  );
}

function Edited() {
  return (
    <span className={styles.lead} title="The run goes on with the code from before the last edits.">
      Edited
    </span>
  );
}

function usePending(): readonly CodeChange[] {
  const report = useRun((state) => state.status?.report ?? null);
  const facts = useDocument((state) => state.facts);
  return useMemo(() => (report === null ? [] : pendingChanges(report, facts)), [report, facts]);
}

function ProblemLine({ problem }: { readonly problem: CodeProblem }) {
  const { place } = problem;
  const open = () => {
    const text = textFile(useDocument.getState().project, problem.path);
    if (text !== null && place !== null) {
      const from = Math.min(text.length, lineStart(text, place.line) + place.column - 1);
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
