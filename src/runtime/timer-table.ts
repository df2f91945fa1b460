/**
 * Delayed messages with their cancellation tokens.
 *
 * A token belongs to the id that registered it, whatever its type (S48, S49). A timer is in the table until it fires or
 * is cancelled; the heap may still hold cancelled ones, which are skipped. `added` and `removed` say how to go back to
 * the last checkpoint (S51).
 */
import { EventHeap } from './event-heap.ts';
import type { Timer } from './machine-types.ts';

export class TimerTable {
  private readonly table = new Map<number, Timer>();
  private readonly heap = new EventHeap<Timer>();
  private readonly tokens = new Map<string, Timer>();
  private readonly keepUndo: boolean;
  private readonly added = new Set<number>();
  readonly removed = new Map<number, Timer>();
  /** Counts commits and roll-backs: `removed` begins anew with each. */
  generation = 0;
  /** Timers whose stored form is out of date. */
  readonly dirty = new Set<number>();

  constructor(keepUndo: boolean) {
    this.keepUndo = keepUndo;
  }

  get size(): number {
    return this.table.size;
  }

  get(id: number): Timer | undefined {
    return this.table.get(id);
  }

  pending(id: string, token: string): Timer | undefined {
    return this.tokens.get(tokenKey(id, token));
  }

  add(timer: Timer): void {
    this.insert(timer);
    if (this.keepUndo) {
      this.added.add(timer.id);
    }
    this.dirty.add(timer.id);
  }

  /** Takes a timer out because it fired or was cancelled. */
  remove(timer: Timer): void {
    this.table.delete(timer.id);
    if (timer.token !== null) {
      this.tokens.delete(tokenKey(timer.from.id, timer.token));
    }
    if (this.keepUndo && !this.added.delete(timer.id)) {
      this.removed.set(timer.id, timer);
    }
    this.dirty.add(timer.id);
    if (this.heap.size > 64 && this.heap.size > 2 * this.table.size) {
      this.heap.retain((item) => this.table.get(item.id) === item);
    }
  }

  /** The timer that fires first, or undefined. */
  peek(): Timer | undefined {
    for (;;) {
      const first = this.heap.peek();
      if (first === undefined || this.table.get(first.id) === first) {
        return first;
      }
      this.heap.pop();
    }
  }

  /** Takes the first timer off the heap; it stays in the table until it is handled. */
  pop(): Timer | undefined {
    const first = this.peek();
    if (first !== undefined) {
      this.heap.pop();
    }
    return first;
  }

  /** Puts a popped timer back. */
  rearm(timer: Timer): void {
    this.heap.push(timer);
  }

  /** The checkpoint holds what is pending now. */
  commit(): void {
    this.added.clear();
    this.removed.clear();
    this.generation += 1;
  }

  /** Goes back to the checkpoint; every timer of it is on the heap again. */
  rollBack(): void {
    for (const id of this.added) {
      const timer = this.table.get(id);
      if (timer !== undefined) {
        this.table.delete(id);
        this.dirty.add(id);
      }
    }
    for (const timer of this.removed.values()) {
      this.table.set(timer.id, timer);
      this.dirty.add(timer.id);
    }
    this.added.clear();
    this.removed.clear();
    this.generation += 1;
    this.rebuild();
  }

  /** Takes all timers out for good: the checkpoint holds none either. */
  forget(): void {
    for (const id of this.table.keys()) {
      this.dirty.add(id);
    }
    this.table.clear();
    this.added.clear();
    this.removed.clear();
    this.generation += 1;
    this.rebuild();
  }

  /** All pending timers, without order. */
  all(): Iterable<Timer> {
    return this.table.values();
  }

  /** The next `count` timers in the order in which they fire. */
  next(count: number): Timer[] {
    return this.heap.first(count, (timer) => this.table.get(timer.id) === timer);
  }

  /**
   * Fills an empty table. `isAdded`: set since the last checkpoint. `isHeld`: due, taken off the heap, and waiting
   * elsewhere to be handled.
   */
  restore(timers: Iterable<Timer>, removed: Iterable<Timer>, isAdded: (timer: Timer) => boolean, isHeld: (timer: Timer) => boolean): void {
    for (const timer of timers) {
      this.insert(timer);
      if (this.keepUndo && isAdded(timer)) {
        this.added.add(timer.id);
      }
    }
    for (const timer of removed) {
      this.removed.set(timer.id, timer);
    }
    this.heap.retain((timer) => !isHeld(timer));
  }

  private insert(timer: Timer): void {
    this.table.set(timer.id, timer);
    this.heap.push(timer);
    if (timer.token !== null) {
      this.tokens.set(tokenKey(timer.from.id, timer.token), timer);
    }
  }

  private rebuild(): void {
    this.heap.clear();
    this.tokens.clear();
    for (const timer of this.table.values()) {
      this.heap.push(timer);
      if (timer.token !== null) {
        this.tokens.set(tokenKey(timer.from.id, timer.token), timer);
      }
    }
  }
}

function tokenKey(id: string, token: string): string {
  return `${id}\u0000${token}`;
}
