/**
 * What instrumented code reports to, and what is noted of the SDK's effects while a call is observed. User code shares this realm and may
 * call all of it: nothing here gives it anything, and what it reports is bounded.
 *
 * Invariants: a call is noted from `begin` to `take`; evaluating a logpoint leaves no mark but its own; nothing here throws into user code
 * but the refusal of effects in logpoints.
 */
import contextModule from 'apache-flink-statefun/dist/context.js';
import storageModule from 'apache-flink-statefun/dist/storage.js';
import { call, isWatched, readOnly, refuseWhileReading, watchCalls } from './call-record.ts';
import type { RawPlace } from './call-record.ts';
import { describeThrown } from './describe-thrown.ts';
import { inspect, inspectInside } from './inspect.ts';
import { apply, arrayPush, createObject, freeze, isInteger, put } from './primordials.ts';
import { carriedValue } from './carried-value.ts';
import type { RawValue } from './carried-value.ts';
import { currentPlace } from './stack-places.ts';

export type RawMarkType =
  | 'log'
  | 'logpoint'
  | 'state-read'
  | 'state-write'
  | 'send'
  | 'send-after'
  | 'cancel'
  | 'egress'
  | 'fetch'
  | 'branch';

export interface RawMark {
  readonly type: RawMarkType;
  /** Number of the point in the code, or null for what is known by its place. */
  readonly point: number | null;
  readonly place: RawPlace | null;
  readonly text: string;
  readonly value: RawValue | null;
  readonly message: number;
}

export interface RawObservation {
  /** Numbers of the points that were passed. */
  readonly reached: readonly number[];
  readonly marks: readonly RawMark[];
}

export interface Probe {
  /** What code gets as its fourth parameter. */
  readonly given: object;
  begin(): void;
  take(): RawObservation;
}

/** Marks of one kind at one place; behind them stands how many more there were. */
const MAX_AT_PLACE = 20;
const MAX_PLACES = 2000;
const MAX_TEXT = 300;

interface AtPlace {
  count: number;
  readonly first: RawMark;
}

export function createProbe(points: number): Probe {
  const hits = new Uint8Array(points);
  let marks: RawMark[] = [];
  let places: AtPlace[] = [];
  let byKey = createObject(null) as Record<string, AtPlace>;

  function mark(type: RawMarkType, point: number | null, place: RawPlace | null, text: string, value: RawValue | null = null): void {
    const where = point ?? (place === null ? '' : `${place.file}:${place.line}:${place.column}`);
    const key = `${type} ${where}`;
    const message = call.message < 0 ? 0 : call.message;
    const made: RawMark = { type, point, place, text: short(text), value, message };
    const known = byKey[key];
    if (known !== undefined) {
      known.count += 1;
      if (known.count > MAX_AT_PLACE) {
        return;
      }
    } else {
      if (places.length >= MAX_PLACES) {
        return;
      }
      const first = { count: 1, first: made };
      byKey[key] = first;
      arrayPush(places, first);
    }
    arrayPush(marks, made);
  }

  const given = createObject(null) as Record<string, unknown>;
  const known = (point: unknown): point is number => isInteger(point) && (point as number) >= 0 && (point as number) < points;
  given['s'] = freeze((point: unknown) => {
    if (known(point) && isWatched()) {
      hits[point] = 1;
    }
  });
  given['b'] = freeze((point: unknown, value: unknown) => {
    if (known(point) && isWatched()) {
      mark('branch', point, null, branchText(value));
    }
    return value;
  });
  const print = (point: unknown, evaluate: () => unknown, text: (value: unknown) => string): void => {
    if (!known(point) || typeof evaluate !== 'function' || !isWatched()) {
      return;
    }
    let printed: string;
    try {
      printed = readOnly(() => text(evaluate()));
    } catch (error) {
      const { name, message } = describeThrown(error);
      printed = `${name}: ${message}`;
    }
    mark('logpoint', point, null, printed);
  };
  given['l'] = freeze((point: unknown, evaluate: () => unknown) => print(point, evaluate, inspect));
  given['t'] = freeze((point: unknown, evaluate: () => unknown) => print(point, evaluate, joined));
  freeze(given);

  watchCalls({
    log(text, place) {
      if (isWatched() && place !== null) {
        mark('log', null, place, text);
      }
    },
    fetched({ method, url, status, latencyMillis }, place) {
      if (place !== null) {
        mark('fetch', null, place, `${method} ${url} → ${status === 0 ? 'failed' : status}, ${latencyMillis} ms`);
      }
    },
  });
  watchStorage(mark);
  watchContext(mark);

  return {
    given,
    begin() {
      marks = [];
      places = [];
      byKey = createObject(null) as Record<string, AtPlace>;
      for (let point = 0; point < points; point += 1) {
        hits[point] = 0;
      }
    },
    take() {
      const reached: number[] = [];
      for (let point = 0; point < points; point += 1) {
        if (hits[point] === 1) {
          arrayPush(reached, point);
        }
      }
      for (let index = 0; index < places.length; index += 1) {
        const place = places[index];
        if (place !== undefined && place.count > MAX_AT_PLACE) {
          arrayPush(marks, { ...place.first, text: `… and ${place.count - MAX_AT_PLACE} more`, value: null });
        }
      }
      return { reached, marks };
    },
  };
}

