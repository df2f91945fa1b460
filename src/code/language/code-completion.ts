/** Completion from the graph inside the texts of code, and of state names behind `context.storage.`. Pure. */
import { codeTextAt, storageNameAt, storageNames, type TextRole } from '../../analysis/code-spot.ts';
import type { FilePath } from '../../base/ids.ts';
import type { CommandContext } from '../../model/command.ts';
import type { EgressNode, FunctionNode } from '../../model/graph.ts';
import { nodeName } from '../../model/graph-ids.ts';
import { isScript } from '../../model/code-files.ts';
import { textFile } from '../../model/project.ts';
import { describeKind } from '../../module-yaml/kinds/registry.ts';
import type { Completion, Completions } from './completion.ts';
import { itemDocs, stateType } from './item-docs.ts';
import { statesAt } from './states-at.ts';
import { knownTopics, knownValueTypes } from './known-names.ts';

/** Null where the Studio has nothing to say: TypeScript's own completion stands alone then. */
export function codeCompletions(context: CommandContext, path: FilePath, offset: number): Completions | null {
  const text = textFile(context.project, path);
  if (text === null || !isScript(path)) {
    return null;
  }
  const storage = storageNameAt(text, offset);
  if (storage !== null) {
    return { range: storage.range, items: stateCompletions(context, path, offset) };
  }
  const spot = codeTextAt(path, text, offset);
  if (spot === null) {
    return null;
  }
  const items = textCompletions(context, path, offset, spot.role).filter((item) => !isBeingTyped(context, item, spot.text));
  return items.length === 0 ? null : { range: spot.range, items };
}

/** What one is typing names a function without code, that nothing but this text knows of. */
export function isBeingTyped(context: CommandContext, item: Completion, text: string): boolean {
  return (
    item.label === text &&
    context.graph.nodes.some((node) => node.type === 'function' && node.typename === text && node.code === null && node.standIn === null)
  );
}

function textCompletions(context: CommandContext, path: FilePath, offset: number, role: TextRole): readonly Completion[] {
  switch (role) {
    case 'typename':
      // What is named in a definition has no code yet.
      return functionsOf(context)
        .filter((node) => node.code === null)
        .map((node) => functionCompletion(context, node));
    case 'target':
    case 'function':
      return functionsOf(context).map((node) => functionCompletion(context, node));
    case 'egress':
      return context.graph.nodes.flatMap((node) => (node.type === 'egress' ? [egressCompletion(context, node)] : []));
    case 'topic':
    case 'stream':
      return knownTopics(context).map(({ name, detail }) => ({ label: name, insert: name, kind: 'topic', detail }));
    case 'state-name':
      return undeclared(context, path, offset);
    case 'value-type':
      return knownValueTypes(context).map(({ name, detail }) => ({ label: name, insert: name, kind: 'type', detail }));
    case 'module':
    case 'other':
      return [];
  }
}

function functionsOf(context: CommandContext): readonly FunctionNode[] {
  return context.graph.nodes.flatMap((node) => (node.type === 'function' ? [node] : []));
}

function functionCompletion(context: CommandContext, node: FunctionNode): Completion {
  return {
    label: node.typename,
    insert: node.typename,
    kind: 'function',
    detail: node.code === null ? 'no code here' : node.code.path,
    docs: itemDocs(context, node.id) ?? '',
  };
}

function egressCompletion(context: CommandContext, node: EgressNode): Completion {
  const id = nodeName(node.id);
  const detail = describeKind(node.component.kind)?.label ?? node.component.kind;
  return { label: id, insert: id, kind: 'egress', detail, docs: itemDocs(context, node.id) ?? '' };
}

function stateCompletions(context: CommandContext, path: FilePath, offset: number): readonly Completion[] {
  const states = statesAt(context.facts, path, offset);
  const names = [...new Set(states.map(({ state }) => state.name))];
  return names.flatMap((name) => {
    const owners = states.filter(({ state }) => state.name === name);
    const [first] = owners;
    return first === undefined
      ? []
      : [
          {
            label: name,
            insert: name,
            kind: 'state',
            detail: stateType(first.state),
            docs: `State of ${owners.map(({ fact }) => `\`${fact.typename}\``).join(', ')}. Null until it is first written.`,
          } satisfies Completion,
        ];
  });
}

/** Names that the file reads or writes and that no spec declares. */
function undeclared(context: CommandContext, path: FilePath, offset: number): readonly Completion[] {
  const text = textFile(context.project, path) ?? '';
  const declared = new Set(statesAt(context.facts, path, offset).map(({ state }) => state.name));
  return storageNames(text)
    .filter((name) => !declared.has(name))
    .map((name) => ({ label: name, insert: name, kind: 'state', detail: 'used in this file, not declared' }));
}
