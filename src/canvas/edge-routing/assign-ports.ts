/**
 * Where on a side each edge starts and ends. Ends are ordered so that edges to one direction do not cross right at the
 * item, edges of one pair lie next to each other, and those that can run straight do.
 */
import type { EdgeId, NodeId } from '../../base/ids.ts';
import { centre } from '../geometry/rect.ts';
import type { Rect } from '../geometry/rect.ts';
import type { Layout } from '../geometry/canvas-layout.ts';
import { isStraight, straightRange } from './choose-sides.ts';
import type { SidePair } from './choose-sides.ts';
import { spreadApart } from './spread-apart.ts';
import type { Slot } from './spread-apart.ts';
import { isHorizontal } from './types.ts';
import type { PortEnd, RoutableEdge, Side } from './types.ts';

export interface PairRoute {
  readonly a: NodeId;
  readonly b: NodeId;
  readonly sides: SidePair;
  /** In a fixed order: from the upper left item to the other first. */
  readonly edges: readonly RoutableEdge[];
}

interface End {
  readonly key: string;
  readonly pair: PairRoute;
  readonly group: number;
  readonly distance: number;
  readonly along: number;
  readonly rank: number;
}

const GAP_FLAT = 36;
const GAP_UPRIGHT = 24;
const LOOP_INSET = 10;

export type Ports = ReadonlyMap<string, PortEnd>;

export function portKey(edge: EdgeId, end: 'from' | 'to'): string {
  return `${end}|${edge}`;
}

/** `loops`: edges from an item to itself; they use its lower side, left and right of all others. */
export function assignPorts(pairs: readonly PairRoute[], loops: readonly RoutableEdge[], layout: Layout): Ports {
  const sides = new Map<string, { readonly rect: Rect; readonly side: Side; readonly ends: End[]; readonly loops: RoutableEdge[] }>();
  const sideOf = (node: NodeId, side: Side) => {
    const key = `${side}|${node}`;
    const rect = layout.get(node) ?? { x: 0, y: 0, width: 0, height: 0 };
    const entry = sides.get(key) ?? { rect, side, ends: [], loops: [] };
    sides.set(key, entry);
    return entry;
  };
  for (const pair of pairs) {
    const [sideA, sideB] = pair.sides;
    const a = sideOf(pair.a, sideA);
    const b = sideOf(pair.b, sideB);
    const groupA = groupOf(a.rect, sideA, b.rect, pair.sides);
    const groupB = groupOf(b.rect, sideB, a.rect, [sideB, sideA]);
    const isTurned = groupA * groupB < 0 || (sideA === sideB && groupA === 0);
    pair.edges.forEach((edge, rank) => {
      const [endA, endB] = edge.from === pair.a ? (['from', 'to'] as const) : (['to', 'from'] as const);
      a.ends.push({ ...seen(a.rect, sideA, b.rect), key: portKey(edge.id, endA), pair, group: groupA, rank: isTurned ? -rank : rank });
      b.ends.push({ ...seen(b.rect, sideB, a.rect), key: portKey(edge.id, endB), pair, group: groupB, rank });
    });
  }
  for (const loop of loops) {
    sideOf(loop.from, 'bottom').loops.push(loop);
  }
  const slots = new Map<string, Slot[]>();
  const slotOf = new Map<string, Slot>();
  for (const [key, { rect, side, ends, loops: own }] of sides) {
    const list = desired(rect, side, ends.sort(byPlace), own);
    slots.set(key, list);
    list.forEach((slot) => slotOf.set(slot.key, slot));
  }
  pairs.forEach((pair) => alignStraight(pair, layout, slotOf));
  const ports = new Map<string, PortEnd>();
  for (const [key, { rect, side }] of sides) {
    for (const { key: end, at } of spreadApart(slots.get(key) ?? [], rangeOf(rect, side))) {
      ports.set(end, { side, point: onSide(rect, side, Math.round(at)) });
    }
  }
  return ports;
}

/** -1: the edge turns towards smaller coordinates of this side, 1: towards larger ones, 0: it goes straight on. */
function groupOf(own: Rect, side: Side, other: Rect, sides: SidePair): number {
  if (isStraight(own, other, sides)) {
    return 0;
  }
  const [from, to] = [centre(own), centre(other)];
  return Math.sign(isHorizontal(side) ? to.y - from.y : to.x - from.x);
}

