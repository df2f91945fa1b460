/** Removes one edge, or the entry of module.yaml that a router is. */
import type { NodeId, Typename } from '../base/ids.ts';
import type { CommandContext } from '../model/command.ts';
import type { GraphEdge } from '../model/graph.ts';
import { draftRouterNode, draftRouterOf, functionOf, nodeKind, routerParts, ingressNode } from '../model/graph-ids.ts';
import { jsonAt, jsonValueOf, scanJson } from '../model/json-text.ts';
import type { ModuleComponent } from '../model/module.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { routeEntries, type RouteEntry } from '../model/route-entries.ts';
import { decodeStudioFile, studioIndex } from '../model/studio-file-codec.ts';
import { removeSpecItem } from '../module-yaml/patch/remove-spec-item.ts';
import type { EditSession } from './edit-session.ts';
import { freeId } from './free-names.ts';
import { specAt } from './module-items.ts';
import { carryPosition } from './positions.ts';
import { writeStandIn } from './set-stand-in.ts';

export function removeEdge(session: EditSession, context: CommandContext, edge: GraphEdge): void {
  switch (edge.origin) {
    case 'routed': {
      const target = functionOf(edge.to);
      if (target !== null) {
        removeTarget(session, edge.from, target);
      } else if (nodeKind(edge.to) === 'router') {
        detachRouter(session, context, edge.to);
      }
      return;
    }
    case 'forward': {
      const typename = functionOf(edge.from);
      if (typename !== null) {
        writeStandIn(session, typename, { forwardTo: null });
      }
      return;
    }
    case 'may-send':
    case 'delayed':
    case 'external':
      refuseCodeEdge(session, context, edge);
  }
}

/** Takes a function out of a router's targets, each time it stands there. */
export function removeTarget(session: EditSession, router: NodeId, target: Typename): void {
  const draft = draftRouterOf(router);
  if (draft !== null) {
    const index = studioIndex(textFile(session.project, STUDIO_JSON), 'drafts', (item) => item['id'] === draft);
    removeFromDraft(session, index, target);
    return;
  }
  for (;;) {
    const place = routeNow(session, router);
    const targets = place === null ? undefined : specAt(place.component.spec, [...place.entry.path, 'targets']);
    const index = Array.isArray(targets) ? targets.indexOf(target) : -1;
    if (place === null || index < 0 || session.failed) {
      return;
    }
    session.patchModule((text) => removeSpecItem(text, place.component.node, [...place.entry.path, 'targets', index]));
  }
}

/** Removes a router's entry from its ingress, unless the whole ingress goes. */
export function removeRoute(session: EditSession, context: CommandContext, router: NodeId, doomed: ReadonlySet<NodeId>): void {
  const parts = routerParts(router);
  if (parts === null || doomed.has(ingressNode(parts.ingress))) {
    return;
  }
  for (;;) {
    // Where a topic stands twice, both entries are this router.
    const place = routeNow(session, router);
    if (place === null || session.failed) {
      break;
    }
    session.patchModule((text) => removeSpecItem(text, place.component.node, place.entry.path));
  }
  carryPosition(session, context, router, null);
}

/** A router taken from its ingress becomes a draft with the same content and place. */
function detachRouter(session: EditSession, context: CommandContext, router: NodeId): void {
  const place = routeNow(session, router);
  if (place === null) {
    return;
  }
  const { topic, valueType, targets } = place.entry;
  const { drafts } = decodeStudioFile(textFile(session.project, STUDIO_JSON)).studio;
  const id = freeId(
    'router',
    drafts.filter((draft) => draft.type === 'router'),
  );
  const position = context.studio.positions[router];
  removeRoute(session, context, router, new Set());
  session.addToStudioList('drafts', { type: 'router', id, topic, valueType, targets: [...targets] });
  if (position !== undefined) {
    session.setStudio(['positions', draftRouterNode(id)], { x: position.x, y: position.y });
  }
}

function removeFromDraft(session: EditSession, index: number, target: Typename): void {
  const text = textFile(session.project, STUDIO_JSON);
  const targets = index < 0 || text === null ? null : draftTargets(text, index);
  if (targets?.includes(target) === true) {
    session.setStudio(
      ['drafts', index, 'targets'],
      targets.filter((name) => name !== target),
    );
  }
}

function draftTargets(text: string, index: number): readonly string[] {
  const scan = scanJson(text);
  const node = scan.ok ? jsonAt(scan.root, ['drafts', index, 'targets']) : null;
  const targets = node === null ? [] : jsonValueOf(node);
  return Array.isArray(targets) ? targets.filter((name) => typeof name === 'string') : [];
}

/** The router's entry as module.yaml stands after the edits so far. */
function routeNow(session: EditSession, router: NodeId): { readonly component: ModuleComponent; readonly entry: RouteEntry } | null {
  const parts = routerParts(router);
  const component = session.decodedModule().components.find(({ node }) => parts !== null && node === ingressNode(parts.ingress));
  const entry = component === undefined ? undefined : routeEntries(component).find(({ topic }) => topic === parts?.topic);
  return component === undefined || entry === undefined ? null : { component, entry };
}

function refuseCodeEdge(session: EditSession, context: CommandContext, edge: GraphEdge): void {
  const from = functionOf(edge.from);
  const fact = context.facts.functions.find(({ typename }) => typename === from);
  const to = edge.to.slice(edge.to.indexOf(':') + 1);
  const send = fact?.sends.find((candidate) => candidate.to === to && candidate.delayed === (edge.origin === 'delayed'));
  const range = edge.origin === 'external' ? fact?.fetches[0]?.range : send?.range;
  session.refuse('edge-from-code', `This edge is read from the code of ${from ?? edge.from}: delete the line there.`, {
    node: edge.from,
    ...(fact === undefined ? {} : { path: fact.path }),
    ...(range === undefined ? {} : { range }),
  });
}
