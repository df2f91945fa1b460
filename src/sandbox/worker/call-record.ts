/**
 * What is known about the call that runs now: its clock, its chance, and what it leaves behind. One at a time, since an
 * address's function is called by one thread and calls of a batch run one after the other. Everything is reset when a call
 * begins, so that a call cannot see which others share its batch.
 */
import { randomStream } from '../../base/random.ts';
import type { RandomStream } from '../../base/random.ts';
import { arrayPush, stringSlice } from './primordials.ts';

/** A place in the compiled text: index of the file in the bundle, one-based line and column. */
export interface RawPlace {
  readonly file: number;
  readonly line: number;
  readonly column: number;
}

export interface RawLog {
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug';
  readonly text: string;
  readonly message: number;
  readonly place: RawPlace | null;
}

export interface RawError {
  readonly name: string;
  readonly message: string;
  readonly stack: readonly RawPlace[];
  readonly messageIndex: number | null;
}

export interface RawFetch {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly latencyMillis: number;
  readonly stub: string | null;
}

const MAX_LOGS = 1000;
const MAX_TEXT = 10_000;

export interface CallRecord {
  /** Virtual ms since 1970 at which the call began. */
  startedAt: number;
  /** Virtual ms that awaited timers and stubs have added so far. */
  extraMillis: number;
  /** Index of the message being handled; -1 before the first. */
  message: number;
  seed: number;
  error: RawError | null;
  logs: RawLog[] | null;
  fetches: RawFetch[] | null;
  /** The call awaits something that nothing can settle. */
  stuck: boolean;
}

export const call: CallRecord = {
  startedAt: 0,
  extraMillis: 0,
  message: -1,
  seed: 0,
  error: null,
  logs: null,
  fetches: null,
  stuck: false,
};

let random: RandomStream | null = null;

export function beginCall(startedAt: number, seed: number): void {
  call.startedAt = startedAt;
  call.seed = seed;
  call.extraMillis = 0;
  call.message = -1;
  call.error = null;
  call.logs = null;
  call.fetches = null;
  call.stuck = false;
  random = null;
}

export function virtualNow(): number {
  return call.startedAt + call.extraMillis;
}

/** A number in [0, 1) from the call's own stream. */
export function nextRandom(): number {
  random ??= randomStream(call.seed);
  return random.next();
}

export function log(level: RawLog['level'], text: string, place: RawPlace | null): void {
  call.logs ??= [];
  if (call.logs.length >= MAX_LOGS) {
    if (call.logs.length === MAX_LOGS) {
      arrayPush(call.logs, {
        level: 'warn',
        text: `More than ${MAX_LOGS} lines in one call; the rest is left out.`,
        message: call.message,
        place: null,
      });
    }
    return;
  }
  arrayPush(call.logs, { level, text: clip(text), message: call.message < 0 ? 0 : call.message, place });
}

export function recordFetch(fetched: RawFetch): void {
  call.fetches ??= [];
  arrayPush(call.fetches, fetched);
}

export function clip(text: string): string {
  return text.length > MAX_TEXT ? `${stringSlice(text, 0, MAX_TEXT)}… (${text.length} characters)` : text;
}
