/** The scope of a function's body when the SDK calls it: with a context and a message. */
import type { FunctionValue, Scope } from './static-value.ts';

export function invokedScope(fn: FunctionValue): Scope {
  const { scope } = fn;
  return { ...scope, frame: { fn: fn.node, file: scope.file, args: [[{ type: 'context' }], [{ type: 'incoming' }]], parent: scope.frame } };
}
