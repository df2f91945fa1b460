/** What Ctrl+S does: edits are on their way to storage already; with a run, the code is used from the next invocation on. */
import { create } from 'zustand';
import { runActions } from '../state/run-controller.ts';
import { useRun } from '../state/run-store.ts';
import type { CodeProblem } from '../sandbox/sandbox-api.ts';

export type ApplyState =
  | { readonly type: 'none' }
  | { readonly type: 'applying' }
  | { readonly type: 'applied' }
  | { readonly type: 'refused'; readonly problems: readonly CodeProblem[] }
  | { readonly type: 'failed'; readonly message: string };

export const useApply = create<{ readonly state: ApplyState; set(state: ApplyState): void }>()((set) => ({
  state: { type: 'none' },
  set: (state) => set({ state }),
}));

/** Resolves when the code is in use, or it is said why the last good code runs on. */
export async function applyCode(): Promise<void> {
  const { set } = useApply.getState();
  if (useRun.getState().status === null) {
    set({ type: 'none' });
    return;
  }
  set({ type: 'applying' });
  const answer = await runActions.applyCode();
  if (!answer.ok) {
    set({ type: 'failed', message: answer.error.message });
  } else if (answer.value.applied) {
    set({ type: 'applied' });
  } else {
    set({ type: 'refused', problems: answer.value.report.problems });
  }
}
