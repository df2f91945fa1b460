/**
 * What happened in a run, as an observer of the operator's threads sees it: the order of messages and completed calls on each subtask,
 * and every call with its answer. The real engine's recording and the simulator's own run both become one.
 */
import type { TypedValue, WireAddress } from '../../../src/protocol/messages.ts';

export type CourseEntry =
  | {
      readonly kind: 'message';
      readonly at: number;
      readonly subtask: number;
      readonly to: WireAddress;
      readonly caller: WireAddress | null;
      readonly value: TypedValue;
    }
  /** A due message leaves for another subtask, where it arrives like any other. */
  | { readonly kind: 'departure'; readonly at: number; readonly subtask: number; readonly to: WireAddress; readonly caller: WireAddress }
  /** A call's answer is applied. A bootstrap's, too (S14): it is the next entry of its subtask. */
  | { readonly kind: 'completion'; readonly at: number; readonly subtask: number; readonly to: WireAddress }
  /** A request that was in flight at the checkpoint goes out again (S75). */
  | { readonly kind: 'resend'; readonly at: number; readonly subtask: number; readonly to: WireAddress }
  /** A checkpoint that completed cuts the course here, for all subtasks. */
  | { readonly kind: 'snapshot'; readonly at: number; readonly checkpoint: number }
  | { readonly kind: 'restart'; readonly at: number; readonly checkpoint: number | null };

export interface CourseCall {
  /** Life of the job in which it was made, from 0. */
  readonly attempt: number;
  readonly request: Uint8Array;
  /** The answer that counted: FromFunction bytes; null when none did. */
  readonly reply: Uint8Array | null;
}

export interface Course {
  readonly entries: readonly CourseEntry[];
  /** By address, in the order in which they were made; retries of one are one. */
  readonly calls: ReadonlyMap<string, readonly CourseCall[]>;
}

/** The calls of a course, to be taken one after the other. */
export class CallQueue {
  private readonly calls: Map<string, CourseCall[]>;
  private attempt = 0;
  private readonly lives: number;

  constructor(course: Course) {
    this.lives = course.entries.filter(({ kind }) => kind === 'restart').length + 1;
    this.calls = new Map([...course.calls].map(([key, calls]) => [key, [...calls]]));
  }

  restart(): void {
    this.attempt += 1;
  }

  /** The next call of an address in this life of the job. */
  take(address: WireAddress): CourseCall | null {
    const next = this.peek(address);
    if (next !== null) {
      this.calls.get(keyOf(address))?.shift();
    }
    return next;
  }

  peek(address: WireAddress): CourseCall | null {
    const calls = this.calls.get(keyOf(address)) ?? [];
    while (calls[0] !== undefined && calls[0].attempt < this.attempt) {
      calls.shift();
    }
    return calls[0]?.attempt === this.attempt ? calls[0] : null;
  }

  /** A request that the job's failure may have kept from leaving. */
  mayBeLost(): boolean {
    return this.attempt < this.lives - 1;
  }

  /** Addresses with calls that nobody took. */
  left(): string[] {
    return [...this.calls].filter(([, calls]) => calls.some(({ attempt }) => attempt >= this.attempt)).map(([key]) => key);
  }
}

export function keyOf({ typename, id }: WireAddress): string {
  return `${typename}/${id}`;
}
