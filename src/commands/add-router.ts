/** A router: a topic (or stream) entry of an ingress, or, on the empty canvas, a draft until an ingress is chosen. */
import type { NodeId } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { draftRouterNode, nodeName, routerNode } from '../model/graph-ids.ts';
import { routeEntries } from '../model/route-entries.ts';
import type { Position } from '../model/studio-file.ts';
import { checkTopic } from '../model/typename-rules.ts';
import { EditSession } from './edit-session.ts';
import { freeId, freeName, usualNamespace } from './free-names.ts';
import { addRoute, componentOf } from './module-items.ts';
import { placeNode } from './positions.ts';

export interface AddRouterArgs {
  /** Null makes a draft. */
  readonly ingress: NodeId | null;
  readonly topic?: string;
  readonly valueType?: string;
  readonly targets?: readonly string[];
  readonly at?: Position;
}

export function addRouter(context: CommandContext, args: AddRouterArgs): CommandResult {
  const session = new EditSession(context);
  const targets = args.targets ?? [];
  if (args.ingress === null) {
    const topic = args.topic ?? 'events';
    const id = freeId('router', routerDrafts(context));
    const valueType = args.valueType ?? defaultValueType(context, topic);
    session.addToStudioList('drafts', { type: 'router', id, topic, valueType, targets: [...targets] });
    placeNode(session, draftRouterNode(id), args.at);
    return session.result();
  }
  const component = componentOf(context, args.ingress);
  if (component === null) {
    session.refuse('no-such-item', 'This ingress is no longer in module.yaml.', { node: args.ingress });
    return session.result();
  }
  const ingress = nodeName(component.node);
  const topics = new Set(routeEntries(component).map((entry) => entry.topic));
  const topic = args.topic ?? freeName(ingress.slice(ingress.lastIndexOf('/') + 1), (name) => topics.has(name));
  const fault = checkTopic(topic);
  if (fault !== null) {
    session.refuse('bad-name', fault);
  } else if (topics.has(topic)) {
    session.refuse('name-taken', `${ingress} reads the topic ${topic} already.`, { node: routerNode(ingress, topic) });
  }
  if (!addRoute(session, component, { topic, valueType: args.valueType ?? defaultValueType(context, topic), targets })) {
    session.refuse('not-allowed', 'How this kind of ingress routes is said in its own YAML.', { node: args.ingress });
  }
  placeNode(session, routerNode(ingress, topic), args.at);
  return session.result();
}

export function defaultValueType(context: CommandContext, topic: string): string {
  return `${usualNamespace(context)}.types/${topic}`;
}

function routerDrafts(context: CommandContext): readonly { readonly id: string }[] {
  return context.studio.drafts.filter((draft) => draft.type === 'router');
}
