/** Locale en-US and time zone UTC wherever code names none, so that the reader's machine leaves no mark. */
import { virtualNow } from './call-record.ts';
import { apply, construct, defineProperty, getOwnPropertyDescriptor, NativeDate, put } from './primordials.ts';

const LOCALE = 'en-US';
const NativeDateTimeFormat = Intl.DateTimeFormat;

type AnyFunction = (...args: unknown[]) => unknown;

/** Constructors that take (locales, options). */
const constructors = [
  'Collator',
  'DateTimeFormat',
  'DisplayNames',
  'DurationFormat',
  'ListFormat',
  'NumberFormat',
  'PluralRules',
  'RelativeTimeFormat',
  'Segmenter',
];

function withDefaults(name: string, args: readonly unknown[]): unknown[] {
  const [locales, options] = args;
  const zoned = name === 'DateTimeFormat' ? { timeZone: 'UTC', ...(options as object | undefined) } : options;
  return [locales ?? LOCALE, zoned];
}

function replaceConstructor(intl: Record<string, unknown>, name: string): void {
  const native = intl[name];
  if (typeof native !== 'function') {
    return;
  }
  const prototype = native.prototype as object;
  const callable = name === 'Collator' || name === 'DateTimeFormat' || name === 'NumberFormat';
  const replacement = function (this: unknown, ...args: unknown[]): unknown {
    return new.target === undefined && !callable
      ? apply(native, undefined, args)
      : construct(native, withDefaults(name, args), new.target ?? native);
  };
  defineProperty(replacement, 'name', { value: name });
  defineProperty(replacement, 'length', { value: 0 });
  defineProperty(replacement, 'prototype', { value: prototype, writable: false });
  put(replacement, 'supportedLocalesOf', (native as unknown as { supportedLocalesOf: unknown }).supportedLocalesOf);
  put(prototype, 'constructor', replacement);
  put(intl, name, replacement);
}

/** `format()` and its kin mean now when they get no date. */
function replaceFormatMethods(): void {
  const prototype = NativeDateTimeFormat.prototype;
  const getter = getOwnPropertyDescriptor(prototype, 'format')?.get;
  if (getter !== undefined) {
    defineProperty(prototype, 'format', {
      get(this: unknown) {
        const format = apply(getter, this, []) as (date: unknown) => string;
        return (date: unknown) => format(date === undefined ? virtualNow() : date);
      },
      configurable: true,
    });
  }
  const { formatToParts } = prototype;
  put(prototype, 'formatToParts', function (this: Intl.DateTimeFormat, date: unknown) {
    return apply(formatToParts, this, [date === undefined ? virtualNow() : date]);
  });
}

/** Methods with a `locales` parameter at the given place. */
function replaceMethod(prototype: object, name: string, localesAt: number, options: object | null): void {
  const native: unknown = getOwnPropertyDescriptor(prototype, name)?.value;
  if (typeof native !== 'function') {
    return;
  }
  put(prototype, name, function (this: unknown, ...args: unknown[]): unknown {
    const given = [...args];
    while (given.length <= localesAt) {
      given.push(undefined);
    }
    given[localesAt] ??= LOCALE;
    if (options !== null) {
      given[localesAt + 1] = { ...options, ...(given[localesAt + 1] as object | undefined) };
    }
    return apply(native as AnyFunction, this, given);
  });
}

export function installIntl(): void {
  for (const name of constructors) {
    replaceConstructor(Intl as unknown as Record<string, unknown>, name);
  }
  replaceFormatMethods();
  const utc = { timeZone: 'UTC' };
  replaceMethod(NativeDate.prototype, 'toLocaleString', 0, utc);
  replaceMethod(NativeDate.prototype, 'toLocaleDateString', 0, utc);
  replaceMethod(NativeDate.prototype, 'toLocaleTimeString', 0, utc);
  replaceMethod(Number.prototype, 'toLocaleString', 0, null);
  replaceMethod(BigInt.prototype, 'toLocaleString', 0, null);
  replaceMethod(String.prototype, 'localeCompare', 1, null);
  replaceMethod(String.prototype, 'toLocaleLowerCase', 0, null);
  replaceMethod(String.prototype, 'toLocaleUpperCase', 0, null);
}
