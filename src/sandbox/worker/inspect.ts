/** Values as text for console lines: short, deterministic, safe for any value. */
import {
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isArray,
  jsonStringify,
  NativeDate,
  NativeError,
  NativeMap,
  NativeSet,
  NativeString,
  ownKeys,
} from './primordials.ts';

const MAX_DEPTH = 4;
const MAX_ITEMS = 100;
const dateToIso = NativeDate.prototype.toISOString;
const isView = ArrayBuffer.isView.bind(ArrayBuffer);

export function inspect(value: unknown): string {
  return show(value, 0, []);
}

/** As it is shown inside of another value: strings in quotes. */
export function inspectInside(value: unknown): string {
  return show(value, 1, []);
}

function show(value: unknown, depth: number, above: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return depth === 0 ? value : jsonStringify(value);
    case 'bigint':
      return `${NativeString(value)}n`;
    case 'symbol':
    case 'number':
    case 'boolean':
    case 'undefined':
      return Object.is(value, -0) ? '-0' : NativeString(value);
    case 'function':
      return `[Function${nameOf(value)}]`;
    default:
      return value === null ? 'null' : showObject(value as object, depth, above);
  }
}

function nameOf(value: object): string {
  const name: unknown = getOwnPropertyDescriptor(value, 'name')?.value;
  return typeof name === 'string' && name !== '' ? ` ${name}` : '';
}

function showObject(value: object, depth: number, above: readonly object[]): string {
  for (const outer of above) {
    if (outer === value) {
      return '[Circular]';
    }
  }
  try {
    if (value instanceof NativeError) {
      const stack: unknown = (value as { stack?: unknown }).stack;
      return depth === 0 && typeof stack === 'string' ? stack : `[${NativeString(value)}]`;
    }
    if (value instanceof NativeDate) {
      return dateToIso.call(value);
    }
    if (depth >= MAX_DEPTH) {
      return isArray(value) ? '[Array]' : '[Object]';
    }
    const inside = [...above, value];
    if (isArray(value)) {
      return bracket('[', listItems(value, depth, inside), ']');
    }
    if (isView(value)) {
      return `${className(value)} ${bracket('[', listItems(value as unknown as ArrayLike<unknown>, depth, inside), ']')}`;
    }
    if (value instanceof NativeMap) {
      const items = [...value].map(([key, item]) => `${show(key, depth + 1, inside)} => ${show(item, depth + 1, inside)}`);
      return `Map(${value.size}) ${bracket('{', items, '}')}`;
    }
    if (value instanceof NativeSet) {
      return `Set(${value.size}) ${bracket('{', listItems([...value], depth, inside), '}')}`;
    }
    return showRecord(value, depth, inside);
  } catch {
    return '[object that cannot be read]';
  }
}

function showRecord(value: object, depth: number, inside: readonly object[]): string {
  const items: string[] = [];
  for (const key of ownKeys(value)) {
    const property = getOwnPropertyDescriptor(value, key);
    if (property?.enumerable !== true) {
      continue;
    }
    if (items.length === MAX_ITEMS) {
      items.push('…');
      break;
    }
    const name = typeof key === 'symbol' ? `[${NativeString(key)}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : jsonStringify(key);
    items.push(`${name}: ${'value' in property ? show(property.value, depth + 1, inside) : '[Getter]'}`);
  }
  const kind = className(value);
  return `${kind === 'Object' || kind === '' ? '' : `${kind} `}${bracket('{', items, '}')}`;
}

function listItems(list: ArrayLike<unknown>, depth: number, inside: readonly object[]): string[] {
  const items: string[] = [];
  for (let index = 0; index < list.length; index += 1) {
    if (index === MAX_ITEMS) {
      items.push(`… ${list.length - MAX_ITEMS} more`);
      break;
    }
    items.push(show(list[index], depth + 1, inside));
  }
  return items;
}

function className(value: object): string {
  const prototype = getPrototypeOf(value);
  const maker: unknown = prototype === null ? undefined : getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof maker === 'function' ? nameOf(maker).trim() : '';
}

function bracket(open: string, items: readonly string[], close: string): string {
  if (items.length === 0) {
    return `${open}${close}`;
  }
  return open === '[' ? `[${items.join(', ')}]` : `${open} ${items.join(', ')} ${close}`;
}
