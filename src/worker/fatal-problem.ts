/** Which problems of code keep it from being used, and which are remarks beside a run. */
import type { CodeProblem, LoadReport } from '../sandbox/sandbox-api.ts';

/** A problem that keeps code from being used. `no-spec` only says that a file defines nothing, and a rejection what a call left behind. */
export function isFatal(problem: CodeProblem): boolean {
  return problem.code !== 'no-spec' && problem.code !== 'unhandled-rejection';
}

/** Rejections that nothing handled, and files that look like code but define no function. */
export function remarksOf(report: LoadReport): readonly CodeProblem[] {
  return report.problems.filter((problem) => !isFatal(problem));
}
