/** Applies the code of now and, if it loads, sends what failed again. */
import { runActions } from '../../state/run-controller.ts';
import { useRun } from '../../state/run-store.ts';

export async function retryFailure(): Promise<void> {
  const applied = await runActions.applyCode(false);
  if (!applied.ok) {
    return;
  }
  const problem = applied.value.report.problems[0];
  if (!applied.value.applied && problem !== undefined) {
    const where = problem.place === null ? { message: `${problem.path}: ` } : { message: '', place: problem.place };
    useRun.getState().setError({
      code: 'cannot-start',
      ...where,
      message: `${where.message}${problem.message} The code does not load: correct it, then retry.`,
    });
    return;
  }
  if (applied.value.held) {
    const message =
      'The code changes a state or a function in a way that makes the job fail. Apply it in the code view, which says what happens, or change it back.';
    useRun.getState().setError({ code: 'cannot-start', message });
    return;
  }
  await runActions.decide('retry');
}
