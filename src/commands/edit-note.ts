/** Changes a note's text, place or width. */
import type { CommandContext, CommandResult } from '../model/command.ts';
import { noteNode } from '../model/graph-ids.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import type { Note } from '../model/studio-file.ts';
import { EditSession } from './edit-session.ts';

export interface EditNoteArgs {
  readonly id: string;
  readonly change: Partial<Omit<Note, 'id'>>;
}

export function editNote(context: CommandContext, { id, change }: EditNoteArgs): CommandResult {
  const session = new EditSession(context);
  const index = studioIndex(textFile(context.project, STUDIO_JSON), 'notes', (item) => item['id'] === id);
  if (index < 0) {
    session.refuse('no-such-item', 'This note is no longer on the canvas.', { node: noteNode(id) });
  }
  for (const [key, value] of Object.entries(change)) {
    session.setStudio(['notes', index, key], value);
  }
  return session.result();
}
