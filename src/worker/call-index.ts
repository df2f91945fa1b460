/** Which journal record holds which call, of the whole run: read from disk once, then only what the run wrote since. */
import type { RunId } from '../base/ids.ts';
import type { StudioDatabase } from '../storage/database.ts';
import { readCallIndex } from '../storage/run-storage.ts';

export class CallIndex {
  readonly #db: StudioDatabase;
  readonly #run: RunId;
  readonly #ordinals = new Map<number, number>();
  /** The first journal record that is not in the index yet. */
  #next = 0;

  constructor(db: StudioDatabase, run: RunId) {
    this.#db = db;
    this.#run = run;
  }

  /** The ordinal of the record with the call's last attempt, or null when it is not on disk. */
  async ordinalOf(call: number): Promise<number | null> {
    for (const { ordinal, calls } of await readCallIndex(this.#db, this.#run, this.#next)) {
      for (const each of calls) {
        this.#ordinals.set(each, ordinal);
      }
      this.#next = Math.max(this.#next, ordinal + 1);
    }
    return this.#ordinals.get(call) ?? null;
  }
}
