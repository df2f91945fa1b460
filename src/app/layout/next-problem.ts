/** F8: one problem after the other, each shown where it is. */
import { showProblem } from '../slots.tsx';
import { useDocument } from '../../state/document-controller.ts';
import { useView } from '../../state/document-store.ts';
import type { Problem } from '../../model/problem.ts';

let last: Problem | null = null;

export function nextProblem(): void {
  const { problems } = useDocument.getState();
  const at = last === null ? -1 : problems.findIndex((problem) => problem.code === last?.code && problem.message === last?.message);
  const problem = problems[(at + 1) % problems.length];
  if (problem === undefined) {
    return;
  }
  last = problem;
  useView.getState().setDock(true, 'problems');
  showProblem(problem);
}
