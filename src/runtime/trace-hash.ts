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

const LINE_END = 10;

/** Two 32-bit lanes over UTF-16 code units, with different offsets and multipliers, so that they fail independently. */
export function createTraceHash(stored: TraceHashState | null = null): TraceHash {
  let [high, low] = stored ?? [0x811c9dc5, 0x9747b28c];
  return {
    add(line) {
      // The lanes in locals: Chromium makes a new object for every 32-bit number that a captured variable takes (22 ns against 2).
      let a = high;
      let b = low;
      for (let index = 0; index < line.length; index += 1) {
        const unit = line.charCodeAt(index);
        a = nextHigh(a, unit);
        b = nextLow(b, unit);
      }
      high = nextHigh(a, LINE_END);
      low = nextLow(b, LINE_END);
    },
    hex: () => digits(finish(high ^ low)) + digits(finish(low)),
    state: () => [high, low],
  };
}

function nextHigh(lane: number, unit: number): number {
  return Math.imul(lane ^ unit, 0x01000193);
}

function nextLow(lane: number, unit: number): number {
  return Math.imul(((lane << 5) | (lane >>> 27)) ^ unit, 0x9e3779b1);
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
