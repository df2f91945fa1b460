/** Everything that can be wrong with a module.yaml, as codes: the closed union, and the one place where problems are made. */
import type { NodeId } from '../base/ids.ts';
import type { Edit } from '../model/edit.ts';
import type { Problem, Severity, TextRange } from '../model/problem.ts';
import { MODULE_YAML } from '../model/project.ts';

export type ModuleProblemCode =
  // The text
  | 'not-utf8'
  | 'yaml-syntax'
  | 'yaml-tab'
  | 'yaml-escape'
  | 'yaml-control-character'
  | 'yaml-directive'
  | 'yaml-byte-order-mark'
  | 'yaml-document-start'
  | 'yaml-key'
  | 'yaml-number'
  | 'yaml-alias'
  | 'yaml-merge-key'
  | 'yaml-duplicate-key'
  | 'yaml-typing'
  // Components
  | 'forgotten-separator'
  | 'not-a-component'
  | 'empty-spec'
  | 'unknown-kind'
  | 'playground-kind'
  | 'duplicate-name'
  | 'no-ingress'
  | 'no-endpoint'
  // The legacy form
  | 'legacy-version'
  | 'legacy-shape'
  | 'legacy-ignored'
  // Fields
  | 'missing-field'
  | 'unknown-field'
  | 'ignored-field'
  | 'null-field'
  | 'wrong-type'
  | 'bad-typename'
  | 'bad-pattern'
  | 'bad-choice'
  | 'bad-number'
  | 'bad-duration'
  | 'duration-unit'
  | 'bad-date'
  | 'bad-url'
  | 'bad-offset'
  | 'bad-region'
  | 'unlimited-batch'
  | 'timeout-order'
  | 'half-certificate'
  | 'missing-transaction-timeout'
  | 'long-transaction'
  | 'address-without-port'
  | 'offset-of-unread-topic'
  // The environment
  | 'absent-file'
  // Routing
  | 'no-routes'
  | 'duplicate-topic'
  | 'topic-read-twice'
  | 'no-targets'
  | 'duplicate-target'
  | 'bare-value-type'
  | 'targets-not-a-list'
  | 'wildcard-target'
  | 'target-not-served'
  | 'two-patterns'
  // Properties
  | 'properties-not-a-list'
  | 'bad-property'
  // Edits
  | 'no-such-component'
  | 'no-such-place'
  | 'no-minimal-edit';

export type ModuleProblem = Problem<ModuleProblemCode>;

export interface ProblemPlace {
  readonly range?: TextRange | undefined;
  readonly node?: NodeId | undefined;
  readonly field?: readonly (string | number)[] | undefined;
  readonly moment?: 'load' | 'start' | 'call' | undefined;
  readonly fix?: { readonly label: string; readonly edits: readonly Edit[] } | undefined;
}

export function moduleProblem(code: ModuleProblemCode, severity: Severity, message: string, place: ProblemPlace = {}): ModuleProblem {
  const { range, node, field, moment, fix } = place;
  return {
    code,
    severity,
    message,
    path: MODULE_YAML,
    ...(range === undefined ? {} : { range: { from: range.from, to: range.to } }),
    ...(node === undefined ? {} : { node }),
    ...(field === undefined ? {} : { field }),
    ...(moment === undefined ? {} : { moment }),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** One replacement of a range of module.yaml. */
export function textEdit(from: number, to: number, insert: string): Edit {
  return { type: 'text', path: MODULE_YAML, from, to, insert };
}
