/** Puts items where they were dragged: one entry of studio.json each. */
import type { NodeId } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { nodeKind, nodeName } from '../model/graph-ids.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import { EditSession } from './edit-session.ts';
import { placeNode } from './positions.ts';

export interface MoveNodesArgs {
  readonly moves: readonly { readonly node: NodeId; readonly x: number; readonly y: number }[];
}

export function moveNodes(context: CommandContext, { moves }: MoveNodesArgs): CommandResult {
  const session = new EditSession(context);
  for (const { node, x, y } of moves) {
    if (nodeKind(node) === 'note') {
      moveNote(session, nodeName(node), x, y);
    } else {
      placeNode(session, node, { x, y });
    }
  }
  return session.result();
}

/** A note keeps its place in itself. */
function moveNote(session: EditSession, id: string, x: number, y: number): void {
  const index = studioIndex(textFile(session.project, STUDIO_JSON), 'notes', (item) => item['id'] === id);
  if (index >= 0) {
    session.setStudio(['notes', index, 'x'], Math.round(x));
    session.setStudio(['notes', index, 'y'], Math.round(y));
  }
}
