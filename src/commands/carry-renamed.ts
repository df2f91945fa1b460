/** After an edit of one component: gives the nodes whose ids changed with it (its own, its routers') their old places, and an endpoint its remote setting. */
import type { NodeId } from '../base/ids.ts';
import type { CommandContext } from '../model/command.ts';
import { nodeName, routerNode } from '../model/graph-ids.ts';
import { routeEntries } from '../model/route-entries.ts';
import type { EditSession } from './edit-session.ts';
import { patternOf } from '../model/build-graph.ts';
import { carryPosition } from './positions.ts';
import { renameRemote } from './rename-in-studio.ts';

export function carryRenamed(session: EditSession, context: CommandContext, node: NodeId): void {
  const index = context.module.components.findIndex((component) => component.node === node);
  const before = context.module.components[index];
  if (session.failed || before === undefined) {
    return;
  }
  const { components } = session.decodedModule();
  const after = components.length === context.module.components.length ? components[index] : undefined;
  if (after === undefined) {
    return;
  }
  carryPosition(session, context, before.node, after.node);
  if (before.role === 'endpoint' && before.node !== after.node) {
    renameRemote(session, patternOf(before), patternOf(after));
  }
  const old = routeEntries(before);
  const now = routeEntries(after);
  if (old.length !== now.length) {
    return;
  }
  old.forEach((entry, position) => {
    const renamed = now[position];
    if (renamed !== undefined) {
      carryPosition(session, context, routerNode(nodeName(before.node), entry.topic), routerNode(nodeName(after.node), renamed.topic));
    }
  });
}
