/** A polyline as SVG draws it, its corners rounded; and points along it by length. */
import type { Point } from '../geometry/rect.ts';

const RADIUS = 8;

export function roundedPath(points: readonly Point[]): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) {
    return '';
  }
  let path = `M${first.x} ${first.y}`;
  for (let index = 1; index < points.length - 1; index += 1) {
    const [a, b, c] = [points[index - 1], points[index], points[index + 1]];
    if (a !== undefined && b !== undefined && c !== undefined) {
      const into = towards(b, a);
      const out = towards(b, c);
      path += ` L${into.x} ${into.y} Q${b.x} ${b.y} ${out.x} ${out.y}`;
    }
  }
  return `${path} L${last.x} ${last.y}`;
}

export function pathLength(points: readonly Point[]): number {
  let length = 0;
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1];
    const b = points[index];
    length += a === undefined || b === undefined ? 0 : Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }
  return length;
}

/** The point at a share of the way, 0 to 1. */
export function pointAlong(points: readonly Point[], share: number): Point {
  let left = pathLength(points) * share;
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1];
    const b = points[index];
    if (a === undefined || b === undefined) {
      continue;
    }
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    if (left <= length) {
      const part = length === 0 ? 0 : left / length;
      return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
    }
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}

function towards(from: Point, to: Point): Point {
  const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
  const step = Math.min(RADIUS, length / 2);
  return length === 0 ? from : { x: from.x + ((to.x - from.x) / length) * step, y: from.y + ((to.y - from.y) / length) * step };
}
