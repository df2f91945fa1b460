/** What the canvas and its panels do to the project: each act is one command, one step of Undo, and selects what it made. */
import { addComponent, freeIdFor } from '../commands/add-component.ts';
import type { NewComponent } from '../commands/add-component.ts';
import { addFunction } from '../commands/add-function.ts';
import { addNote } from '../commands/add-note.ts';
import { addRouter } from '../commands/add-router.ts';
import { connect } from '../commands/connect.ts';
import { deleteItems } from '../commands/delete-items.ts';
import { duplicateItems } from '../commands/duplicate-items.ts';
import { freeTypename } from '../commands/free-names.ts';
import { moveNodes } from '../commands/move-nodes.ts';
import { writeFunction } from '../commands/write-function.ts';
import type { EdgeId, NodeId } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { EndpointNode, Graph } from '../model/graph.ts';
import { functionOf, nodeName } from '../model/graph-ids.ts';
import type { Position } from '../model/studio-file.ts';
import { runCommand, useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { showNotice, showProblems } from './notice.ts';

export type AddItem = NewComponent | 'router' | 'function' | 'note';

export interface AddPlace {
  readonly at: Position;
  /** The ingress that a router is dropped on. */
  readonly ingress: NodeId | null;
  /** The frame that a function is dropped in. */
  readonly frame: EndpointNode | null;
}

/** Runs a command; what it refuses is shown on the canvas. True when it was done. */
function act(label: string, command: (context: CommandContext) => CommandResult, merge?: string): boolean {
  const problems = runCommand(label, command, merge === undefined ? undefined : { merge });
  showProblems(problems);
  return problems.length === 0;
}

/** The same, and selects the items that are new. */
function actAndSelect(label: string, command: (context: CommandContext) => CommandResult): boolean {
  const before = new Set(useDocument.getState().graph.nodes.map((node) => node.id));
  const done = act(label, command);
  const made = useDocument
    .getState()
    .graph.nodes.map((node) => node.id)
    .filter((id) => !before.has(id));
  if (made.length > 0) {
    useView.getState().select(made);
  }
  return done;
}

export function addItem(item: AddItem, { at, ingress, frame }: AddPlace): boolean {
  switch (item) {
    case 'router':
      return actAndSelect('Add router', (context) => addRouter(context, { ingress, at }));
    case 'function':
      return actAndSelect('Add function', (context) => addFunction(context, { at, ...typenameIn(context, frame) }));
    case 'note':
      return actAndSelect('Add note', (context) => addNote(context, { at }));
    case 'endpoint':
      return actAndSelect('Add endpoint', (context) => addComponent(context, { component: item, id: freeIdFor(context, item), at }));
    default:
      return actAndSelect(`Add ${item.replace('-', ' ')}`, (context) => addComponent(context, { component: item, at }));
  }
}

/** A name that the endpoint's pattern serves. */
function typenameIn(context: CommandContext, frame: EndpointNode | null): { readonly typename?: string } {
  const pattern = frame?.definition?.pattern;
  if (pattern === undefined) {
    return {};
  }
  return { typename: freeTypename(context, 'function', `${pattern.namespace}/${pattern.name === '*' ? 'function' : pattern.name}`) };
}

export function connectNodes(from: NodeId, to: NodeId): boolean {
  const source = useDocument.getState().graph.nodes.find((node) => node.id === from);
  const done = act('Connect', (context) => connect(context, { from, to }));
  if (done && source?.type === 'function' && source.code !== null) {
    const { path } = source.code;
    showNotice({ text: `A context.send line was written into ${path}.`, action: { label: 'Open it', run: () => openCode(from) } });
  }
  return done;
}

export function deleteSelected(nodes: readonly NodeId[], edges: readonly EdgeId[] = []): boolean {
  return (nodes.length > 0 || edges.length > 0) && act('Delete', (context) => deleteItems(context, { nodes, edges }));
}

export function duplicate(nodes: readonly NodeId[]): boolean {
  return nodes.length > 0 && actAndSelect('Duplicate', (context) => duplicateItems(context, { nodes }));
}

export function move(
  moves: readonly { readonly node: NodeId; readonly x: number; readonly y: number }[],
  label = 'Move',
  merge?: string,
): boolean {
  return moves.length > 0 && act(label, (context) => moveNodes(context, { moves }), merge);
}

/** Opens a function's code at its definition; writes a skeleton first where there is none and `write` says so. */
export function openCode(node: NodeId, write = false): void {
  const type = functionOf(node);
  const codeOf = (graph: Graph) => {
    const found = graph.nodes.find((candidate) => candidate.id === node);
    return found?.type === 'function' ? found.code : null;
  };
  if (type === null) {
    return;
  }
  if (codeOf(useDocument.getState().graph) === null && write) {
    act('Write function', (context) => writeFunction(context, { typename: type }));
  }
  const code = codeOf(useDocument.getState().graph);
  if (code !== null) {
    useView.getState().openFile(code.path, code.range);
  } else {
    showNotice({ text: `${nodeName(node)} has no code in this project.`, action: { label: 'Write it', run: () => openCode(node, true) } });
  }
}
