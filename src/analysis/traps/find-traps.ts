import type { Problem } from '../../model/problem.ts';
import { STEP_LIMIT } from '../evaluate.ts';
import type { CodeProblemCode } from '../problem-codes.ts';
import { floatingPromise } from './floating-promise.ts';
import { lostStateChange } from './lost-state-change.ts';
import { moduleState } from './module-state.ts';
import type { Trap, TrapInput } from './trap.ts';

const TRAPS = [lostStateChange, moduleState, floatingPromise] as const satisfies readonly Trap[];

/** What runs and does not do what it looks like. Each place is told once, however it is reached; nothing is said of code too large to read. */
export function findTraps(input: TrapInput): readonly Problem<CodeProblemCode>[] {
  const problems = new Map<string, Problem<CodeProblemCode>>();
  for (const trap of TRAPS) {
    input.program.steps = STEP_LIMIT;
    const found = trap(input);
    if (input.program.steps >= 0) {
      found.forEach((problem) => problems.set(`${problem.code}:${problem.path}:${problem.range?.from}`, problem));
    }
  }
  return [...problems.values()];
}
