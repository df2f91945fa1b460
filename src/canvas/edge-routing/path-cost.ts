/** What a path costs: its length and bends, and far more for whatever would make it hard to follow. */
import { inflate, segmentHits } from '../geometry/rect.ts';
import type { Point, Rect } from '../geometry/rect.ts';
import type { Segment } from './types.ts';

/** Free space between an edge and what it goes around. */
export const CLEARANCE = 8;
/** Parallel runs closer than this read as one line. */
const APART = 10;

const BEND = 28;
const TINY_JOG = 60;
const HIT = 3000;
const SHY = 90;
const CROSSING = 24;
const ALONGSIDE = 500;

export interface Surroundings {
  readonly blocked: readonly Rect[];
  readonly shy: readonly Rect[];
  readonly drawn: readonly Segment[];
}

/** The rectangles a path must not enter: others with their clearance, its own two ends without. */
export function blockedFor(others: readonly Rect[], ends: readonly Rect[]): readonly Rect[] {
  return [...others.map((rect) => inflate(rect, CLEARANCE)), ...ends];
}

/** The cost, or anything at or above `limit` as soon as it is known to reach it. */
export function pathCost(path: readonly Point[], around: Surroundings, limit = Infinity): number {
  let cost = BEND * Math.max(0, path.length - 2);
  forEachSegment(path, (a, b) => {
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    cost += length + (length < 12 ? TINY_JOG : 0);
  });
  forEachSegment(path, (a, b) => {
    cost += cost < limit ? segmentCost(a, b, around) : 0;
  });
  return cost;
}

/** The cheapest of some paths; null when none is cheaper than `limit`. */
export function cheapest(
  paths: readonly (readonly Point[])[],
  around: Surroundings,
  limit = Infinity,
): { readonly path: readonly Point[]; readonly cost: number } | null {
  let best: { readonly path: readonly Point[]; readonly cost: number } | null = null;
  for (const path of paths) {
    const cost = pathCost(path, around, best?.cost ?? limit);
    if (cost < (best?.cost ?? limit)) {
      best = { path, cost };
    }
  }
  return best;
}

function forEachSegment(path: readonly Point[], visit: (a: Point, b: Point) => void): void {
  for (let index = 1; index < path.length; index += 1) {
    const a = path[index - 1];
    const b = path[index];
    if (a !== undefined && b !== undefined) {
      visit(a, b);
    }
  }
}

export function hits(path: readonly Point[], blocked: readonly Rect[]): number {
  let count = 0;
  forEachSegment(path, (a, b) => {
    count += blocked.filter((rect) => segmentHits(a, b, rect)).length;
  });
  return count;
}

function segmentCost(a: Point, b: Point, { blocked, shy, drawn }: Surroundings): number {
  let cost = 0;
  for (const rect of blocked) {
    cost += segmentHits(a, b, rect) ? HIT : 0;
  }
  for (const rect of shy) {
    cost += segmentHits(a, b, rect) ? SHY : 0;
  }
  return cost + meetingCost(a, b, drawn);
}

/** What a segment pays for crossing others, or running along one. */
export function meetingCost(a: Point, b: Point, drawn: readonly Segment[]): number {
  let cost = 0;
  for (const segment of drawn) {
    cost += meeting(a, b, segment);
  }
  return cost;
}

/** Whether any part of a path lies on, or too near to, a line that is drawn. */
export function runsAlong(path: readonly Point[], drawn: readonly Segment[]): boolean {
  let isAlong = false;
  forEachSegment(path, (a, b) => {
    isAlong ||= meetingCost(a, b, drawn) >= ALONGSIDE;
  });
  return isAlong;
}

function meeting(a: Point, b: Point, other: Segment): number {
  const flat = a.y === b.y;
  const otherFlat = other.a.y === other.b.y;
  if (flat !== otherFlat) {
    return crosses(a, b, other) ? CROSSING : 0;
  }
  const distance = flat ? Math.abs(a.y - other.a.y) : Math.abs(a.x - other.a.x);
  if (distance >= APART) {
    return 0;
  }
  const shared = flat ? sharedRun(a.x, b.x, other.a.x, other.b.x) : sharedRun(a.y, b.y, other.a.y, other.b.y);
  return shared <= 0 ? 0 : ALONGSIDE + 3 * shared;
}

function crosses(a: Point, b: Point, other: Segment): boolean {
  return (
    Math.max(a.x, b.x) >= Math.min(other.a.x, other.b.x) &&
    Math.min(a.x, b.x) <= Math.max(other.a.x, other.b.x) &&
    Math.max(a.y, b.y) >= Math.min(other.a.y, other.b.y) &&
    Math.min(a.y, b.y) <= Math.max(other.a.y, other.b.y)
  );
}

/** How long two spans of one axis run beside each other. */
export function sharedRun(a: number, b: number, c: number, d: number): number {
  return Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d));
}
