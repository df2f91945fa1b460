/** The messages that are on their way on the screen: one dot each, until it has arrived. */
import type { EdgeId } from '../../base/ids.ts';

export interface Dot {
  readonly edge: EdgeId;
  /** Real milliseconds. */
  readonly from: number;
  readonly until: number;
}

/** Above this many a second, dots on one edge are a blur: a moving dash and the rate say more. */
export const DOT_LIMIT = 20;
const TRAVEL = 600;
const LEAST_TRAVEL = 180;

export class DotField {
  private dots: Dot[] = [];

  /** `count` messages that were sent since the last frame, spread over it so that they do not lie on each other. */
  add(edge: EdgeId, count: number, now: number, travel: number): void {
    const shown = Math.min(count, 4);
    for (let index = 0; index < shown; index += 1) {
      const from = now + (index * travel) / 12;
      this.dots.push({ edge, from, until: from + travel });
    }
  }

  /** Those still on their way, with the share of the way behind them. */
  at(now: number): readonly { readonly edge: EdgeId; readonly share: number }[] {
    this.dots = this.dots.filter((dot) => dot.until > now);
    return this.dots.flatMap(({ edge, from, until }) => (from > now ? [] : [{ edge, share: (now - from) / (until - from) }]));
  }

  get isEmpty(): boolean {
    return this.dots.length === 0;
  }

  clear(): void {
    this.dots = [];
  }
}

/** Real milliseconds for the way: faster runs have quicker dots. */
export function travelTime(speed: number): number {
  return Math.max(LEAST_TRAVEL, TRAVEL / Math.max(1, Math.sqrt(speed)));
}

/** How many messages went along each edge from one projection to the next. */
export function newMessages(counts: ReadonlyMap<EdgeId, number>, before: ReadonlyMap<EdgeId, number> | null): ReadonlyMap<EdgeId, number> {
  const added = new Map<EdgeId, number>();
  if (before !== null) {
    for (const [edge, count] of counts) {
      const more = count - (before.get(edge) ?? 0);
      if (more > 0) {
        added.set(edge, more);
      }
    }
  }
  return added;
}
