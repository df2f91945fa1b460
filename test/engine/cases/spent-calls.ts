/** S62 of a call that always gets a 500 and has three seconds: when it is tried again, and when it is given up. */
import type { Seen } from './observation.ts';

const BUDGET_MILLIS = 3000;
/** What a busy machine may take before the first attempt, or for the last one. */
const LOAD_MILLIS = 300;

export interface Tries {
  /** Of each attempt, since the first. */
  readonly at: readonly number[];
  /** When the job failed of it, since the first attempt. */
  readonly failed: number;
}

/** What one attempt of the job tried at an address. */
export function triesOf(seen: Seen, target: string): Tries {
  const [first, ...more] = seen.requests.filter((request) => request.target === target);
  const start = first?.at ?? Number.NaN;
  return {
    at: [0, ...more.filter(({ attempt }) => attempt === first?.attempt).map(({ at }) => at - start)],
    failed: (seen.failures.find(({ at }) => at > start)?.at ?? Number.NaN) - start,
  };
}

/** Retries are 4, 8, 16, … ms apart; when the next pause is longer than what is left, that is waited out. */
export function asyncSpent({ at, failed }: Tries): string | null {
  const pause = (n: number): number => 4 * 2 ** n;
  const { early, slack } = pauses(at, pause);
  const last = at.at(-1) ?? 0;
  return (
    early ??
    (last + pause(at.length - 1) < BUDGET_MILLIS - slack ? `given up after ${at.length} attempts, the last at ${last}` : null) ??
    (last > BUDGET_MILLIS ? `tried at ${last}` : null) ??
    (failed >= BUDGET_MILLIS - slack ? null : `failed at ${failed}`)
  );
}

/** Retries are 10, 20, 40, … ms apart, but for the last one: it is at the deadline. */
export function okhttpSpent({ at, failed }: Tries): string | null {
  const pause = (n: number): number => 10 * 2 ** n;
  const { early, slack } = pauses(at.slice(0, -1), pause);
  const last = at.at(-1) ?? 0;
  const before = at.at(-2) ?? 0;
  return (
    early ??
    (before + pause(at.length - 2) < BUDGET_MILLIS - slack ? `the last pause, of ${last - before} ms, was cut short` : null) ??
    (Math.abs(last - BUDGET_MILLIS) > slack ? `the last attempt was at ${last}` : null) ??
    (failed >= last ? null : `failed at ${failed}`)
  );
}

/** Whether a pause was too short, and what to allow for: the longest that an attempt took, and the machine's load. */
function pauses(at: readonly number[], pause: (n: number) => number): { readonly early: string | null; readonly slack: number } {
  const gaps = at.slice(1).map((time, n) => time - (at[n] ?? 0));
  // Times are whole milliseconds.
  const n = gaps.findIndex((gap, index) => gap < pause(index) - 1);
  return {
    early: n === -1 ? null : `retry ${n + 1} came after ${gaps[n]} ms`,
    slack: LOAD_MILLIS + Math.max(0, ...gaps.map((gap, index) => gap - pause(index))),
  };
}