function seen(own: Rect, side: Side, other: Rect): { readonly distance: number; readonly along: number } {
  const [from, to] = [centre(own), centre(other)];
  return isHorizontal(side) ? { distance: Math.abs(to.x - from.x), along: to.y } : { distance: Math.abs(to.y - from.y), along: to.x };
}

/** Those that turn away early stand outside; in the middle, by where the other item lies. */
function byPlace(a: End, b: End): number {
  if (a.group !== b.group) {
    return a.group - b.group;
  }
  const outward = a.group < 0 ? a.distance - b.distance : a.group > 0 ? b.distance - a.distance : a.along - b.along;
  return outward || a.along - b.along || (a.pair === b.pair ? a.rank - b.rank : a.key < b.key ? -1 : 1);
}

function desired(rect: Rect, side: Side, ends: readonly End[], loops: readonly RoutableEdge[]): Slot[] {
  const { from, to } = rangeOf(rect, side);
  const room = to - from;
  const inner = ends.length === 0 ? [] : ends.map((end) => end.key);
  const starts = loops.map((loop) => portKey(loop.id, 'from'));
  const finishes = loops.map((loop) => portKey(loop.id, 'to')).toReversed();
  if (inner.length === 0) {
    return [
      ...starts.map((key, index): Slot => ({ key, at: from + LOOP_INSET + 14 * index, isFixed: false })),
      ...finishes.map((key, index): Slot => ({ key, at: to - LOOP_INSET - 14 * (finishes.length - 1 - index), isFixed: false })),
    ];
  }
  // Beside other edges a loop keeps to the right corner, so that nothing crosses it.
  const keys = [...inner, ...starts, ...finishes];
  const gap = Math.min(isHorizontal(side) ? GAP_UPRIGHT : GAP_FLAT, room / keys.length);
  const first = (from + to) / 2 - (gap * (keys.length - 1)) / 2;
  return keys.map((key, index) => ({ key, at: first + gap * index, isFixed: false }));
}

function alignStraight(pair: PairRoute, layout: Layout, slotOf: ReadonlyMap<string, Slot>): void {
  const a = layout.get(pair.a);
  const b = layout.get(pair.b);
  const range = a === undefined || b === undefined ? null : straightRange(a, b, pair.sides);
  if (range === null) {
    return;
  }
  const count = pair.edges.length;
  const widest = isHorizontal(pair.sides[0]) ? GAP_UPRIGHT : GAP_FLAT + 12;
  const gap = count === 1 ? 0 : Math.min(widest, (range.to - range.from) / (count - 1), ...spacings(pair, slotOf));
  const slots = pair.edges
    .flatMap((edge) => [slotOf.get(portKey(edge.id, 'from')), slotOf.get(portKey(edge.id, 'to'))])
    .filter((slot) => slot !== undefined);
  if ((count > 1 && gap < 12) || slots.length === 0) {
    return;
  }
  const half = (gap * (count - 1)) / 2;
  const mean = slots.reduce((sum, slot) => sum + slot.at, 0) / slots.length;
  const middle = Math.min(Math.max(mean, range.from + half), range.to - half);
  pair.edges.forEach((edge, index) => {
    for (const end of ['from', 'to'] as const) {
      const slot = slotOf.get(portKey(edge.id, end));
      if (slot !== undefined) {
        slot.at = Math.round(middle - half + gap * index);
        slot.isFixed = true;
      }
    }
  });
}

/** How far apart the ends of a pair stand on each of its sides. */
function spacings(pair: PairRoute, slotOf: ReadonlyMap<string, Slot>): readonly number[] {
  return [pair.a, pair.b].flatMap((node) => {
    const places = pair.edges
      .map((edge) => slotOf.get(portKey(edge.id, edge.from === node ? 'from' : 'to'))?.at ?? 0)
      .sort((first, second) => first - second);
    return places.slice(1).map((place, index) => place - (places[index] ?? place));
  });
}

function rangeOf(rect: Rect, side: Side): { readonly from: number; readonly to: number } {
  return isHorizontal(side) ? { from: rect.y + 8, to: rect.y + rect.height - 8 } : { from: rect.x + 12, to: rect.x + rect.width - 12 };
}

function onSide(rect: Rect, side: Side, at: number) {
  switch (side) {
    case 'left':
      return { x: rect.x, y: at };
    case 'right':
      return { x: rect.x + rect.width, y: at };
    case 'top':
      return { x: at, y: rect.y };
    case 'bottom':
      return { x: at, y: rect.y + rect.height };
  }
}
