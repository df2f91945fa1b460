/** Where items lie: entries of studio.json's `positions`, set, dropped and carried over when a node's id changes. */
import type { NodeId } from '../base/ids.ts';
import type { CommandContext } from '../model/command.ts';
import { nodeKind } from '../model/graph-ids.ts';
import type { ModuleComponent } from '../model/module.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { decodeStudioFile } from '../model/studio-file-codec.ts';
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
 * Custom components are named by their place in the file, so that a component which comes or goes renames those behind
 * it. `before` and `after`: the components that stay, in the same order.
 */
export function carryShifted(session: EditSession, before: readonly ModuleComponent[], after: readonly ModuleComponent[]): void {
  if (session.failed || !before.some((component) => nodeKind(component.node) === 'custom')) {
    return;
  }
  const { positions } = decodeStudioFile(textFile(session.project, STUDIO_JSON)).studio;
  const moves = before.flatMap(({ node }, index) => {
    const to = after[index]?.node;
    const position = positions[node];
    return to === undefined || to === node || position === undefined ? [] : [{ from: node, to, position }];
  });
  moves.forEach(({ from }) => session.setStudio(['positions', from], undefined));
  moves.forEach(({ to, position }) => placeNode(session, to, position));
}
