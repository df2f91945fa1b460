/**
 * How fast messages go along each edge, from the counters of past projections. Two rates: per virtual second, which is
 * what labels say and does not depend on the speed of the run; and per real second, which decides how an edge is drawn.
 *
 * M1 a counter that falls (a run that started over) starts the measure anew.
 * M2 while virtual time stands, rates stay what they were.
 */
import type { EdgeId } from '../../base/ids.ts';

export interface CounterSample {
  /** Virtual and real milliseconds. */
  readonly virtual: number;
  readonly real: number;
  readonly counts: ReadonlyMap<EdgeId, number>;
}

/** Samples closer than this in real time are one. */
const SPACING = 200;
/** What virtual rates look back over, in real milliseconds. */
const WINDOW = 4000;
/** What real rates look back over. */
const SHORT_WINDOW = 1000;

export class RateMeter {
  private samples: CounterSample[] = [];
  private latest: CounterSample | null = null;

  add(sample: CounterSample): void {
    const { latest } = this;
    if (latest !== null && (sample.virtual < latest.virtual || isLess(sample.counts, latest.counts))) {
      this.reset();
    }
    const last = this.samples.at(-1);
    if (last === undefined || sample.real - last.real >= SPACING) {
      this.samples.push(sample);
    }
    while (this.samples.length > 2 && sample.real - (this.samples[1]?.real ?? sample.real) >= WINDOW) {
      this.samples.shift();
    }
    this.latest = sample;
  }

  reset(): void {
    this.samples = [];
    this.latest = null;
  }

  /** Messages per virtual second over the last seconds; null before it can be told. */
  perVirtualSecond(edge: EdgeId): number | null {
    const first = this.samples[0];
    if (first === undefined || this.latest === null || this.latest.virtual <= first.virtual) {
      return null;
    }
    return (between(first, this.latest, edge) * 1000) / (this.latest.virtual - first.virtual);
  }

  /** Messages per real second over the last second; `now` is real time, so that a paused run comes to rest. */
  perRealSecond(edge: EdgeId, now: number): number {
    const first = this.samples.find((sample) => now - sample.real <= SHORT_WINDOW);
    if (first === undefined || this.latest === null) {
      return 0;
    }
    return (between(first, this.latest, edge) * 1000) / Math.max(SPACING, now - first.real);
  }
}

function between(first: CounterSample, last: CounterSample, edge: EdgeId): number {
  return (last.counts.get(edge) ?? 0) - (first.counts.get(edge) ?? 0);
}

function isLess(counts: ReadonlyMap<EdgeId, number>, before: ReadonlyMap<EdgeId, number>): boolean {
  for (const [edge, count] of before) {
    if ((counts.get(edge) ?? 0) < count) {
      return true;
    }
  }
  return false;
}
