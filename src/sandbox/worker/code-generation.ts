/**
 * No text becomes code. The SDK's generated protobuf classes ask `Function('return this')()` for the global object; that
 * text alone is answered. Must be imported before the SDK.
 */
import { defineProperty, getPrototypeOf, put } from './primordials.ts';

const NativeEvalError = EvalError;

function refuse(): never {
  throw new NativeEvalError('Text cannot be run as code in the simulation (eval, new Function); write the code into a file of functions/');
}

function guardedFunction(...texts: unknown[]): unknown {
  return texts.length === 1 && texts[0] === 'return this' ? () => globalThis : refuse();
}

function replaceConstructor(prototype: object, constructor: (...texts: unknown[]) => unknown, name: string): void {
  defineProperty(constructor, 'name', { value: name });
  defineProperty(constructor, 'prototype', { value: prototype });
  defineProperty(prototype, 'constructor', { value: constructor, writable: false, configurable: false });
}

function notCallable(): (...texts: unknown[]) => unknown {
  return function construct() {
    return refuse();
  };
}

replaceConstructor(Function.prototype, guardedFunction, 'Function');
replaceConstructor(getPrototypeOf(async () => undefined) as object, notCallable(), 'AsyncFunction');
replaceConstructor(getPrototypeOf(function* () {}) as object, notCallable(), 'GeneratorFunction');
replaceConstructor(getPrototypeOf(async function* () {}) as object, notCallable(), 'AsyncGeneratorFunction');
put(globalThis, 'Function', guardedFunction);
put(globalThis, 'eval', refuse);
put(globalThis, 'global', globalThis);
