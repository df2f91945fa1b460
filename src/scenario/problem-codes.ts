/** What can be wrong with a scenario. Codes are stable; messages say what to write instead. */
import type { FilePath } from '../base/ids.ts';
import type { Problem, Severity, TextRange } from '../model/problem.ts';

export type ScenarioProblemCode =
  /** The text is not YAML, or more than one document. */
  | 'scenario-syntax'
  | 'scenario-unknown-key'
  | 'scenario-missing-key'
  /** Two keys that exclude each other, or one that needs another. */
  | 'scenario-key-conflict'
  | 'scenario-bad-value'
  /** A step that would have to go back in time. */
  | 'scenario-time-order'
  | 'scenario-bad-template'
  | 'scenario-unused-template'
  | 'scenario-unknown-topic'
  | 'scenario-unknown-egress'
  | 'scenario-unknown-function'
  | 'scenario-unknown-state'
  | 'scenario-unserved-functions'
  | 'scenario-bad-partition'
  | 'scenario-missing-file'
  | 'scenario-bad-file';

export type ScenarioProblem = Problem<ScenarioProblemCode>;

export function scenarioProblem(
  code: ScenarioProblemCode,
  message: string,
  path: FilePath,
  range: TextRange,
  severity: Severity = 'error',
): ScenarioProblem {
  return { code, severity, message, path, range };
}