type Mark = (type: RawMarkType, point: null, place: RawPlace | null, text: string, value?: RawValue | null) => void;

interface ValueOfState {
  readonly name: string;
}

/** States are read and written through objects of the SDK's that user code never sees. */
function watchStorage(mark: Mark): void {
  const prototype = storageModule.Value.prototype as unknown as {
    getValue: (this: ValueOfState) => unknown;
    setValue: (this: ValueOfState, value: unknown) => void;
  };
  const { getValue, setValue } = prototype;
  put(prototype, 'getValue', function (this: ValueOfState) {
    const value: unknown = apply(getValue, this, []);
    if (isWatched()) {
      mark('state-read', null, currentPlace(), `${this.name} = ${inspectInside(value)}`);
    }
    return value;
  });
  put(prototype, 'setValue', function (this: ValueOfState, value: unknown) {
    refuseWhileReading('write a state');
    apply(setValue, this, [value]);
    const text = value === undefined || value === null ? `${this.name} deleted` : `${this.name} ← ${inspectInside(value)}`;
    mark('state-write', null, currentPlace(), text);
  });
}

interface SentMessage {
  readonly targetAddress?: { readonly typename?: unknown; readonly id?: unknown };
  readonly typename?: unknown;
  readonly typedValue?: unknown;
}

function watchContext(mark: Mark): void {
  const prototype = contextModule.Context.prototype as unknown as Record<
    'send' | 'sendAfter' | 'cancelDelayedMessage',
    (...args: unknown[]) => void
  >;
  const { send, sendAfter, cancelDelayedMessage } = prototype;
  put(prototype, 'send', function (this: unknown, message: unknown) {
    refuseWhileReading('send');
    apply(send, this, [message]);
    note(() => {
      const sent = message as SentMessage;
      const [type, to] = sent.targetAddress === undefined ? (['egress', text(sent.typename)] as const) : (['send', target(sent)] as const);
      mark(type, null, currentPlace(), `→ ${to}`, carriedValue(sent));
    });
  });
  put(prototype, 'sendAfter', function (this: unknown, delay: unknown, message: unknown, token: unknown) {
    refuseWhileReading('send');
    apply(sendAfter, this, [delay, message, token]);
    note(() => {
      const sent = message as SentMessage;
      const named = typeof token === 'string' && token !== '' ? ` (${token})` : '';
      mark('send-after', null, currentPlace(), `in ${delayText(delay)} → ${target(sent)}${named}`, carriedValue(sent));
    });
  });
  put(prototype, 'cancelDelayedMessage', function (this: unknown, token: unknown) {
    refuseWhileReading('cancel');
    apply(cancelDelayedMessage, this, [token]);
    mark('cancel', null, currentPlace(), `cancel ${text(token)}`);
  });
}

/** What was sent is user code's own object, and may throw when it is read. */
function note(work: () => void): void {
  try {
    work();
  } catch {
    // Nothing is known of it then.
  }
}

function target({ targetAddress }: SentMessage): string {
  return `${text(targetAddress?.typename)} ${text(targetAddress?.id)}`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '?';
}

const units: readonly (readonly [millis: number, name: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

function delayText(delay: unknown): string {
  if (!isInteger(delay)) {
    return '?';
  }
  for (const [millis, name] of units) {
    if ((delay as number) >= millis && (delay as number) % millis === 0) {
      return `${(delay as number) / millis} ${name}`;
    }
  }
  return `${delay as number} ms`;
}

function branchText(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
    case 'function':
      return value === null ? 'null' : typeof value;
    case 'string':
      return inspectInside(short(value));
    default:
      return inspect(value);
  }
}

/** A logpoint's texts and values as one line. */
function joined(list: unknown): string {
  let line = '';
  const parts = list as readonly unknown[];
  for (let index = 0; index < parts.length; index += 1) {
    line += inspect(parts[index]);
  }
  return line;
}

/** On one line, and not too long. Made by hand: what the language offers for it can be patched. */
function short(given: string): string {
  let line = '';
  for (let index = 0; index < given.length; index += 1) {
    if (index === MAX_TEXT) {
      return `${line}…`;
    }
    const character = given[index] ?? '';
    line += character === '\n' || character === '\r' ? ' ' : character;
  }
  return line;
}
