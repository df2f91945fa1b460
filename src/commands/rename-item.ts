/**
 * Renames an item everywhere: in module.yaml, in the texts of the code, in scenarios and in studio.json. `to` is a typename, an
 * identifier, an endpoint's pattern, a topic, or a note's title.
 */
import { typename, type NodeId } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { GraphNode, RouterNode } from '../model/graph.ts';
import { draftRouterOf, egressNode, endpointNode, functionNode, ingressNode, nodeName, routerNode } from '../model/graph-ids.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { routeEntries, routeListOf } from '../model/route-entries.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import { checkComponentId, checkPattern, checkTopic, checkTypename } from '../model/typename-rules.ts';
import { renameTypenameInModule } from '../module-yaml/patch/rename-typename.ts';
import { setSpecValue } from '../module-yaml/patch/set-spec-value.ts';
import { editNote } from './edit-note.ts';
import { EditSession } from './edit-session.ts';
import { routeOf } from './module-items.ts';
import { carryPosition } from './positions.ts';
import { renameInCode } from './rename-in-code.ts';
import { renameInScenarios } from './rename-in-scenarios.ts';
import { renameInStudio } from './rename-in-studio.ts';

export interface RenameItemArgs {
  readonly node: NodeId;
  readonly to: string;
}

export function renameItem(context: CommandContext, { node: id, to }: RenameItemArgs): CommandResult {
  const session = new EditSession(context);
  const node = context.graph.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) {
    session.refuse('no-such-item', 'This item is no longer on the canvas.', { node: id });
    return session.result();
  }
  if (node.type === 'note') {
    return editNote(context, { id: nodeName(id), change: { title: to } });
  }
  if (to !== nameOf(node)) {
    rename(session, context, node, to);
  }
  return session.result();
}

function rename(session: EditSession, context: CommandContext, node: Exclude<GraphNode, { type: 'note' }>, to: string): void {
  switch (node.type) {
    case 'function':
    case 'ingress':
    case 'egress':
      renameTypename(session, context, node, to);
      return;
    case 'endpoint':
      if (isFree(session, context, checkPattern(to), endpointNode(to), to)) {
        session.patchModule((text) => setSpecValue(text, node.id, ['functions'], to));
        carryPosition(session, context, node.id, endpointNode(to));
      }
      return;
    case 'router':
      renameRouter(session, context, node, to);
      return;
    case 'custom':
    case 'external':
      session.refuse(
        'not-allowed',
        node.type === 'custom'
          ? 'The name of a custom component is part of its YAML.'
          : 'An outside service has the name of its stub file.',
        {
          node: node.id,
        },
      );
  }
}

function renameTypename(
  session: EditSession,
  context: CommandContext,
  node: GraphNode & { readonly type: 'function' | 'ingress' | 'egress' },
  to: string,
): void {
  const from = nodeName(node.id);
  const nodeFor = { function: functionNode, ingress: ingressNode, egress: egressNode }[node.type];
  const fault = node.type === 'function' ? checkTypename(to) : checkComponentId(to);
  if (!isFree(session, context, fault, nodeFor(to), to)) {
    return;
  }
  if (node.type !== 'function' || isTarget(context, from) || context.graph.nodes.some((other) => other.id === endpointNode(from))) {
    const { type } = node;
    session.patchModule((text) => renameTypenameInModule(text, type, typename(from), typename(to)));
  }
  if (node.type !== 'ingress') {
    renameInCode(session, context, node.type, from, to);
    renameInScenarios(session, node.type, from, to);
  }
  session.release([node.id]);
  renameInStudio(session, node.type, from, to);
  carryPosition(session, context, node.id, nodeFor(to));
  if (node.type === 'function') {
    // An endpoint that serves exactly this function goes on to serve it.
    carryPosition(session, context, endpointNode(from), endpointNode(to));
  }
  if (node.type === 'ingress') {
    for (const { topic } of routeEntries(node.component)) {
      carryPosition(session, context, routerNode(from, topic), routerNode(to, topic));
    }
  }
}

function renameRouter(session: EditSession, context: CommandContext, node: RouterNode, to: string): void {
  const draft = draftRouterOf(node.id);
  const fault = checkTopic(to);
  if (draft !== null) {
    const index = studioIndex(textFile(context.project, STUDIO_JSON), 'drafts', (item) => item['id'] === draft);
    if (fault !== null) {
      session.refuse('bad-name', fault, { node: node.id });
    }
    session.setStudio(['drafts', index, 'topic'], to);
    return;
  }
  const route = routeOf(context, node.id);
  const shape = route === null ? null : routeListOf(route.component);
  if (route === null || shape === null) {
    session.refuse('no-such-item', 'This router is no longer in module.yaml.', { node: node.id });
    return;
  }
  const ingress = nodeName(route.component.node);
  if (!isFree(session, context, fault, routerNode(ingress, to), to)) {
    return;
  }
  session.patchModule((text) => setSpecValue(text, route.component.node, [...route.entry.path, shape.name], to));
  carryPosition(session, context, node.id, routerNode(ingress, to));
  const isShared = context.graph.nodes.some(
    (other) => other.type === 'router' && other.id !== node.id && other.topic === node.topic && other.ingress !== null,
  );
  if (!isShared) {
    moveFeeds(session, context, node.topic, to);
    renameInScenarios(session, 'topic', node.topic, to);
  }
}

/** Records made for the topic follow it, when no other router reads it under its old name. */
function moveFeeds(session: EditSession, context: CommandContext, from: string, to: string): void {
  for (const feed of context.studio.feeds.filter((candidate) => candidate.topic === from)) {
    const index = studioIndex(textFile(session.project, STUDIO_JSON), 'feeds', (item) => item['id'] === feed.id);
    session.setStudio(['feeds', index, 'topic'], to);
  }
}

function isFree(session: EditSession, context: CommandContext, fault: string | null, node: NodeId, to: string): boolean {
  if (fault !== null) {
    session.refuse('bad-name', fault);
  } else if (context.graph.nodes.some((other) => other.id === node)) {
    session.refuse('name-taken', `${to} is taken: choose another name.`, { node });
  }
  return !session.failed;
}

function isTarget(context: CommandContext, name: string): boolean {
  return context.graph.nodes.some(
    (node) => node.type === 'router' && node.ingress !== null && node.targets.some((target) => target === name),
  );
}

function nameOf(node: GraphNode): string {
  return node.type === 'router' ? node.topic : nodeName(node.id);
}
