/** Renames a function or an egress in the texts of the code, and refuses where the code puts the name together. */
import { analyseCode } from '../analysis/analyse-code.ts';
import { literalPlaces } from '../analysis/code-places.ts';
import type { FilePath } from '../base/ids.ts';
import type { CodeFacts } from '../model/code-facts.ts';
import type { CommandContext } from '../model/command.ts';
import { egressNode, functionNode } from '../model/graph-ids.ts';
import { isLibrary, isScript, projectCode } from '../model/code-files.ts';
import type { EditSession } from './edit-session.ts';

export function renameInCode(session: EditSession, context: CommandContext, type: 'function' | 'egress', from: string, to: string): void {
  const other = type === 'function' ? egressNode(from) : functionNode(from);
  const isInCode = mentions(context.facts, from);
  if (isInCode && context.graph.nodes.some((node) => node.id === other)) {
    session.refuse('name-in-code', `A function and an egress are both called ${from}: rename it in the code by hand.`);
    return;
  }
  const code = new Map<FilePath, string>();
  for (const [path, content] of projectCode(session.project.files).functions) {
    if (!isScript(path) || isLibrary(path, content)) {
      continue;
    }
    if (content.includes(from)) {
      const places = literalPlaces(path, content, from);
      // From the end, so that no place moves another.
      session.edit(places.toReversed().map((range) => ({ type: 'text', path, from: range.from, to: range.to, insert: to })));
    }
    code.set(path, session.text(path) ?? '');
  }
  const left = isInCode ? placeOf(analyseCode(code), from) : null;
  if (left !== null) {
    session.refuse('name-in-code', `The code puts the name ${from} together from parts: rename it there by hand.`, left);
  }
}

function mentions(facts: CodeFacts, name: string): boolean {
  return placeOf(facts, name) !== null;
}

function placeOf(
  facts: CodeFacts,
  name: string,
): { readonly path: FilePath; readonly range: { readonly from: number; readonly to: number } } | null {
  for (const fact of facts.functions) {
    const send = fact.sends.find((candidate) => candidate.to === name);
    if (fact.typename === name || send !== undefined) {
      return { path: fact.path, range: fact.typename === name ? fact.range : (send?.range ?? fact.range) };
    }
  }
  return null;
}
