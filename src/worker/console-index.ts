/** Which trace events hold log lines, and how many come before each: a page of the console is read without reading the rest. */
import type { CallCompleted } from '../runtime/trace-event.ts';
import type { ConsoleRow } from './contract.ts';
import type { TraceReader } from './trace-reader.ts';

/** What trace lines of call-completed and call-failed hold. */
type LoggedEvent = Pick<CallCompleted, 'address' | 'logs'>;

export class ConsoleIndex {
  readonly #trace: TraceReader;
  readonly #seqs: number[] = [];
  /** Log lines before the event of the same place in `#seqs`. */
  readonly #before: number[] = [];
  #total = 0;

  constructor(trace: TraceReader) {
    this.#trace = trace;
  }

  async read(from: number, count: number, length: number): Promise<{ readonly total: number; readonly rows: readonly ConsoleRow[] }> {
    await this.#extend(length);
    const rows: ConsoleRow[] = [];
    for (let place = this.#placeOf(from); place < this.#seqs.length && rows.length < count; place += 1) {
      const skip = Math.max(0, from - (this.#before[place] ?? 0));
      rows.push(...(await this.#rowsOf(this.#seqs[place] ?? 0)).slice(skip, skip + count - rows.length));
    }
    return { total: this.#total, rows };
  }

  async #extend(length: number): Promise<void> {
    const seqs = await this.#trace.matching('console', (line) => line.includes('"logs":[{'), length);
    for (const seq of seqs.slice(this.#seqs.length)) {
      const lines = await this.#rowsOf(seq);
      this.#seqs.push(seq);
      this.#before.push(this.#total);
      this.#total += lines.length;
    }
  }

  async #rowsOf(seq: number): Promise<readonly ConsoleRow[]> {
    const [row] = await this.#trace.rows([seq]);
    if (row === undefined) {
      return [];
    }
    const event = JSON.parse(row.line) as LoggedEvent;
    return event.logs.map((line) => ({ seq: row.seq, at: row.at, address: event.address, line }));
  }

  /** The last event that has at most `from` lines before it. */
  #placeOf(from: number): number {
    let low = 0;
    let high = this.#before.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#before[middle] ?? Infinity) <= from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  }
}
