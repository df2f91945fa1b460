/** Members of flow collections: `{a: 1, b: 2}` and `[a, b]`. */
import { err, ok } from '../../base/result.ts';
import type { TextRange } from '../../model/problem.ts';
import { textEdit } from '../problem-codes.ts';
import { lineEnd, lineStart } from '../source/lines.ts';
import type { ListNode, MapNode, PairNode, SourceNode } from '../source/source-node.ts';
import { FLOW_WIDTH } from './replace-value.ts';
import type { SmallEdit } from './small-edit.ts';

/** Adds a member behind the last one; refuses to let a line that fits grow too wide. */
export function endOfFlow(
  text: string,
  collection: MapNode | ListNode,
  last: PairNode | SourceNode | undefined,
  member: string,
): SmallEdit {
  const close = collection.to - 1;
  const lastEnd = last === undefined ? collection.from + 1 : 'colonEnd' in last ? Math.max(last.value.to, last.colonEnd) : last.to;
  const comma = commaAfter(text, lastEnd, close);
  const insert = last === undefined ? member : comma < 0 ? `, ${member}` : ` ${member}`;
  const at = comma < 0 ? lastEnd : comma + 1;
  const width = lineEnd(text, at) - lineStart(text, at);
  return width <= FLOW_WIDTH && width + insert.length > FLOW_WIDTH
    ? err(`Its line would grow past ${FLOW_WIDTH} columns`)
    : ok([textEdit(at, at, insert)]);
}

export function insertBefore(text: string, at: number, member: string): SmallEdit {
  const width = lineEnd(text, at) - lineStart(text, at);
  const insert = `${member}, `;
  return width <= FLOW_WIDTH && width + insert.length > FLOW_WIDTH
    ? err(`Its line would grow past ${FLOW_WIDTH} columns`)
    : ok([textEdit(at, at, insert)]);
}

/** Takes one of several members out, with the comma that belongs to it. */
export function removeFlowMember(text: string, members: readonly TextRange[], index: number): SmallEdit {
  const member = members[index];
  const next = members[index + 1];
  const previous = members[index - 1];
  if (member === undefined || (next === undefined && previous === undefined)) {
    return err('It is the only one there');
  }
  if (next !== undefined) {
    const isPlain = /^\s*,[^\S\r\n]*$/.test(text.slice(member.to, next.from));
    const comma = commaAfter(text, member.to, next.from);
    return ok([textEdit(member.from, isPlain ? next.from : comma + 1, '')]);
  }
  const before = previous?.to ?? member.from;
  return /^\s*,\s*$/.test(text.slice(before, member.from))
    ? ok([textEdit(before, member.to, '')])
    : ok([textEdit(member.from, member.to, '')]);
}

/** The comma between `from` and `to`, comments left aside; -1 without one. */
function commaAfter(text: string, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    if (text[at] === ',') {
      return at;
    }
    if (text[at] === '#') {
      at = lineEnd(text, at);
    }
  }
  return -1;
}
