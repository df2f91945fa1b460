/** Gives a file another path; what imports it, what it imports, and the feeds that read it follow in the same step. */
import { specifierChanges } from '../analysis/import-places.ts';
import type { FilePath } from '../base/ids.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import type { Edit } from '../model/edit.ts';
import { STUDIO_JSON, textFile } from '../model/project.ts';
import { studioIndex } from '../model/studio-file-codec.ts';
import { EditSession } from './edit-session.ts';

export interface MoveFileArgs {
  readonly from: FilePath;
  readonly to: FilePath;
}

const CODE = /\.(?:ts|js|mjs|cjs)$/;

export function moveFile(context: CommandContext, { from, to }: MoveFileArgs): CommandResult {
  const session = new EditSession(context);
  const { files } = context.project;
  if (!files.has(from)) {
    session.refuse('no-such-item', `${from} is no longer in the project.`);
  } else if (files.has(to)) {
    session.refuse('name-taken', `${to} exists: choose another path.`);
  }
  if (session.failed || from === to) {
    return session.result();
  }
  if (CODE.test(from) && CODE.test(to)) {
    session.edit(importEdits(context, from, to));
  }
  const content = session.project.files.get(from) ?? '';
  session.edit([
    { type: 'delete', path: from },
    { type: 'create', path: to, content },
  ]);
  for (const feed of context.studio.feeds.filter((candidate) => candidate.type === 'file' && candidate.path === from)) {
    const index = studioIndex(textFile(session.project, STUDIO_JSON), 'feeds', (item) => item['id'] === feed.id);
    session.setStudio(['feeds', index, 'path'], to);
  }
  return session.result();
}

function importEdits(context: CommandContext, from: FilePath, to: FilePath): readonly Edit[] {
  const code = new Map<FilePath, string>();
  for (const [path, content] of context.project.files) {
    if (typeof content === 'string' && CODE.test(path)) {
      code.set(path, content);
    }
  }
  // From the end of each file, so that no place moves another.
  return specifierChanges(code, from, to)
    .toReversed()
    .map(({ path, range, specifier }) => ({ type: 'text', path, from: range.from, to: range.to, insert: specifier }));
}
