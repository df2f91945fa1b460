/** Copies items under free names, a little beside the originals. */
import { typenameExpression } from '../analysis/code-places.ts';
import type { NodeId, Typename } from '../base/ids.ts';
import type { JsonValue } from '../base/json.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { FunctionNode, GraphNode, RouterNode } from '../model/graph.ts';
import { draftRouterNode, endpointNode, functionNode, nodeName, noteNode, routerNode } from '../model/graph-ids.ts';
import type { ModuleComponent } from '../model/module.ts';
import { routeEntries, routeListOf } from '../model/route-entries.ts';
import { EditSession } from './edit-session.ts';
import { freeFunctionPath, freeId, freeName, freeTypename } from './free-names.ts';
import { addToSpecList, routeOf, specAt } from './module-items.ts';
import { newComponent } from './new-component.ts';
import { placeNode } from './positions.ts';
import { quoteText } from './quote-text.ts';

export interface DuplicateItemsArgs {
  readonly nodes: readonly NodeId[];
}

const OFFSET = 24;

/** Outside services are left out: their answers belong to one URL. */
export function duplicateItems(context: CommandContext, { nodes }: DuplicateItemsArgs): CommandResult {
  const session = new EditSession(context);
  // Names given in this step are taken as well.
  let current = context;
  for (const node of context.graph.nodes.filter((candidate) => nodes.includes(candidate.id))) {
    const copy = duplicate(session, current, node);
    const position = context.studio.positions[node.id];
    if (copy !== null && !session.failed) {
      current = withNode(current, node, copy);
      placeNode(session, copy, position === undefined ? undefined : { x: position.x + OFFSET, y: position.y + OFFSET });
    }
  }
  return session.result();
}

function duplicate(session: EditSession, context: CommandContext, node: GraphNode): NodeId | null {
  switch (node.type) {
    case 'ingress':
    case 'egress': {
      const id = freeTypename(context, node.type, nodeName(node.id));
      return copyComponent(session, node.component, { id });
    }
    case 'endpoint': {
      const pattern = nodeName(node.id);
      const taken = new Set(context.graph.nodes.map((other) => other.id));
      const copy = pattern.endsWith('/*')
        ? `${freeName(pattern.slice(0, -2), (name) => taken.has(endpointNode(`${name}/*`)))}/*`
        : freeName(pattern, (name) => taken.has(endpointNode(name)));
      return copyComponent(session, node.component, { functions: copy });
    }
    case 'custom':
      return copyComponent(session, node.component, {});
    case 'router':
      return duplicateRouter(session, context, node);
    case 'function':
      return duplicateFunction(session, context, node);
    case 'note': {
      const { note } = node;
      const id = freeId('note', context.studio.notes);
      session.addToStudioList('notes', { ...note, id, x: note.x + OFFSET, y: note.y + OFFSET });
      return noteNode(id);
    }
    case 'external':
      return null;
  }
}

function copyComponent(session: EditSession, component: ModuleComponent, change: { readonly [key: string]: JsonValue }): NodeId | null {
  const { spec, kind } = component;
  const isMap = typeof spec === 'object' && spec !== null && !Array.isArray(spec);
  return newComponent(session, kind, isMap ? { ...spec, ...change } : spec);
}

function duplicateRouter(session: EditSession, context: CommandContext, node: RouterNode): NodeId | null {
  const route = routeOf(context, node.id);
  if (route === null) {
    const drafts = context.studio.drafts.filter((draft) => draft.type === 'router');
    const id = freeId('router', drafts);
    session.addToStudioList('drafts', { type: 'router', id, topic: node.topic, valueType: node.valueType, targets: [...node.targets] });
    return draftRouterNode(id);
  }
  const { component, entry } = route;
  const shape = routeListOf(component);
  const spec = specAt(component.spec, entry.path);
  if (shape === null || typeof spec !== 'object' || spec === null) {
    return null;
  }
  const ingress = nodeName(component.node);
  const topics = new Set(context.graph.nodes.map((other) => other.id));
  const topic = freeName(
    entry.topic,
    (name) => topics.has(routerNode(ingress, name)) || routeEntries(component).some((other) => other.topic === name),
  );
  addToSpecList(session, component, [shape.list], { ...spec, [shape.name]: topic });
  return routerNode(ingress, topic);
}

function duplicateFunction(session: EditSession, context: CommandContext, node: FunctionNode): NodeId | null {
  const copy: Typename = freeTypename(context, 'function', node.typename);
  const { code } = node;
  if (code === null) {
    session.addToStudioList('drafts', { type: 'function', typename: copy });
    return functionNode(copy);
  }
  const text = session.text(code.path) ?? '';
  const place = typenameExpression(code.path, text, code.range);
  const isShared = context.facts.functions.some((fact) => fact.path === code.path && fact.typename !== code.typename);
  if (place === null || isShared) {
    session.refuse('shared-file', `${code.path} holds more than this function, or gives its typename elsewhere: copy the code by hand.`, {
      path: code.path,
      range: code.range,
      node: node.id,
    });
    return null;
  }
  const content = `${text.slice(0, place.from)}${quoteText(copy)}${text.slice(place.to)}`;
  session.edit([{ type: 'create', path: freeFunctionPath(session.project, copy), content }]);
  return functionNode(copy);
}

/** The context with a copy's name taken, for the names that follow. */
function withNode(context: CommandContext, node: GraphNode, copy: NodeId): CommandContext {
  const graph = { ...context.graph, nodes: [...context.graph.nodes, { ...node, id: copy }] };
  const { studio } = context;
  if (node.type === 'note') {
    return { ...context, graph, studio: { ...studio, notes: [...studio.notes, { ...node.note, id: nodeName(copy) }] } };
  }
  const id = nodeName(copy).replace(/^#/, '');
  const isDraft = node.type === 'router' && nodeName(copy).startsWith('#');
  const drafts = isDraft ? [...studio.drafts, { type: 'router' as const, id, topic: '', valueType: '', targets: [] }] : studio.drafts;
  return { ...context, graph, studio: { ...studio, drafts } };
}
