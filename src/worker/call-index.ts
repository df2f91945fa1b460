/** Which journal records hold which call, of the whole run: read from disk once, then only what the run wrote since. */
import type { RunId } from '../base/ids.ts';
import type { StudioDatabase } from '../storage/database.ts';
import { readCallIndex } from '../storage/run-storage.ts';

export class CallIndex {
  readonly #db: StudioDatabase;
  readonly #run: RunId;
  readonly #ordinals = new Map<number, number>();
  /** Records with earlier attempts, of the few calls that were retried. */
  readonly #earlier = new Map<number, readonly number[]>();
  /** The first journal record that is not in the index yet. */
  #next = 0;

  constructor(db: StudioDatabase, run: RunId) {
    this.#db = db;
    this.#run = run;
  }

  /** The ordinal of the record with the call's last attempt, or null when it is not on disk. */
  async ordinalOf(call: number): Promise<number | null> {
    await this.#extend();
    return this.#ordinals.get(call) ?? null;
  }

  /** Of all records with an attempt of the call, the last one first. */
  async ordinalsOf(call: number): Promise<readonly number[]> {
    await this.#extend();
    const last = this.#ordinals.get(call);
    return last === undefined ? [] : [last, ...(this.#earlier.get(call) ?? [])];
  }

  async #extend(): Promise<void> {
    for (const { ordinal, calls } of await readCallIndex(this.#db, this.#run, this.#next)) {
      for (const call of calls) {
        const before = this.#ordinals.get(call);
        if (before !== undefined && before !== ordinal) {
          this.#earlier.set(call, [before, ...(this.#earlier.get(call) ?? [])]);
        }
        this.#ordinals.set(call, ordinal);
      }
      this.#next = Math.max(this.#next, ordinal + 1);
    }
  }
}
