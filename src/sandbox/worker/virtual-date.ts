/** Date on the call's virtual clock, with local time fixed to UTC and text in en-US. */
import { virtualNow } from './call-record.ts';
import { construct, defineProperty, NativeDate, put } from './primordials.ts';

const prototype = NativeDate.prototype;
const nativeParse = NativeDate.parse;
const nativeUtc = NativeDate.UTC;
const localParts = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const { getTime, getUTCDay, getUTCMonth, getUTCDate, getUTCFullYear, getUTCHours, getUTCMinutes, getUTCSeconds, setUTCFullYear } =
  prototype;

/** Texts that name no zone mean local time, which is UTC here. */
function parse(value: unknown): number {
  const text = String(value);
  if (/^[+-]?\d{4,6}(-\d\d){0,2}T\d\d:\d\d(:\d\d([.,]\d+)?)?$/.test(text)) {
    return nativeParse(`${text}Z`);
  }
  const hasZone = /^[+-]?\d{4,6}(-\d\d){0,2}$|Z\s*$|\b(GMT|UTC?|[ECMP][SD]T)\b|[+-]\d{1,2}:?\d{2}\s*(\(.*\)\s*)?$/i.test(text);
  return nativeParse(hasZone ? text : `${text} UTC`);
}

function timeOf(args: readonly unknown[]): unknown {
  if (args.length === 0) {
    return virtualNow();
  }
  if (args.length > 1) {
    return (nativeUtc as (...parts: unknown[]) => number)(...args);
  }
  const [value] = args;
  if (value instanceof NativeDate) {
    return getTime.call(value);
  }
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? parse(value) : value;
  }
  // The language converts an object once, with the hint "default".
  const toPrimitive = (value as { [Symbol.toPrimitive]?: unknown })[Symbol.toPrimitive];
  const primitive: unknown =
    typeof toPrimitive === 'function' ? (toPrimitive as (hint: string) => unknown).call(value, 'default') : (value.valueOf() as unknown);
  const plain = typeof primitive === 'object' ? String(value) : primitive;
  return typeof plain === 'string' ? parse(plain) : plain;
}

function VirtualDate(this: unknown, ...args: unknown[]): unknown {
  if (new.target === undefined) {
    return dateText(new NativeDate(virtualNow()), true, true);
  }
  return construct(NativeDate, [timeOf(args)], new.target);
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function dateText(date: Date, withDate: boolean, withTime: boolean): string {
  if (Number.isNaN(getTime.call(date))) {
    return 'Invalid Date';
  }
  const year = getUTCFullYear.call(date);
  const shownYear = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
  const day = `${days[getUTCDay.call(date)] ?? ''} ${months[getUTCMonth.call(date)] ?? ''} ${two(getUTCDate.call(date))} ${shownYear}`;
  const time = `${two(getUTCHours.call(date))}:${two(getUTCMinutes.call(date))}:${two(getUTCSeconds.call(date))} GMT+0000 (Coordinated Universal Time)`;
  return withDate && withTime ? `${day} ${time}` : withDate ? day : time;
}

export function installDate(target: object): void {
  const methods = prototype as unknown as Record<string, unknown>;
  for (const part of localParts) {
    put(prototype, `get${part}`, methods[`getUTC${part}`]);
    if (part !== 'Day') {
      put(prototype, `set${part}`, methods[`setUTC${part}`]);
    }
  }
  const replaced: Record<string, (this: Date, ...args: never[]) => unknown> = {
    getTimezoneOffset(this: Date) {
      return Number.isNaN(getTime.call(this)) ? Number.NaN : 0;
    },
    getYear(this: Date) {
      return getUTCFullYear.call(this) - 1900;
    },
    setYear(this: Date, ...args: unknown[]) {
      const year = Math.trunc(Number(args[0]));
      return setUTCFullYear.call(this, year >= 0 && year <= 99 ? 1900 + year : year);
    },
    toString(this: Date) {
      return dateText(this, true, true);
    },
    toDateString(this: Date) {
      return dateText(this, true, false);
    },
    toTimeString(this: Date) {
      return dateText(this, false, true);
    },
  };
  for (const name of Object.keys(replaced)) {
    put(prototype, name, replaced[name]);
  }
  defineProperty(VirtualDate, 'prototype', { value: prototype, writable: false });
  defineProperty(VirtualDate, 'name', { value: 'Date' });
  defineProperty(VirtualDate, 'length', { value: 7 });
  put(VirtualDate, 'now', function now() {
    return virtualNow();
  });
  put(VirtualDate, 'parse', parse);
  put(VirtualDate, 'UTC', nativeUtc);
  put(prototype, 'constructor', VirtualDate);
  put(target, 'Date', VirtualDate);
}
