/** A draft becomes what it is a draft of: a function gets its file, a router its entry in an ingress. */
import type { NodeId } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { draftRouterOf, functionOf, nodeName, routerNode } from '../model/graph-ids.ts';
import type { ModuleComponent } from '../model/module.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { routeEntries } from '../model/route-entries.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import { checkTopic } from '../model/typename-rules.ts';
import { EditSession } from './edit-session.ts';
import { addRoute, componentOf } from './module-items.ts';
import { carryPosition } from './positions.ts';
import { writeFunction } from './write-function.ts';

export interface ConvertDraftArgs {
  readonly node: NodeId;
  /** The ingress that a router's draft becomes part of. */
  readonly ingress?: NodeId;
}

export function convertDraft(context: CommandContext, args: ConvertDraftArgs): CommandResult {
  const typename = functionOf(args.node);
  if (typename !== null) {
    return writeFunction(context, { typename });
  }
  const session = new EditSession(context);
  const component = args.ingress === undefined ? null : componentOf(context, args.ingress);
  if (component === null) {
    session.refuse('no-such-item', 'Choose an ingress that reads the topic of this router.', { node: args.node });
  } else {
    draftToRoute(session, context, args.node, component);
  }
  return session.result();
}

export function draftToRoute(session: EditSession, context: CommandContext, node: NodeId, component: ModuleComponent): void {
  const id = draftRouterOf(node);
  const draft = context.studio.drafts.find((item) => item.type === 'router' && item.id === id);
  if (draft?.type !== 'router') {
    session.refuse('no-such-item', 'This router is no longer a draft.', { node });
    return;
  }
  const ingress = nodeName(component.node);
  const fault = checkTopic(draft.topic);
  if (fault !== null) {
    session.refuse('bad-name', fault, { node });
  } else if (routeEntries(component).some((entry) => entry.topic === draft.topic)) {
    session.refuse('name-taken', `${ingress} reads the topic ${draft.topic} already: rename this router first.`, { node });
  }
  if (!addRoute(session, component, draft)) {
    session.refuse('not-allowed', 'How this kind of ingress routes is said in its own YAML.', { node: component.node });
  }
  removeDraft(session, (item) => item['id'] === id);
  carryPosition(session, context, node, routerNode(ingress, draft.topic));
}

export function removeDraft(session: EditSession, test: (item: { readonly [key: string]: unknown }) => boolean): void {
  const index = studioIndex(textFile(session.project, STUDIO_JSON), 'drafts', test);
  if (index >= 0) {
    session.setStudio(['drafts', index], undefined);
  }
}
