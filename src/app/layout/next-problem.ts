/** F8: one problem after the other, each shown where it is. */
import { showProblem } from '../slots.tsx';
import { allProblems } from '../../state/all-problems.ts';
import { useView } from '../../state/document-store.ts';
import type { Problem } from '../../model/problem.ts';

let last: Problem | null = null;

export function nextProblem(): void {
  const problems = allProblems();
  const at = last === null ? -1 : placeOf(problems, last);
  const problem = problems[(at + 1) % problems.length];
  if (problem === undefined) {
    return;
  }
  last = problem;
  useView.getState().setDock(true, 'problems');
  showProblem(problem);
}

/** The same one, or what became of it when the text before it changed. */
function placeOf(problems: readonly Problem[], shown: Problem): number {
  const isAlike = (problem: Problem) => problem.code === shown.code && problem.message === shown.message && problem.path === shown.path;
  const same = problems.findIndex((problem) => isAlike(problem) && problem.range?.from === shown.range?.from);
  return same === -1 ? problems.findIndex(isAlike) : same;
}
