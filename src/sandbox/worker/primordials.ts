/**
 * The language's own functions as they were before any user code ran. User code shares this realm and may patch its
 * prototypes: what the harness does after that goes through these, so that a patched method is not called with the harness's values.
 */

/** Turns a method into a function that takes its `this` first. */
function uncurry<This, Args extends unknown[], Out>(method: (this: This, ...args: Args) => Out): (self: This, ...args: Args) => Out {
  return Function.prototype.call.bind(method) as (self: This, ...args: Args) => Out;
}

export const NativeDate = Date;
export const NativeError = Error;
export const NativePromise = Promise;
export const NativeMap = Map;
export const NativeWeakMap = WeakMap;
export const NativeSet = Set;
export const NativeTypeError = TypeError;

export const { apply, construct, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
export const { freeze, create: createObject, hasOwn } = Object;
export const jsonStringify = JSON.stringify;
export const jsonParse = JSON.parse;
export const { isArray } = Array;
export const { isInteger, isSafeInteger } = Number;
export const NativeString = String;

export const promiseThen = uncurry(Promise.prototype.then) as <T>(
  promise: Promise<T>,
  onFulfilled: ((value: T) => unknown) | undefined,
  onRejected?: (reason: unknown) => unknown,
) => Promise<unknown>;
export const promiseResolve = Promise.resolve.bind(Promise) as <T>(value: T) => Promise<Awaited<T>>;
export const arrayPush = uncurry(Array.prototype.push) as <T>(list: T[], item: T) => number;
export const mapGet = uncurry(Map.prototype.get) as <K, V>(map: Map<K, V>, key: K) => V | undefined;
export const mapSet = uncurry(Map.prototype.set) as <K, V>(map: Map<K, V>, key: K, value: V) => unknown;
export const weakMapGet = uncurry(WeakMap.prototype.get) as <K extends object, V>(map: WeakMap<K, V>, key: K) => V | undefined;
export const weakMapSet = uncurry(WeakMap.prototype.set) as <K extends object, V>(map: WeakMap<K, V>, key: K, value: V) => unknown;
export const stringSlice = uncurry(String.prototype.slice) as (text: string, from: number, to?: number) => string;
export const errorToString = uncurry(Error.prototype.toString) as (error: unknown) => string;

/** The real clock: for the harness's own pacing, never for user code. */
export const realNow = performance.now.bind(performance);

/** Defines as an ordinary, replaceable property. */
export function put(target: object, key: PropertyKey, value: unknown): void {
  defineProperty(target, key, { value, writable: true, configurable: true, enumerable: false });
}

/** Defines for good: assignment throws in strict code. */
export function fix(target: object, key: PropertyKey, value: unknown): void {
  defineProperty(target, key, { value, writable: false, configurable: false, enumerable: false });
}
