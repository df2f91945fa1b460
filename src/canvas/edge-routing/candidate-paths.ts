/** The simple right-angled paths between two ports: straight, one bend, two, three or four, over a choice of tracks. */
import type { Point } from '../geometry/rect.ts';
import { DIRECTION, isHorizontal } from './types.ts';
import type { PortEnd } from './types.ts';

/** Coordinates that the middle of a path may run along. */
export interface Tracks {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** How far an edge goes straight on before its first bend. */
export const STUB = 14;
const STUBS = [STUB, STUB + 12, STUB + 24];

export function candidatePaths(from: PortEnd, to: PortEnd, tracks: Tracks): readonly (readonly Point[])[] {
  if (isHorizontal(from.side)) {
    return isHorizontal(to.side) ? facing(from, to, tracks) : across(to, from, tracks).map((path) => path.toReversed());
  }
  if (isHorizontal(to.side)) {
    return across(from, to, tracks);
  }
  const turned = facing(turnedEnd(from), turnedEnd(to), { xs: tracks.ys, ys: tracks.xs });
  return turned.map((path) => path.map(turnedPoint));
}

/** Both ends leave horizontally. */
function facing(from: PortEnd, to: PortEnd, { xs, ys }: Tracks): readonly (readonly Point[])[] {
  const p = from.point;
  const q = to.point;
  const out = DIRECTION[from.side].x;
  const back = DIRECTION[to.side].x;
  if (p.y === q.y && out === -back && (q.x - p.x) * out > 0) {
    return [[p, q]];
  }
  const paths: Point[][] = [];
  for (const x of xs) {
    if ((x - p.x) * out >= STUB && (x - q.x) * back >= STUB) {
      paths.push([p, { x, y: p.y }, { x, y: q.y }, q]);
    }
  }
  for (const first of STUBS) {
    for (const last of STUBS) {
      const x1 = p.x + out * first;
      const x2 = q.x + back * last;
      for (const y of ys) {
        if (x1 !== x2) {
          paths.push([p, { x: x1, y: p.y }, { x: x1, y }, { x: x2, y }, { x: x2, y: q.y }, q]);
        }
      }
    }
  }
  return paths;
}

/** The first end leaves vertically, the second horizontally. */
function across(from: PortEnd, to: PortEnd, { xs, ys }: Tracks): readonly (readonly Point[])[] {
  const p = from.point;
  const q = to.point;
  const out = DIRECTION[from.side].y;
  const back = DIRECTION[to.side].x;
  const paths: Point[][] = [];
  if ((q.y - p.y) * out >= STUB && (p.x - q.x) * back >= STUB) {
    paths.push([p, { x: p.x, y: q.y }, q]);
  }
  const firsts = [...STUBS.map((stub) => p.y + out * stub), ...ys];
  const lasts = [...STUBS.map((stub) => q.x + back * stub), ...xs];
  for (const y of firsts) {
    for (const x of lasts) {
      if ((y - p.y) * out >= STUB && (x - q.x) * back >= STUB && x !== p.x && y !== q.y) {
        paths.push([p, { x: p.x, y }, { x, y }, { x, y: q.y }, q]);
      }
    }
  }
  return paths;
}

function turnedPoint({ x, y }: Point): Point {
  return { x: y, y: x };
}
const TURNED = { top: 'left', bottom: 'right', left: 'top', right: 'bottom' } as const;
function turnedEnd({ point, side }: PortEnd): PortEnd {
  return { point: turnedPoint(point), side: TURNED[side] };
}
