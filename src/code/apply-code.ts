/** What Ctrl+S does: edits are on their way to storage already; with a run, the code is used from the next invocation on. */
import { create } from 'zustand';
import type { CodeChange } from '../protocol/code-change.ts';
import { runActions } from '../state/run-controller.ts';
import { useRun } from '../state/run-store.ts';
import type { CodeProblem } from '../sandbox/sandbox-api.ts';
import type { RunStatus } from '../worker/contract.ts';

export type ApplyState =
  | { readonly type: 'none' }
  | { readonly type: 'applying' }
  | { readonly type: 'applied'; readonly changes: readonly CodeChange[] }
  /** The job would fail over these changes: waits for the user to apply anyway, or to think again. */
  | { readonly type: 'held'; readonly changes: readonly CodeChange[] }
  | { readonly type: 'refused'; readonly problems: readonly CodeProblem[] }
  | { readonly type: 'failed'; readonly message: string };

export const useApply = create<{ readonly state: ApplyState; set(state: ApplyState): void }>()((set) => ({
  state: { type: 'none' },
  set: (state) => set({ state }),
}));

/** A run that can only be read takes no code, and the run bar says why. */
export function canTakeCode({ status }: { readonly status: RunStatus | null }): boolean {
  return status !== null && status.phase !== 'read-only';
}

/** Resolves when the code is in use, or it is said why the last good code runs on. `agreed`: also if the job fails over it. */
export async function applyCode(agreed = false): Promise<void> {
  const { set } = useApply.getState();
  if (!canTakeCode(useRun.getState())) {
    set({ type: 'none' });
    return;
  }
  set({ type: 'applying' });
  const answer = await runActions.applyCode(agreed);
  if (!answer.ok) {
    set({ type: 'failed', message: answer.error.message });
  } else if (answer.value.applied) {
    set({ type: 'applied', changes: answer.value.changes });
  } else if (answer.value.held) {
    set({ type: 'held', changes: answer.value.changes });
  } else {
    set({ type: 'refused', problems: answer.value.report.problems });
  }
}
