/** Counts and the words for them. */
import type { Mismatch } from '../outcome.ts';
import type { CountRange } from '../scenario.ts';

export function isWithin({ atLeast, atMost }: CountRange, count: number): boolean {
  return count >= atLeast && (atMost === null || count <= atMost);
}

export function rangeText({ atLeast, atMost }: CountRange): string {
  if (atMost === null) {
    return `${atLeast} or more`;
  }
  return atLeast === atMost ? String(atLeast) : `${atLeast} to ${atMost}`;
}

/** @param what Of what, e.g. `records of egress a/b`. */
export function countMismatch(range: CountRange, count: number, what: string, there: readonly string[]): Mismatch | null {
  return isWithin(range, count)
    ? null
    : {
        message: `${what}: expected ${rangeText(range)}, found ${count}.`,
        expected: rangeText(range),
        actual: String(count),
        diff: there.map((text) => ({ mark: '+' as const, text })),
      };
}
