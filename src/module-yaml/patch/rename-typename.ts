/** Renames a function, an ingress, an egress or a whole namespace wherever module.yaml names it. */
import { err, ok } from '../../base/result.ts';
import type { Edit } from '../../model/edit.ts';
import { locate, type LocatedComponent } from '../locate.ts';
import { textEdit } from '../problem-codes.ts';
import { scalarText, valueOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { splitTypename } from '../typename-text.ts';
import { writeScalar } from '../write/scalar-writer.ts';
import { refuse, type PatchResult } from './patch-target.ts';
import { obstacleIn } from './spot.ts';

export type RenamedRole = 'function' | 'ingress' | 'egress' | 'namespace';

interface Mention {
  readonly node: ScalarNode;
  readonly inFlow: boolean;
}

/** For a namespace, `from` and `to` are namespaces. Where nothing has the name there are no edits. */
export function renameTypenameInModule(text: string, role: RenamedRole, from: string, to: string): PatchResult {
  const located = locate(text);
  if (!located.source.parsed) {
    return err(located.source.problems);
  }
  const edits: Edit[] = [];
  for (const { node, inFlow } of located.components
    .flatMap((component) => mentions(component, role))
    .sort((a, b) => b.node.from - a.node.from)) {
    const name = renamed(scalarText(node), role, from, to);
    const fault = name === null ? null : obstacleIn(node);
    if (fault !== null) {
      return refuse('no-minimal-edit', `${fault}, so this name cannot be changed from here: change it in the text.`, { range: node });
    }
    if (name !== null) {
      edits.push(textEdit(node.from, node.to, writeScalar(name, inFlow ? 'flow' : 'block', node.style)));
    }
  }
  return ok(edits);
}

function renamed(text: string, role: RenamedRole, from: string, to: string): string | null {
  const parts = splitTypename(text);
  if (parts === null) {
    return null;
  }
  if (role === 'namespace') {
    return parts.namespace === from ? `${to}/${parts.name}` : null;
  }
  return `${parts.namespace}/${parts.name}` === from ? to : null;
}

function mentions(component: LocatedComponent, role: RenamedRole): readonly Mention[] {
  const own = component.role === role || (role === 'namespace' && component.module?.fixedId === null) ? named(component.name, false) : [];
  // An endpoint that serves exactly this function goes with it.
  const served = role === 'function' && component.role === 'endpoint' ? named(component.name, false) : [];
  const targets = role === 'function' || role === 'namespace' ? targetsOf(component) : [];
  return [...own, ...served, ...targets];
}

function named(node: SourceNode | null, inFlow: boolean): readonly Mention[] {
  return node?.type === 'scalar' && node.scalar === 'text' ? [{ node, inFlow }] : [];
}

function targetsOf({ spec, role }: LocatedComponent): readonly Mention[] {
  if (role !== 'ingress' && role !== 'custom') {
    return [];
  }
  return ['topics', 'streams'].flatMap((list) => {
    const routes = valueOf(spec.value, list);
    return routes?.type !== 'list' ? [] : routes.items.flatMap(({ value }) => targetNames(valueOf(value, 'targets')));
  });
}

function targetNames(targets: SourceNode | null): readonly Mention[] {
  switch (targets?.type) {
    case 'list':
      return targets.items.flatMap(({ value }) => named(value, targets.layout === 'flow'));
    case 'map':
      return targets.pairs.flatMap(({ value }) => named(value, targets.layout !== 'block'));
    default:
      return [];
  }
}
