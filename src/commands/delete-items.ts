/**
 * Deletes items and edges as one step. What refers to a deleted item in module.yaml and studio.json goes with it; code
 * that sends to it stays as it is, and the checks say so.
 */
import type { EdgeId, NodeId } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { GraphNode } from '../model/graph.ts';
import { draftRouterOf, nodeName, routerNode } from '../model/graph-ids.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { routeEntries } from '../model/route-entries.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import { removeComponent } from '../module-yaml/patch/remove-component.ts';
import { EditSession } from './edit-session.ts';
import { removeDraft } from './convert-draft.ts';
import { deleteFunction } from './delete-function.ts';
import { removeEdge, removeRoute } from './delete-edge.ts';
import { carryPosition, carryShifted } from './positions.ts';
import { writeStandIn } from './set-stand-in.ts';

export interface DeleteItemsArgs {
  readonly nodes: readonly NodeId[];
  readonly edges?: readonly EdgeId[];
}

export function deleteItems(context: CommandContext, args: DeleteItemsArgs): CommandResult {
  const session = new EditSession(context);
  const doomed = new Set(args.nodes);
  session.release(doomed);
  const { nodes, edges } = context.graph;
  // The edges of a deleted item go with it, whatever they come from.
  const loose = edges.filter((edge) => (args.edges ?? []).includes(edge.id) && !doomed.has(edge.from) && !doomed.has(edge.to));
  loose.forEach((edge) => removeEdge(session, context, edge));
  const items = nodes.filter((node) => doomed.has(node.id));
  // Functions and routers first: their entries lie in components that may go too. Later components before earlier ones.
  for (const node of items.toReversed().sort((a, b) => rank(a) - rank(b))) {
    deleteNode(session, context, node, doomed);
  }
  const components = new Set(items.filter((node) => 'component' in node).map((node) => node.id));
  const kept = context.module.components.filter((component) => !components.has(component.node));
  if (components.size > 0 && !session.failed) {
    carryShifted(session, kept, session.decodedModule().components);
  }
  return session.result();
}

/** Takes edges away: targets, an ingress from its router, forwards. Edges that code makes are refused with their place. */
export function disconnect(context: CommandContext, edges: readonly EdgeId[]): CommandResult {
  return deleteItems(context, { nodes: [], edges });
}

function rank(node: GraphNode): number {
  switch (node.type) {
    case 'function':
      return 0;
    case 'router':
      return 1;
    default:
      return 2;
  }
}

function deleteNode(session: EditSession, context: CommandContext, node: GraphNode, doomed: ReadonlySet<NodeId>): void {
  switch (node.type) {
    case 'function':
      deleteFunction(session, context, node, doomed);
      break;
    case 'router':
      deleteRouter(session, context, node.id, doomed);
      break;
    case 'note':
      removeNote(session, nodeName(node.id));
      break;
    case 'external':
      session.edit([{ type: 'delete', path: node.path }]);
      break;
    case 'ingress':
      for (const { topic } of routeEntries(node.component)) {
        carryPosition(session, context, routerNode(nodeName(node.id), topic), null);
      }
      session.patchModule((text) => removeComponent(text, node.id));
      break;
    case 'egress':
      session.patchModule((text) => removeComponent(text, node.id));
      for (const { typename, forwardTo } of context.studio.standIns) {
        if (forwardTo?.type === 'egress' && forwardTo.id === nodeName(node.id)) {
          writeStandIn(session, typename, { forwardTo: null });
        }
      }
      break;
    case 'endpoint':
    case 'custom':
      session.patchModule((text) => removeComponent(text, node.id));
      break;
  }
  carryPosition(session, context, node.id, null);
}

function deleteRouter(session: EditSession, context: CommandContext, router: NodeId, doomed: ReadonlySet<NodeId>): void {
  const draft = draftRouterOf(router);
  if (draft !== null) {
    removeDraft(session, (item) => item['id'] === draft);
  } else {
    removeRoute(session, context, router, doomed);
  }
}

function removeNote(session: EditSession, id: string): void {
  const index = studioIndex(textFile(session.project, STUDIO_JSON), 'notes', (item) => item['id'] === id);
  if (index >= 0) {
    session.setStudio(['notes', index], undefined);
  }
}
