/**
 * The functions that run when a function is invoked: its own body, and those local and shared functions that it calls or
 * passes on, each with the arguments it gets.
 */
import { calledScope, evaluate, type Program } from './evaluate.ts';
import { invokedScope } from './invoked-scope.ts';
import { frameSignature, type FunctionValue, type Scope } from './static-value.ts';
import { argumentsOf, isFunctionNode } from './syntax.ts';

export interface ReachedFunction {
  readonly fn: FunctionValue;
  readonly scope: Scope;
}

const CALL_DEPTH = 8;

export function reachedCode(program: Program, fn: FunctionValue): readonly ReachedFunction[] {
  const seen = new Set<string>();
  const reached: ReachedFunction[] = [];
  const visit = (current: FunctionValue, scope: Scope, depth: number): void => {
    const key = `${scope.file.path}:${current.node.from}:${frameSignature(scope.frame)}`;
    if (seen.has(key) || depth > CALL_DEPTH) {
      return;
    }
    seen.add(key);
    reached.push({ fn: current, scope });
    current.node.cursor().iterate((ref) => {
      if (ref.name !== 'CallExpression') {
        return;
      }
      const call = ref.node;
      const args = argumentsOf(call);
      for (const value of evaluate(program, call.firstChild, scope)) {
        if (value.type === 'function') {
          visit(value, calledScope(program, value, args, scope), depth + 1);
        }
      }
      for (const argument of args) {
        if (!isFunctionNode(argument) && (argument.name === 'VariableName' || argument.name === 'MemberExpression')) {
          for (const value of evaluate(program, argument, scope)) {
            if (value.type === 'function') {
              visit(value, value.scope, depth + 1);
            }
          }
        }
      }
    });
  };
  visit(fn, invokedScope(fn), 0);
  return reached;
}
