/**
 * Timers on the call's virtual clock. Nothing fires by itself: while a handler is pending and microtasks have drained, the
 * harness takes the next timer, moves the clock to it and runs it.
 *
 * Invariants: timers fire by (due time, order of creation); the clock never goes back; when a call ends none is left.
 */
import { call, log, refuseWhileReading, virtualNow } from './call-record.ts';
import type { RawPlace } from './call-record.ts';
import { apply, arrayPush, fix, NativeTypeError } from './primordials.ts';
import { describeThrown } from './describe-thrown.ts';
import { currentPlace, placesOfError } from './stack-places.ts';

interface PendingTimer {
  readonly id: number;
  due: number;
  order: number;
  /** Milliseconds between two runs; 0 for a timer that fires once. */
  readonly every: number;
  readonly run: () => void;
  readonly place: RawPlace | null;
  /** What to say when the call ends first; null for what nobody waits for. */
  readonly leftOver: string | null;
}

let pending: PendingTimer[] = [];
let lastId = 0;
let lastOrder = 0;
let onLastingWork: () => void = () => undefined;

/** Sets what to call when user code starts something that may outlast the handler: the clock must then be driven until the call ends. */
export function onLasting(listener: () => void): void {
  onLastingWork = listener;
}

export function noteLastingWork(): void {
  onLastingWork();
}

function add(run: () => void, delay: number, every: number, leftOver: string | null): number {
  refuseWhileReading('start a timer');
  lastId += 1;
  lastOrder += 1;
  arrayPush(pending, {
    id: lastId,
    due: virtualNow() + delay,
    order: lastOrder,
    every,
    run,
    place: leftOver === null ? null : currentPlace(),
    leftOver,
  });
  onLastingWork();
  return lastId;
}

/** A timer of the harness's own, such as the latency of a stub. */
export function after(delay: number, run: () => void, leftOver: string | null): number {
  return add(run, delay, 0, leftOver);
}

export function cancelTimer(id: number): void {
  const kept: PendingTimer[] = [];
  for (let index = 0; index < pending.length; index += 1) {
    const timer = pending[index];
    if (timer !== undefined && timer.id !== id) {
      arrayPush(kept, timer);
    }
  }
  pending = kept;
}

/** Fires the next timer; false when there is none. */
export function fireNextTimer(): boolean {
  let next: PendingTimer | undefined;
  for (let index = 0; index < pending.length; index += 1) {
    const timer = pending[index];
    if (timer !== undefined && (next === undefined || timer.due < next.due || (timer.due === next.due && timer.order < next.order))) {
      next = timer;
    }
  }
  if (next === undefined) {
    return false;
  }
  if (next.due > virtualNow()) {
    call.extraMillis = next.due - call.startedAt;
  }
  if (next.every > 0) {
    lastOrder += 1;
    next.due = virtualNow() + next.every;
    next.order = lastOrder;
  } else {
    cancelTimer(next.id);
  }
  next.run();
  return true;
}

/** Drops what is left when a call ends, and says so for the user's own. */
export function cancelAllTimers(): void {
  for (let index = 0; index < pending.length; index += 1) {
    const timer = pending[index];
    if (timer !== undefined && timer.leftOver !== null) {
      log(
        'warn',
        `${timer.leftOver} was still under way when the function returned, and was cancelled: await what the function starts.`,
        timer.place,
      );
    }
  }
  pending = [];
  lastId = 0;
  lastOrder = 0;
}

/** Node's timers are objects; code in production may call their methods. */
class Timeout {
  readonly #id: number;
  constructor(id: number) {
    this.#id = id;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
  [Symbol.toPrimitive](): number {
    return this.#id;
  }
  static idOf(value: unknown): number {
    return typeof value === 'object' && value !== null && #id in value ? value.#id : Number(value);
  }
}

const { idOf } = Timeout;

function millis(value: unknown, least: number): number {
  const number = Number(value);
  // As in Node: what is not a number in range counts as 1.
  return number >= least && number <= 2_147_483_647 ? number : least;
}

function guarded(callback: unknown, args: readonly unknown[]): () => void {
  if (typeof callback !== 'function') {
    throw new NativeTypeError('A timer takes a function (text is not run as code)');
  }
  return () => {
    try {
      apply(callback, undefined, args);
    } catch (error) {
      reportUncaught(error);
    }
  };
}

/** An error that no caller can catch; in production it would end the server's process. */
export function reportUncaught(error: unknown): void {
  const { name, message } = describeThrown(error);
  log('error', `Uncaught ${name}: ${message}`, placesOfError(error)[0] ?? null);
}

const LEFT_TIMER = 'A timer';

export function installTimers(target: object): void {
  const setOnce = (callback: unknown, delay: unknown, ...args: unknown[]): Timeout =>
    new Timeout(add(guarded(callback, args), millis(delay, 1), 0, LEFT_TIMER));
  const setEvery = (callback: unknown, delay: unknown, ...args: unknown[]): Timeout => {
    const every = millis(delay, 1);
    return new Timeout(add(guarded(callback, args), every, every, LEFT_TIMER));
  };
  const clear = (timer: unknown): void => cancelTimer(idOf(timer));
  fix(target, 'setTimeout', setOnce);
  fix(target, 'setInterval', setEvery);
  fix(target, 'setImmediate', (callback: unknown, ...args: unknown[]) => new Timeout(add(guarded(callback, args), 0, 0, LEFT_TIMER)));
  fix(target, 'clearTimeout', clear);
  fix(target, 'clearInterval', clear);
  fix(target, 'clearImmediate', clear);
}
