/**
 * What is known about the call that runs now: its clock, its chance, and what it leaves behind. One at a time, since an
 * address's function is called by one thread and calls of a batch run one after the other. Everything is reset when a call
 * begins, so that a call cannot see which others share its batch.
 */
import { hash32, randomStream } from '../../base/random.ts';
import type { RandomStream } from '../../base/random.ts';
import { arrayPush, mapGet, mapSet, NativeError, NativeMap, stringSlice } from './primordials.ts';

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
  readonly unanswered?: RawFetch;
}

export interface RawError {
  readonly name: string;
  readonly message: string;
  readonly stack: readonly RawPlace[];
  readonly messageIndex: number | null;
}

export interface RawFetch {
  /** What was sent, where no stub answered; null for nothing. */
  readonly body?: string | null;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly latencyMillis: number;
  readonly stub: string | null;
}

const MAX_LOGS = 1000;
const MAX_FETCHES = 1000;
const MAX_TEXT = 10_000;

export interface CallRecord {
  /** Virtual ms since 1970 at which the call began. */
  startedAt: number;
  /** Virtual ms that awaited timers and stubs have added so far. */
  extraMillis: number;
  /** Index of the message being handled; -1 before the first. */
  message: number;
  seed: number;
  /** 1 for the first try. */
  attempt: number;
  error: RawError | null;
  logs: RawLog[] | null;
  fetches: RawFetch[] | null;
  /** The call awaits something that nothing can settle. */
  stuck: boolean;
  /** Characters that `logs` and `fetches` hold. */
  weight: number;
}

export const call: CallRecord = {
  startedAt: 0,
  extraMillis: 0,
  message: -1,
  seed: 0,
  attempt: 1,
  error: null,
  logs: null,
  fetches: null,
  stuck: false,
  weight: 0,
};

let random: RandomStream | null = null;
/** Requests of this call that stubs were asked to answer. */
let asked = 0;
let turns: Map<object, number> | null = null;

/** Told of what the call leaves behind, with its place; only where the call is observed. */
export interface CallWatcher {
  log(text: string, place: RawPlace | null): void;
  fetched(fetched: RawFetch, place: RawPlace | null): void;
}

let watcher: CallWatcher | null = null;
/** A logpoint is being evaluated: it may only read. */
let reading = false;

export function watchCalls(given: CallWatcher): void {
  watcher = given;
}

export function isWatched(): boolean {
  return watcher !== null && !reading;
}

/** Evaluates what must leave no mark on the call: the stream of random numbers goes on where it stood, and nothing is sent. */
export function readOnly<T>(evaluate: () => T): T {
  const before = random === null ? null : random.state();
  const outer = reading;
  reading = true;
  try {
    return evaluate();
  } finally {
    reading = outer;
    random = before === null ? null : randomStream(before);
  }
}

/** For what starts work or has an effect: throws while a logpoint is evaluated. */
export function refuseWhileReading(what: string): void {
  if (reading) {
    throw new NativeError(`A logpoint only reads: it cannot ${what}`);
  }
}

export function beginCall(startedAt: number, seed: number, attempt = 1): void {
  call.startedAt = startedAt;
  call.seed = seed;
  call.attempt = attempt;
  asked = 0;
  turns = null;
  call.extraMillis = 0;
  call.message = -1;
  call.error = null;
  call.logs = null;
  call.fetches = null;
  call.stuck = false;
  call.weight = 0;
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

/** How often a stub was asked in this call. */
export interface StubUse {
  /** Counts the requests that this stub gets in a call; each further attempt of the call begins one later. */
  readonly turn: number;
  readonly attempt: number;
  /** Chance of its own for each request, so that a stub changes nothing about the function's random numbers. */
  readonly random: () => number;
}

export function askStub(stub: object): StubUse {
  turns ??= new NativeMap();
  const turn = (mapGet(turns, stub) ?? call.attempt - 1) + 1;
  mapSet(turns, stub, turn);
  asked += 1;
  const stream = randomStream(hash32(`stub ${call.seed} ${asked}`));
  return { turn, attempt: call.attempt, random: () => stream.next() };
}

export function log(level: RawLog['level'], text: string, place: RawPlace | null, unanswered: RawFetch | null = null): void {
  refuseWhileReading('print to the console');
  watcher?.log(text, place);
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
  const message = call.message < 0 ? 0 : call.message;
  const clipped = clip(text);
  call.weight += clipped.length;
  arrayPush(call.logs, { level, text: clipped, message, place, ...(unanswered === null ? {} : { unanswered }) });
}

export function recordFetch(fetched: RawFetch, place: RawPlace | null): void {
  watcher?.fetched(fetched, place);
  call.fetches ??= [];
  if (call.fetches.length >= MAX_FETCHES) {
    return;
  }
  call.weight += fetched.url.length + (fetched.body?.length ?? 0);
  arrayPush(call.fetches, fetched);
  if (call.fetches.length === MAX_FETCHES) {
    log('warn', `More than ${MAX_FETCHES} requests in one call; the rest is answered, but not listed.`, place);
  }
}

export function clip(text: string): string {
  return text.length > MAX_TEXT ? `${stringSlice(text, 0, MAX_TEXT)}… (${text.length} characters)` : text;
}
