/**
 * Which sides two items turn to each other. All edges between them use the same two sides, so that request and reply
 * lie next to each other. Decided by where the items lie, not by the direction of the messages.
 */
import type { NodeId } from '../../base/ids.ts';
import { centre } from '../geometry/rect.ts';
import type { Rect } from '../geometry/rect.ts';
import { candidatePaths } from './candidate-paths.ts';
import { cheapest } from './path-cost.ts';
import type { Surroundings } from './path-cost.ts';
import { tracksBetween } from './tracks.ts';
import { isHorizontal, middleOf } from './types.ts';
import type { PortEnd, Side } from './types.ts';

export interface PairEnd {
  readonly id: NodeId;
  readonly rect: Rect;
  /** How many other items it has edges with: the busier of two uses its long sides. */
  readonly partners: number;
  /** An ingress, a router, an egress: the flow runs left to right there. */
  readonly isOuter: boolean;
}
export type SidePair = readonly [Side, Side];

const GAP = 16;

export function chooseSides(a: PairEnd, b: PairEnd, around: Surroundings): SidePair {
  const tracks = tracksBetween(a.rect, b.rect, around.blocked);
  let best: SidePair = ['right', 'left'];
  let least = Infinity;
  for (const { sides, cost } of options(a, b).toSorted((first, second) => first.cost - second.cost)) {
    const from = { side: sides[0], point: middleOf(a.rect, sides[0]) };
    const to = { side: sides[1], point: middleOf(b.rect, sides[1]) };
    const ends = isStraight(a.rect, b.rect, sides) ? alignedEnds(from, to) : { from, to };
    const route = cheapest(candidatePaths(ends.from, ends.to, tracks), around, least - cost);
    if (route !== null) {
      best = sides;
      least = route.cost + cost;
    }
  }
  return best;
}

/** Opposite sides that see each other. */
export function isStraight(a: Rect, b: Rect, sides: SidePair): boolean {
  return straightRange(a, b, sides) !== null;
}

/** The coordinates that a straight edge between the two sides may have: ys for left and right, xs for top and bottom. */
export function straightRange(a: Rect, b: Rect, [first, second]: SidePair): { readonly from: number; readonly to: number } | null {
  const sees =
    (first === 'right' && second === 'left' && b.x >= a.x + a.width) ||
    (first === 'left' && second === 'right' && a.x >= b.x + b.width) ||
    (first === 'bottom' && second === 'top' && b.y >= a.y + a.height) ||
    (first === 'top' && second === 'bottom' && a.y >= b.y + b.height);
  if (!sees) {
    return null;
  }
  const isFlat = isHorizontal(first);
  const from = (isFlat ? Math.max(a.y, b.y) : Math.max(a.x, b.x)) + 10;
  const to = (isFlat ? Math.min(a.y + a.height, b.y + b.height) : Math.min(a.x + a.width, b.x + b.width)) - 10;
  return to - from >= 0 ? { from, to } : null;
}

function options(a: PairEnd, b: PairEnd): readonly { readonly sides: SidePair; readonly cost: number }[] {
  const list: { sides: SidePair; cost: number }[] = [];
  const isRight = b.rect.x >= a.rect.x + a.rect.width + GAP;
  const isLeft = a.rect.x >= b.rect.x + b.rect.width + GAP;
  const isBelow = b.rect.y >= a.rect.y + a.rect.height + GAP;
  const isAbove = a.rect.y >= b.rect.y + b.rect.height + GAP;
  const isFlow = a.isOuter || b.isOuter;
  const horizontal: SidePair | null = isRight ? ['right', 'left'] : isLeft ? ['left', 'right'] : null;
  const vertical: SidePair | null = isBelow ? ['bottom', 'top'] : isAbove ? ['top', 'bottom'] : null;
  if (horizontal !== null) {
    list.push({ sides: horizontal, cost: isFlow ? 0 : 60 });
  }
  if (vertical !== null) {
    list.push({ sides: vertical, cost: isFlow ? 120 : 60 });
  }
  if (horizontal !== null && vertical !== null) {
    const bend = isFlow ? 90 : 0;
    const hub = hubOf(a, b);
    list.push({ sides: [vertical[0], horizontal[1]], cost: bend + (hub === a ? 0 : 40) });
    list.push({ sides: [horizontal[0], vertical[1]], cost: bend + (hub === b ? 0 : 40) });
  }
  for (const side of ['top', 'bottom', 'right', 'left'] as const) {
    list.push({ sides: [side, side], cost: 160 });
  }
  return list;
}

/** Ties go to the one further left, then further up: the same whichever way the pair is given. */
function hubOf(a: PairEnd, b: PairEnd): PairEnd {
  if (a.partners !== b.partners) {
    return a.partners > b.partners ? a : b;
  }
  const [first, second] = [centre(a.rect), centre(b.rect)];
  return first.x - second.x || first.y - second.y
    ? first.x < second.x || (first.x === second.x && first.y < second.y)
      ? a
      : b
    : a.id < b.id
      ? a
      : b;
}

function alignedEnds(from: PortEnd, to: PortEnd): { readonly from: PortEnd; readonly to: PortEnd } {
  const x = (from.point.x + to.point.x) / 2;
  const y = (from.point.y + to.point.y) / 2;
  const align = ({ side, point }: PortEnd): PortEnd => ({ side, point: isHorizontal(side) ? { x: point.x, y } : { x, y: point.y } });
  return { from: align(from), to: align(to) };
}
