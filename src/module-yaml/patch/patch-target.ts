/** Finds what a patch edits, and gives the answers that all patches share. */
import type { NodeId } from '../../base/ids.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { applyEdits, type Edit } from '../../model/edit.ts';
import type { Problem } from '../../model/problem.ts';
import { MODULE_YAML, textFile } from '../../model/project.ts';
import { locate, type LocatedComponent, type LocatedModule } from '../locate.ts';
import { moduleProblem, type ModuleProblemCode } from '../problem-codes.ts';

export type PatchResult = Result<readonly Edit[], readonly Problem[]>;
export type SpecPath = readonly (string | number)[];

export interface PatchTarget {
  readonly text: string;
  readonly located: LocatedModule;
  readonly component: LocatedComponent;
}

export function findTarget(text: string, node: NodeId): Result<PatchTarget, readonly Problem[]> {
  const located = locate(text);
  if (!located.source.parsed) {
    return err(located.source.problems);
  }
  const component = located.components.find((candidate) => candidate.node === node);
  return component === undefined
    ? refuse('no-such-component', 'This item is no longer in module.yaml.', { node })
    : ok({ text, located, component });
}

export function refuse(
  code: ModuleProblemCode,
  message: string,
  place: Parameters<typeof moduleProblem>[3],
): { readonly ok: false; readonly error: readonly Problem[] } {
  return err([moduleProblem(code, 'error', message, place)]);
}

/** The text after edits of module.yaml. */
export function editedText(text: string, edits: readonly Edit[]): string {
  return edits.length === 0 ? text : (textFile(applyEdits({ files: new Map([[MODULE_YAML, text]]) }, edits), MODULE_YAML) ?? text);
}
