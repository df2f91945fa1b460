/**
 * The undo history of a project: recorded edits and what reverses them, as a value.
 *
 * H1 `undo` after `record` gives back the same bytes; `redo` after `undo` likewise.
 * H2 steps recorded with one merge key in a row are one step, until an undo, a redo or another key comes between.
 * H3 at most `limit` steps are kept; the oldest go first.
 */
import { invertEdits, type Edit } from './edit.ts';
import type { Project } from './project.ts';

export interface HistoryStep {
  readonly label: string;
  readonly merge: string | null;
  readonly edits: readonly Edit[];
  readonly inverse: readonly Edit[];
}

export interface HistoryState {
  /** Oldest first. */
  readonly past: readonly HistoryStep[];
  /** The step to redo next comes last. */
  readonly future: readonly HistoryStep[];
  /** Whether the newest step may still take more edits of its merge key. */
  readonly open: boolean;
}

export const EMPTY_HISTORY: HistoryState = { past: [], future: [], open: false };
const STEP_LIMIT = 500;

/** Records edits about to be applied to `project` (its state before them). What could be redone is forgotten. */
export function record(
  state: HistoryState,
  project: Project,
  label: string,
  edits: readonly Edit[],
  options: { readonly merge?: string | null; readonly limit?: number } = {},
): HistoryState {
  if (edits.length === 0) {
    return state;
  }
  const merge = options.merge ?? null;
  const inverse = invertEdits(project, edits);
  const last = state.past.at(-1);
  if (state.open && merge !== null && last?.merge === merge) {
    const merged = { label: last.label, merge, edits: compose(last.edits, edits), inverse: compose(inverse, last.inverse) };
    return { past: [...state.past.slice(0, -1), merged], future: [], open: true };
  }
  const past = [...state.past, { label, merge, edits, inverse }].slice(-(options.limit ?? STEP_LIMIT));
  return { past, future: [], open: true };
}

export interface HistoryMove {
  readonly state: HistoryState;
  /** What to apply to the project now. */
  readonly edits: readonly Edit[];
  readonly label: string;
}

/** Null when there is nothing to undo. */
export function undo(state: HistoryState): HistoryMove | null {
  const step = state.past.at(-1);
  return step === undefined
    ? null
    : { state: { past: state.past.slice(0, -1), future: [...state.future, step], open: false }, edits: step.inverse, label: step.label };
}

/** Null when there is nothing to redo. */
export function redo(state: HistoryState): HistoryMove | null {
  const step = state.future.at(-1);
  return step === undefined
    ? null
    : { state: { past: [...state.past, step], future: state.future.slice(0, -1), open: false }, edits: step.edits, label: step.label };
}

/** One list that does what `first` and then `second` do; typing at one place stays one edit. */
function compose(first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  const list = [...first];
  for (const edit of second) {
    const last = list.at(-1);
    const joined = last === undefined ? null : join(last, edit);
    if (joined === null) {
      list.push(edit);
    } else {
      list[list.length - 1] = joined;
    }
  }
  return list;
}

/** Two text edits as one, where the second touches what the first inserted. */
function join(first: Edit, second: Edit): Edit | null {
  if (first.type !== 'text' || second.type !== 'text' || first.path !== second.path) {
    return null;
  }
  const end = first.from + first.insert.length;
  if (second.from > end || second.to < first.from) {
    return null;
  }
  // What of the second edit lies left and right of the text that the first one inserted.
  const left = Math.max(0, first.from - second.from);
  const right = Math.max(0, second.to - end);
  const kept = first.insert.slice(0, Math.max(0, second.from - first.from));
  const tail = first.insert.slice(Math.min(first.insert.length, Math.max(0, second.to - first.from)));
  return { type: 'text', path: first.path, from: first.from - left, to: first.to + right, insert: kept + second.insert + tail };
}
