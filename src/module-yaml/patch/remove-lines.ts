/** Takes whole lines out, with the comment that leads them. */
import type { Edit } from '../../model/edit.ts';
import { textEdit } from '../problem-codes.ts';
import { breakBefore, leadingCommentStart, lineEnd, nextLine } from '../source/lines.ts';

/** `from` is the first thing on its line, `to` the end of what goes. A comment behind it goes too. */
export function removeLines(text: string, from: number, to: number): readonly Edit[] {
  const start = leadingCommentStart(text, from);
  const end = nextLine(text, to);
  // A last line without line break takes the one before it along: the file then ends as it did.
  const before = end === text.length && lineEnd(text, to) === end ? breakBefore(text, start) : 0;
  return [textEdit(start - before, end, '')];
}
