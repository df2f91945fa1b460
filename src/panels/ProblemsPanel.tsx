/** Everything that is wrong, where it is, and what can be done about it with one click. */
import { CircleX, Info, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { nodeName } from '../model/graph-ids.ts';
import type { Problem, Severity } from '../model/problem.ts';
import type { Project } from '../model/project.ts';
import { MODULE_YAML, textFile } from '../model/project.ts';
import { useAllProblems } from '../state/all-problems.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './ProblemsPanel.module.css';

const ICONS = { error: CircleX, warning: TriangleAlert, info: Info } as const;
const WORDS: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning', info: 'Note' };
const MOMENTS = {
  load: 'StateFun refuses the module when it loads',
  start: 'the job does not start',
  call: 'fails at the first message',
} as const;

function projectNow(): Project {
  return useDocument.getState().project;
}

export function ProblemsPanel() {
  const problems = useAllProblems();
  const readOnly = useDocument((state) => state.save === 'read-only');
  // Places are those of the texts that the problems were found in.
  const project = useMemo(() => (problems.length === 0 ? null : projectNow()), [problems]);
  if (problems.length === 0 || project === null) {
    return <EmptyState>No problems found in module.yaml, the code or the settings.</EmptyState>;
  }
  return (
    <ul className={styles.list} aria-label="Problems">
      {problems.map((problem, index) => (
        // Problems have no identity but their place in the list.
        // oxlint-disable-next-line react/no-array-index-key
        <ProblemRow key={index} problem={problem} project={project} readOnly={readOnly} />
      ))}
    </ul>
  );
}

function ProblemRow({ problem, project, readOnly }: { readonly problem: Problem; readonly project: Project; readonly readOnly: boolean }) {
  const Icon = ICONS[problem.severity];
  const { fix } = problem;
  return (
    <li className={styles.row}>
      <button type="button" className={styles.open} onClick={() => showProblem(problem)}>
        <Icon className={styles[problem.severity]} aria-hidden="true" />
        <span className={styles.text}>
          <span className={styles.message}>
            <span className={styles.hidden}>{WORDS[problem.severity]}: </span>
            {problem.message}
          </span>
          <span className={styles.place}>{placeOf(problem, project)}</span>
        </span>
      </button>
      {fix === undefined || readOnly ? null : (
        <Button variant="link" aria-label={`Fix: ${fix.label}`} onPress={() => useDocument.getState().edit(fix.label, fix.edits)}>
          Fix
        </Button>
      )}
    </li>
  );
}

function placeOf(problem: Problem, project: Project): string {
  const text = problem.path === undefined ? null : textFile(project, problem.path);
  const line = text === null || problem.range === undefined ? null : text.slice(0, problem.range.from).split('\n').length;
  const parts = [
    problem.node === undefined ? null : nodeName(problem.node),
    problem.path === undefined ? null : line === null ? problem.path : `${problem.path} line ${line}`,
    problem.moment === undefined ? null : MOMENTS[problem.moment],
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Selects the item and shows the text, in the view that fits. */
export function showProblem(problem: Problem): void {
  const view = useView.getState();
  if (problem.node !== undefined) {
    view.select([problem.node]);
  }
  if (problem.path === undefined || problem.range === undefined) {
    // An item that no text names is only on the canvas, with what can be done about it beside it.
    if (problem.node !== undefined && !view.split) {
      view.setView('canvas');
    }
    return;
  }
  if (problem.path === MODULE_YAML) {
    view.revealInModule(problem.range);
  } else {
    view.openFile(problem.path, problem.range);
  }
}
