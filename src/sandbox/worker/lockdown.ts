/**
 * Makes the realm fit for user code: nothing on the global object but an allow-list, and in place of the clock, timers,
 * chance, console and network virtual ones that belong to the call. Runs once, after the SDK was loaded and before any user code.
 */
import { allowedGlobals } from './allowed-globals.ts';
import { virtualNow, call } from './call-record.ts';
import {
  createObject,
  deleteProperty,
  fix,
  freeze,
  getPrototypeOf,
  NativeSet,
  ownKeys,
  promiseResolve,
  promiseThen,
  put,
  NativeTypeError,
} from './primordials.ts';
import { installDate } from './virtual-date.ts';
import { installFetch } from './virtual-fetch.ts';
import { installIntl } from './virtual-intl.ts';
import { createVirtualConsole } from './virtual-console.ts';
import { createVirtualCrypto, installRandom } from './virtual-random.ts';
import { installTimers, reportUncaught } from './virtual-clock.ts';

/** `globalThis` is a property of itself, and moves too. */
const realm = globalThis as unknown as Record<string, unknown>;

/** The same names, hidden and in the same order, whether the engine had them on the global object or above it, shown or hidden. */
function gatherGlobals(): void {
  for (const name of allowedGlobals) {
    const value = realm[name];
    if (value !== undefined && deleteProperty(realm, name)) {
      put(realm, name, value);
    }
  }
}

/** Removes what is not allowed; returns the names that could not be removed (none, in Chromium and Node). */
function removeGlobals(): string[] {
  const allowed = new NativeSet<PropertyKey>(allowedGlobals);
  const left: string[] = [];
  for (let holder: object | null = globalThis; holder !== null && holder !== Object.prototype; holder = getPrototypeOf(holder)) {
    for (const key of ownKeys(holder)) {
      if (key !== 'constructor' && key !== Symbol.toStringTag && !allowed.has(key) && !deleteProperty(holder, key)) {
        left.push(String(key));
      }
    }
    if (holder !== globalThis) {
      // The browser's constructors of the global object's own kinds hang here.
      put(holder, 'constructor', Object);
    }
  }
  return left;
}

function queueTask(callback: unknown): void {
  if (typeof callback !== 'function') {
    throw new NativeTypeError('queueMicrotask takes a function');
  }
  void promiseThen(promiseResolve(undefined), () => {
    try {
      (callback as () => void)();
    } catch (error) {
      reportUncaught(error);
    }
  });
}

/** What code that also runs in Node may ask of `process`. */
function createVirtualProcess(): object {
  const process = createObject(null) as Record<string, unknown>;
  process['env'] = freeze({});
  process['argv'] = freeze(['node', '/project']);
  process['pid'] = 1;
  process['cwd'] = () => '/project';
  process['exit'] = () => undefined;
  process['uptime'] = () => 0;
  process['version'] = 'v20.19.0';
  process['platform'] = 'linux';
  process['versions'] = freeze({});
  process['on'] = () => process;
  process['once'] = () => process;
  process['nextTick'] = (callback: unknown, ...args: unknown[]) => queueTask(() => (callback as (...values: unknown[]) => void)(...args));
  return freeze(process);
}

function createVirtualPerformance(): object {
  const performance = createObject(null) as Record<string, unknown>;
  performance['now'] = () => virtualNow() - call.startedAt;
  Object.defineProperty(performance, 'timeOrigin', { get: () => call.startedAt, enumerable: true });
  performance['mark'] = () => undefined;
  performance['measure'] = () => undefined;
  return freeze(performance);
}

export function lockDown(): readonly string[] {
  gatherGlobals();
  const left = removeGlobals();
  const target = globalThis;
  fix(target, 'self', target);
  installDate(target);
  installIntl();
  installRandom();
  installTimers(target);
  installFetch(target);
  fix(target, 'console', createVirtualConsole());
  fix(target, 'crypto', createVirtualCrypto());
  fix(target, 'performance', createVirtualPerformance());
  fix(target, 'process', createVirtualProcess());
  fix(target, 'queueMicrotask', queueTask);
  // Object URLs are numbered by chance, and would name the blob store.
  deleteProperty(URL, 'createObjectURL');
  deleteProperty(URL, 'revokeObjectURL');
  freeze(Math);
  freeze(JSON);
  freeze(Reflect);
  freeze(target.Date);
  return left;
}

/** After all modules were loaded: what a call writes onto the global object would be seen by later ones, so it throws. */
export function sealGlobals(): void {
  try {
    freeze(globalThis);
  } catch {
    Object.preventExtensions(globalThis);
  }
}
