/**
 * A running 64-bit hash over trace lines: two runs with the same lines have the same hash. It finds accidents, not
 * forgeries, and can be stored and taken up again.
 */
export interface TraceHash {
  add(line: string): void;
  /** 16 hexadecimal digits. */
  hex(): string;
  state(): TraceHashState;
}

export type TraceHashState = readonly [high: number, low: number];

/** Two 32-bit lanes over UTF-16 code units, with different offsets and multipliers, so that they fail independently. */
export function createTraceHash(stored: TraceHashState | null = null): TraceHash {
  let [high, low] = stored ?? [0x811c9dc5, 0x9747b28c];
  const take = (unit: number): void => {
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(((low << 5) | (low >>> 27)) ^ unit, 0x9e3779b1);
  };
  return {
    add(line) {
      for (let index = 0; index < line.length; index += 1) {
        take(line.charCodeAt(index));
      }
      take(10);
    },
    hex: () => digits(finish(high ^ low)) + digits(finish(low)),
    state: () => [high, low],
  };
}

function finish(lane: number): number {
  let mixed = lane;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function digits(lane: number): string {
  return lane.toString(16).padStart(8, '0');
}
