/** A stack as one reads it: what endless recursion repeats stands once, with how often. */
import type { CodePlace } from './call.ts';

export interface StackPart {
  /** More than one where functions call each other in turn. */
  readonly places: readonly CodePlace[];
  readonly times: number;
}

/** Lines that take turns, at most so many. */
const LONGEST_TURN = 8;
/** Two calls of one line in a row may be meant; two turns of several lines as well. */
const FEWEST = 3;

export function foldStack(stack: readonly CodePlace[]): readonly StackPart[] {
  const parts: StackPart[] = [];
  let at = 0;
  while (at < stack.length) {
    let best: StackPart = { places: stack.slice(at, at + 1), times: 1 };
    for (let turn = 1; turn <= LONGEST_TURN; turn += 1) {
      const times = turnsFrom(stack, at, turn);
      if (times >= FEWEST && times * turn > best.times * best.places.length) {
        best = { places: stack.slice(at, at + turn), times };
      }
    }
    parts.push(best);
    at += best.places.length * best.times;
  }
  return parts;
}

function turnsFrom(stack: readonly CodePlace[], from: number, turn: number): number {
  let times = 1;
  while (isSame(stack, from, from + times * turn, turn)) {
    times += 1;
  }
  return times;
}

function isSame(stack: readonly CodePlace[], a: number, b: number, length: number): boolean {
  return Array.from({ length }).every((_, index) => {
    const [one, other] = [stack[a + index], stack[b + index]];
    return one !== undefined && other !== undefined && one.path === other.path && one.line === other.line && one.column === other.column;
  });
}
