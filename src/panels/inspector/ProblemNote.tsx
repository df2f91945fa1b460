/** A problem of a list or a pair of fields, below it. */
import type { Problem } from '../../model/problem.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { toneOf } from './field-error.tsx';
import { FixAction } from './FixAction.tsx';

export function ProblemNote({ problem }: { readonly problem: Problem | undefined }) {
  return problem === undefined ? null : (
    <ErrorNote tone={toneOf(problem)} action={<FixAction problem={problem} />}>
      {problem.message}
    </ErrorNote>
  );
}
