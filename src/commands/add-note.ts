/** A new note on the canvas. */
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { Position } from '../model/studio-file.ts';
import { EditSession } from './edit-session.ts';
import { freeId } from './free-names.ts';

export interface AddNoteArgs {
  readonly at: Position;
  readonly title?: string;
  readonly text?: string;
}

const WIDTH = 220;

export function addNote(context: CommandContext, { at, title = 'Note', text = '' }: AddNoteArgs): CommandResult {
  const session = new EditSession(context);
  const id = freeId('note', context.studio.notes);
  session.addToStudioList('notes', { id, title, text, x: Math.round(at.x), y: Math.round(at.y), width: WIDTH });
  return session.result();
}
