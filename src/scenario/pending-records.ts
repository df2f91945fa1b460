/** The `send` steps that are under way, as one stream in order of time. */
import type { RecordSource, TimedRecord } from './record-source.ts';

export class PendingRecords {
  #sources: RecordSource[] = [];

  add(source: RecordSource): void {
    this.#sources.push(source);
  }

  clear(): void {
    this.#sources = [];
  }

  /** When the next record comes, virtual ms since the start; null when all are in their topics. */
  nextAt(): number | null {
    let best: number | null = null;
    for (const source of this.#sources) {
      const at = source.nextAt();
      best = at === null || (best !== null && best <= at) ? best : at;
    }
    return best;
  }

  /** The next records up to a time, at most so many; those of one time in the order of their steps. */
  take(until: number, most: number): readonly TimedRecord[] {
    const taken: TimedRecord[] = [];
    while (taken.length < most) {
      const next = this.nextAt();
      const source = next === null || next > until ? undefined : this.#sources.find((candidate) => candidate.nextAt() === next);
      if (source === undefined) {
        break;
      }
      taken.push(source.take());
      if (source.nextAt() === null) {
        this.#sources = this.#sources.filter((other) => other !== source);
      }
    }
    return taken;
  }
}
