/** Where a label breaks its edge: on a run with room for it, clear of items, of other labels and of other edges. */
import { inflate, overlaps, segmentHits } from '../geometry/rect.ts';
import type { Point, Rect } from '../geometry/rect.ts';
import type { Segment } from './types.ts';

const HEIGHT = 16;
/** Line that has to stay visible on both sides of a label. */
const SHOWN = 14;
const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

export interface LabelNeeds {
  readonly points: readonly Point[];
  readonly width: number;
}

/** One spot for each edge, in order; null where there is no room. */
export function labelSpots(
  needs: readonly LabelNeeds[],
  items: readonly Rect[],
  segmentsOf: readonly (readonly Segment[])[],
): readonly (Point | null)[] {
  const taken: Rect[] = [];
  return needs.map(({ points, width }, own) => {
    const spots = spotsOn(points, width).map(({ point, cost }) => {
      const rect = labelRect(point, width);
      const near = inflate(rect, 2);
      const blocked = items.some((item) => overlaps(near, item));
      const labels = taken.filter((other) => overlaps(near, other)).length;
      let crossed = 0;
      segmentsOf.forEach((segments, index) => {
        crossed += index === own ? 0 : segments.filter(({ a, b }) => segmentHits(a, b, near)).length;
      });
      return { point, rect, cost: cost + labels * 1000 + crossed * 60, usable: !blocked && labels === 0 };
    });
    const best = spots.filter((spot) => spot.usable).sort((a, b) => a.cost - b.cost)[0];
    if (best === undefined) {
      return null;
    }
    taken.push(best.rect);
    return best.point;
  });
}

export function labelRect(point: Point, width: number): Rect {
  return { x: point.x - width / 2, y: point.y - HEIGHT / 2, width, height: HEIGHT };
}

/** The middle of a long run first; flat runs before upright ones, where a label is wider than the line. */
function spotsOn(points: readonly Point[], width: number): readonly { readonly point: Point; readonly cost: number }[] {
  const spots: { point: Point; cost: number }[] = [];
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1];
    const b = points[index];
    if (a === undefined || b === undefined) {
      continue;
    }
    const isFlat = a.y === b.y;
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    const room = (isFlat ? width : HEIGHT) + 2 * SHOWN;
    for (const place of PLACES) {
      if (Math.min(place, 1 - place) * length * 2 >= room) {
        const point = { x: Math.round(a.x + (b.x - a.x) * place), y: Math.round(a.y + (b.y - a.y) * place) };
        spots.push({ point, cost: Math.abs(place - 0.5) * 40 + (isFlat ? 0 : 25) - Math.min(length, 200) / 10 });
      }
    }
  }
  return spots;
}
