/** The cheapest right-angled way around everything, for the few edges whose simple paths all run into something. */
import type { Point, Rect } from '../geometry/rect.ts';
import { STUB } from './candidate-paths.ts';
import { segmentHits } from '../geometry/rect.ts';
import { meetingCost } from './path-cost.ts';
import type { Surroundings } from './path-cost.ts';
import { DIRECTION } from './types.ts';
import type { PortEnd, Segment } from './types.ts';

const BEND = 28;
/** Lines to run along, outside of what is in the way: two, so that a reply finds room beside its request. */
const BESIDE = [2, 14];
/** Beyond this many lines each way the search would be slow; the straightest path stands then. */
const LINE_LIMIT = 260;

/** Null when there is no way, or it would take too long to find. `blocked` carries its clearance. */
export function findDetour(from: PortEnd, to: PortEnd, { blocked, drawn }: Surroundings): readonly Point[] | null {
  const start = ahead(from);
  const goal = ahead(to);
  const xs = lines([start.x, goal.x, ...blocked.flatMap(({ x, width }) => BESIDE.flatMap((beside) => [x - beside, x + width + beside]))]);
  const ys = lines([start.y, goal.y, ...blocked.flatMap(({ y, height }) => BESIDE.flatMap((beside) => [y - beside, y + height + beside]))]);
  if (xs.length > LINE_LIMIT || ys.length > LINE_LIMIT) {
    return null;
  }
  const middle = search(start, goal, xs, ys, blocked, drawn);
  return middle === null ? null : straightened([from.point, ...middle, to.point]);
}

/** Drops points on the way of a straight run. */
export function straightened(points: readonly Point[]): readonly Point[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    return (
      before === undefined ||
      after === undefined ||
      !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y))
    );
  });
}

function ahead({ point, side }: PortEnd): Point {
  const { x, y } = DIRECTION[side];
  return { x: point.x + x * STUB, y: point.y + y * STUB };
}

function lines(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Dijkstra over grid points and the direction they were reached in (0 flat, 1 upright). */
function search(
  start: Point,
  goal: Point,
  xs: readonly number[],
  ys: readonly number[],
  blocked: readonly Rect[],
  drawn: readonly Segment[],
): readonly Point[] | null {
  const columns = xs.length;
  const startAt = ys.indexOf(start.y) * columns + xs.indexOf(start.x);
  const goalAt = ys.indexOf(goal.y) * columns + xs.indexOf(goal.x);
  const costs = new Float64Array(columns * ys.length * 2).fill(Infinity);
  const cameFrom = new Int32Array(columns * ys.length * 2).fill(-1);
  const open: { state: number; cost: number }[] = [];
  const reach = (state: number, cost: number, before: number) => {
    if (cost < (costs[state] ?? 0)) {
      costs[state] = cost;
      cameFrom[state] = before;
      push(open, { state, cost });
    }
  };
  reach(startAt * 2, 0, -1);
  reach(startAt * 2 + 1, 0, -1);
  const pointOf = (at: number): Point => ({ x: xs[at % columns] ?? 0, y: ys[Math.floor(at / columns)] ?? 0 });
  for (let next = pop(open); next !== null; next = pop(open)) {
    const at = next.state >> 1;
    if (next.cost > (costs[next.state] ?? 0)) {
      continue;
    }
    if (at === goalAt) {
      return walkBack(next.state, cameFrom, pointOf);
    }
    const here = pointOf(at);
    const column = at % columns;
    const row = Math.floor(at / columns);
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const toColumn = column + dx;
      const toRow = row + dy;
      if (toColumn < 0 || toRow < 0 || toColumn >= columns || toRow >= ys.length) {
        continue;
      }
      const target = toRow * columns + toColumn;
      const there = pointOf(target);
      const upright = dx === 0 ? 1 : 0;
      if (!blocked.some((rect) => segmentHits(here, there, rect))) {
        const turn = (next.state & 1) === upright ? 0 : BEND;
        const length = Math.abs(there.x - here.x) + Math.abs(there.y - here.y);
        reach(target * 2 + upright, next.cost + turn + length + meetingCost(here, there, drawn), next.state);
      }
    }
  }
  return null;
}

function walkBack(end: number, cameFrom: Int32Array, pointOf: (at: number) => Point): readonly Point[] {
  const points: Point[] = [];
  for (let state = end; state >= 0; state = cameFrom[state] ?? -1) {
    points.unshift(pointOf(state >> 1));
  }
  return points;
}

type Heap = { state: number; cost: number }[];

function push(heap: Heap, item: Heap[number]): void {
  heap.push(item);
  for (let index = heap.length - 1; index > 0;) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || above.cost <= item.cost) {
      break;
    }
    heap[index] = above;
    heap[parent] = item;
    index = parent;
  }
}

function pop(heap: Heap): Heap[number] | null {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined) {
    return null;
  }
  if (heap.length > 0) {
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      const isRight = right !== undefined && left !== undefined && right.cost < left.cost;
      const child = isRight ? right : left;
      if (child === undefined || child.cost >= last.cost) {
        break;
      }
      heap[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    heap[index] = last;
  }
  return first;
}
