/** One line on the canvas about the last act: what was refused and why, or what it did that the canvas does not show. */
import { create } from 'zustand';
import type { Problem } from '../model/problem.ts';
import { MODULE_YAML } from '../model/project.ts';
import { useView } from '../state/document-store.ts';

export interface Notice {
  readonly text: string;
  readonly tone?: 'error' | 'info';
  readonly action?: { readonly label: string; readonly run: () => void };
}

export const useNotice = create<{ readonly notice: Notice | null }>()(() => ({ notice: null }));

export function showNotice(notice: Notice | null): void {
  useNotice.setState({ notice });
}

/** The first problem of a refused act, with the way to its place; none takes an old notice away. */
export function showProblems(problems: readonly Problem[]): void {
  const [problem] = problems;
  if (problem === undefined) {
    showNotice(null);
    return;
  }
  const { path, range, message } = problem;
  const place = path === undefined || range === undefined ? null : { path, range };
  showNotice({
    text: message,
    tone: 'error',
    ...(place === null ? {} : { action: { label: 'Show it', run: () => reveal(place.path, place.range) } }),
  });
}

function reveal(path: NonNullable<Problem['path']>, range: NonNullable<Problem['range']>): void {
  const view = useView.getState();
  if (path === MODULE_YAML) {
    view.revealInModule(range);
  } else {
    view.openFile(path, range);
  }
}
