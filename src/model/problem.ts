import type { FilePath, NodeId } from '../base/ids.ts';
import type { Edit } from './edit.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Character offsets into a file's text, end exclusive. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Something a user has to know about a place in the project. `message` says what is wrong and what to do, in one line.
 * `code` is stable and kebab-case; each module that reports problems keeps its codes in one union and this type is open
 * to all of them.
 */
export interface Problem<Code extends string = string> {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly path?: FilePath;
  readonly range?: TextRange;
  /** The graph item it belongs to, so that node, outline and inspector can mark it. */
  readonly node?: NodeId;
  /** Which field of the item's spec, e.g. `['topics', 0, 'topic']`. */
  readonly field?: readonly (string | number)[];
  /** When production would notice (module-yaml.md §1). */
  readonly moment?: 'load' | 'start' | 'call';
  readonly fix?: { readonly label: string; readonly edits: readonly Edit[] };
}
