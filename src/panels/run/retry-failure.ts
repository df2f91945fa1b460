/** Applies the code of now and, if it loads, sends what failed again. */
import { runActions } from '../../state/run-controller.ts';
import { useRun } from '../../state/run-store.ts';

export async function retryFailure(): Promise<void> {
  const applied = await runActions.applyCode();
  if (!applied.ok) {
    return;
  }
  const problem = applied.value.report.problems[0];
  if (!applied.value.applied && problem !== undefined) {
    const place = problem.place === null ? problem.path : `${problem.path}:${problem.place.line}`;
    useRun
      .getState()
      .setError({ code: 'cannot-start', message: `The code does not load: ${place}: ${problem.message} Correct it, then retry.` });
    return;
  }
  await runActions.decide('retry');
}
