/** A problem as a field shows it: an error outlines the field in red, anything less in amber. */
import type { Problem } from '../../model/problem.ts';
import type { FieldProps } from '../../ui/FieldFrame.tsx';
import { FixAction } from './FixAction.tsx';

export function fieldError(problem: Problem | undefined): Pick<FieldProps, 'error' | 'errorTone' | 'errorAction'> {
  return { error: problem?.message, errorTone: toneOf(problem), errorAction: <FixAction problem={problem} /> };
}

export function toneOf(problem: Problem | undefined): 'error' | 'warning' {
  return problem === undefined || problem.severity === 'error' ? 'error' : 'warning';
}
