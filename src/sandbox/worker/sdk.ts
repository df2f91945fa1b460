/** The official SDK, unmodified, with its binds and its handler's errors observed from outside. */
import './primordials.ts';
import './code-generation.ts';
import './fast-buffer.ts';
import * as sdk from 'apache-flink-statefun';
import handlerModule from 'apache-flink-statefun/dist/handler.js';
import { freeze, promiseThen } from './primordials.ts';

export type BindOptions = Parameters<sdk.StateFun['bind']>[0];

const prototype = sdk.StateFun.prototype;
const nativeBind = prototype.bind;
const nativeHandle = prototype.handle;

let observeBind: (options: unknown) => void = () => undefined;

export function onBind(observer: (options: unknown) => void): void {
  observeBind = observer;
}

prototype.bind = function bind(options: BindOptions): void {
  nativeBind.call(this, options);
  observeBind(options);
};

/** Binds without being observed. */
export const bindTo = Function.prototype.call.bind(nativeBind) as (statefun: sdk.StateFun, options: BindOptions) => void;
export const handleWith = Function.prototype.call.bind(nativeHandle) as (
  statefun: sdk.StateFun,
  request: unknown,
  response: unknown,
) => Promise<void>;

let observeFailure: (error: unknown) => void = () => undefined;

export function onHandlerFailure(observer: (error: unknown) => void): void {
  observeFailure = observer;
}

const observed = handlerModule as { handle: (bytes: Uint8Array, functions: unknown) => Promise<unknown> };
const handleBytes = observed.handle;
// `StateFun.handle` answers a bare 500 for any error: this is where the error can still be seen.
observed.handle = (bytes, functions) => {
  const answer = handleBytes(bytes, functions);
  void promiseThen(answer, undefined, (error) => observeFailure(error));
  return answer;
};

/** As Node gives a CommonJS module to an ES module: its names, and itself as the default. */
export const sdkModule: object = freeze({ ...sdk });
export const { StateFun } = sdk;
