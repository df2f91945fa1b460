/** The lines that the middle of an edge may run along: between its two items, and past what lies near them. */
import { boundsOf, inflate, overlaps } from '../geometry/rect.ts';
import type { Rect } from '../geometry/rect.ts';
import type { Tracks } from './candidate-paths.ts';

const BESIDE = [6, 18, 30];
const AROUND = [0, 12, -12, 24, -24, 36, -36];
/** More obstacles than this near one edge are left to the search for a detour. */
const NEAR_LIMIT = 12;

/** `blocked` carries its clearance already. */
export function tracksBetween(a: Rect, b: Rect, blocked: readonly Rect[]): Tracks {
  const area = boundsOf([a, b]);
  const near = area === null ? [] : blocked.filter((rect) => overlaps(inflate(area, 40), rect)).slice(0, NEAR_LIMIT);
  return {
    xs: spread(
      a.x,
      a.width,
      b.x,
      b.width,
      near.map((rect) => [rect.x, rect.x + rect.width]),
    ),
    ys: spread(
      a.y,
      a.height,
      b.y,
      b.height,
      near.map((rect) => [rect.y, rect.y + rect.height]),
    ),
  };
}

function spread(a: number, aSize: number, b: number, bSize: number, near: readonly (readonly [number, number])[]): readonly number[] {
  const [first, second] = a + aSize <= b ? [a + aSize, b] : b + bSize <= a ? [b + bSize, a] : [null, null];
  const tracks = new Set<number>();
  if (first !== null && second !== null) {
    AROUND.forEach((offset) => tracks.add(Math.round((first + second) / 2) + offset));
  }
  for (const [low, high] of [[a, a + aSize] as const, [b, b + bSize] as const, ...near]) {
    for (const beside of BESIDE) {
      tracks.add(low - beside);
      tracks.add(high + beside);
    }
  }
  return [...tracks];
}
