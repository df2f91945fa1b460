/** Where items lie: entries of studio.json's `positions`, set, dropped and carried over when a node's id changes. */
import type { NodeId } from '../base/ids.ts';
import type { CommandContext } from '../model/command.ts';
import { nodeKind } from '../model/graph-ids.ts';
import type { Position } from '../model/studio-file.ts';
import type { EditSession } from './edit-session.ts';

export function placeNode(session: EditSession, node: NodeId, at: Position | undefined): void {
  if (at !== undefined) {
    session.setStudio(['positions', node], { x: Math.round(at.x), y: Math.round(at.y) });
  }
}

/** Gives `to` the place that `from` had; without `to`, forgets it. */
export function carryPosition(session: EditSession, context: CommandContext, from: NodeId, to: NodeId | null): void {
  const position = context.studio.positions[from];
  if (position === undefined || from === to) {
    return;
  }
  session.setStudio(['positions', from], undefined);
  if (to !== null) {
    placeNode(session, to, position);
  }
}

/**
 * Custom components are named by their place in the file, so removing a component renames those behind it. `removed`:
 * the components that went, as they were named before.
 */
export function shiftCustomPositions(session: EditSession, context: CommandContext, removed: ReadonlySet<NodeId>): void {
  if (session.failed || !context.module.components.some((component) => nodeKind(component.node) === 'custom')) {
    return;
  }
  const kept = context.module.components.filter((component) => !removed.has(component.node));
  const now = session.decodedModule().components;
  const moves = kept.flatMap((component, index) => {
    const next = now[index];
    const isMoved = nodeKind(component.node) === 'custom' && next !== undefined && next.node !== component.node;
    const position = context.studio.positions[component.node];
    return isMoved && position !== undefined ? [{ from: component.node, to: next.node, position }] : [];
  });
  moves.forEach(({ from }) => session.setStudio(['positions', from], undefined));
  moves.forEach(({ to, position }) => placeNode(session, to, position));
}
