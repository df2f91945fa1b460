/** Draws an edge: a target in module.yaml, a forward of a stand-in, or a line of code that sends. */
import { typename, type NodeId, type Typename } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { canConnect } from '../model/connect.ts';
import type { EgressNode, FunctionNode, GraphNode, IngressNode, RouterNode } from '../model/graph.ts';
import { draftRouterOf, nodeName } from '../model/graph-ids.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { routeEntries, type RouteEntry } from '../model/route-entries.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import { checkTopic } from '../model/typename-rules.ts';
import { defaultValueType } from './add-router.ts';
import { draftToRoute } from './convert-draft.ts';
import { EditSession } from './edit-session.ts';
import { insertSend } from './insert-send.ts';
import { addRoute, addToSpecList, routeOf } from './module-items.ts';
import { writeStandIn } from './set-stand-in.ts';

export interface ConnectArgs {
  readonly from: NodeId;
  readonly to: NodeId;
}

export function connect(context: CommandContext, { from, to }: ConnectArgs): CommandResult {
  const session = new EditSession(context);
  const answer = canConnect(context.graph, from, to);
  const source = context.graph.nodes.find((node) => node.id === from);
  const target = context.graph.nodes.find((node) => node.id === to);
  if (!answer.ok || source === undefined || target === undefined) {
    session.refuse('cannot-connect', answer.ok ? 'This item is no longer on the canvas.' : answer.reason, { node: from });
  } else if (source.type === 'ingress') {
    connectIngress(session, context, source, target);
  } else if (source.type === 'router' && target.type === 'function') {
    addTarget(session, context, source, target.typename);
  } else if (source.type === 'function' && (target.type === 'function' || target.type === 'egress')) {
    connectFunction(session, source, target);
  }
  return session.result();
}

function connectIngress(session: EditSession, context: CommandContext, source: IngressNode, target: GraphNode): void {
  if (target.type === 'router') {
    draftToRoute(session, context, target.id, source.component);
    return;
  }
  if (target.type !== 'function') {
    return;
  }
  const entries = routeEntries(source.component);
  const [entry] = entries;
  if (entries.length > 1) {
    session.refuse(
      'several-routers',
      `${nodeName(source.id)} has ${entries.length} routers: connect from the one whose records are meant.`,
      { node: source.id },
    );
  } else if (entry !== undefined) {
    addRouteTarget(session, source.component, entry, target.typename);
  } else {
    const name = nodeName(source.id).slice(nodeName(source.id).lastIndexOf('/') + 1);
    const topic = checkTopic(name) === null ? name : 'events';
    addRoute(session, source.component, { topic, valueType: defaultValueType(context, topic), targets: [target.typename] });
  }
}

function addTarget(session: EditSession, context: CommandContext, router: RouterNode, target: Typename): void {
  const draft = draftRouterOf(router.id);
  if (draft !== null) {
    const index = studioIndex(textFile(context.project, STUDIO_JSON), 'drafts', (item) => item['id'] === draft);
    session.setStudio(['drafts', index, 'targets'], [...router.targets, target]);
    return;
  }
  const route = routeOf(context, router.id);
  if (route === null) {
    session.refuse('no-such-item', 'This router is no longer in module.yaml.', { node: router.id });
  } else {
    addRouteTarget(session, route.component, route.entry, target);
  }
}

function addRouteTarget(session: EditSession, component: IngressNode['component'], entry: RouteEntry, target: Typename): void {
  if (entry.targets.includes(target)) {
    session.refuse('cannot-connect', `The topic ${entry.topic} is routed to ${target} already.`, { node: component.node });
  }
  addToSpecList(session, component, [...entry.path, 'targets'], target);
}

function connectFunction(session: EditSession, source: FunctionNode, target: FunctionNode | EgressNode): void {
  if (target.type === 'function') {
    if (source.code === null && source.id === target.id) {
      session.refuse('cannot-connect', 'A stand-in that forwards to itself would never end.', { node: source.id });
    } else if (source.code === null) {
      writeStandIn(session, source.typename, { forwardTo: { type: 'function', typename: target.typename } });
    } else {
      insertSend(session, source.code, { type: 'function', typename: target.typename });
    }
    return;
  }
  const id = typename(nodeName(target.id));
  const topic = id.slice(id.lastIndexOf('/') + 1);
  if (source.code === null) {
    writeStandIn(session, source.typename, { forwardTo: { type: 'egress', id, topic } });
  } else {
    insertSend(session, source.code, { type: 'egress', id, topic, connector: connectorOf(target) });
  }
}

function connectorOf(egress: EgressNode): 'kafka' | 'kinesis' | 'custom' {
  const { kind } = egress.component;
  return egress.definition?.connector ?? (kind.includes('kinesis') ? 'kinesis' : kind.includes('kafka') ? 'kafka' : 'custom');
}
