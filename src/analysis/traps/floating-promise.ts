/** Promises that nobody waits for: the call is answered before their work is done, and what they do then is lost. */
import type { SyntaxNode } from '@lezer/common';
import type { Edit } from '../../model/edit.ts';
import type { Problem } from '../../model/problem.ts';
import { bare } from '../bare-expression.ts';
import { isDeclared } from '../declaration-lookup.ts';
import { evaluate } from '../evaluate.ts';
import type { CodeProblemCode } from '../problem-codes.ts';
import { allOf, type Scope } from '../static-value.ts';
import { argumentsOf, isFunctionNode, propertyName, propertyValue } from '../syntax.ts';
import { functionAround, problemAt, textOf, type Trap, type TrapInput } from './trap.ts';

export const floatingPromise: Trap = (input) => {
  const problems = new Map<string, Problem<CodeProblemCode>>();
  for (const { fn, scope } of input.reached) {
    const { file } = scope;
    const add = (at: SyntaxNode, message: string, call: SyntaxNode | null) =>
      problems.set(
        `${file.path}:${at.from}`,
        problemAt(input, { code: 'floating-promise', message, file, at, fix: call === null ? null : awaited(input, call, scope) }),
      );
    fn.node.cursor().iterate(({ node }) => {
      if (node.name === 'ExpressionStatement') {
        const call = discarded(node, file.text);
        if (call !== null && isAsyncLoop(call, file.text)) {
          add(
            call,
            'forEach does not wait for what its function returns: the call is answered before this is done, and what it does then is lost. Use for (const item of …) with await.',
            null,
          );
        } else if (call !== null && isPromise(input, call, scope)) {
          add(
            call,
            'Nobody waits for this promise: the call is answered before it is done, what it does then is lost, and its error ends the server. Put await before it.',
            call,
          );
        }
      }
      const stored = storedValue(input, node, scope);
      if (stored !== null && isPromise(input, stored, scope)) {
        add(stored, 'This is a promise, not its value, and cannot be stored or sent. Put await before it.', stored);
      }
    });
  }
  return [...problems.values()];
};

/** The call whose result a statement drops. */
function discarded(statement: SyntaxNode, text: string): SyntaxNode | null {
  let node = statement.firstChild === null ? null : bare(statement.firstChild);
  while (node?.name === 'BinaryExpression' && node.getChild('LogicOp') !== null && node.lastChild !== null) {
    node = bare(node.lastChild);
  }
  return node?.name === 'CallExpression' && text.slice(node.from, node.from + 6) !== 'await ' ? node : null;
}

function isPromise(input: TrapInput, expression: SyntaxNode, scope: Scope): boolean {
  const call = bare(expression);
  const callee = call.name === 'CallExpression' ? call.firstChild : null;
  if (callee === null) {
    return false;
  }
  const text = textOf(scope.file, callee);
  if ((text === 'fetch' && !isDeclared(scope.file, 'fetch', callee)) || text === 'globalThis.fetch') {
    return true;
  }
  if (/^Promise\s*\.\s*(all|allSettled|race|any|resolve|reject)$/.test(text)) {
    return !isDeclared(scope.file, 'Promise', callee);
  }
  const object = callee.name === 'MemberExpression' ? callee.firstChild : null;
  const method = callee.name === 'MemberExpression' ? callee.lastChild : null;
  if (object !== null && method !== null && ['then', 'catch', 'finally'].includes(textOf(scope.file, method))) {
    return isPromise(input, object, scope);
  }
  const functions = allOf(evaluate(input.program, callee, scope), 'function');
  return functions !== null && functions.every(({ node }) => node.getChild('async') !== null && node.getChild('Star') === null);
}

function isAsyncLoop(call: SyntaxNode, text: string): boolean {
  const callee = call.firstChild;
  const [callback] = argumentsOf(call);
  const isForEach =
    callee?.name === 'MemberExpression' &&
    callee.lastChild !== null &&
    text.slice(callee.lastChild.from, callee.lastChild.to) === 'forEach';
  return isForEach && callback !== undefined && isFunctionNode(callback) && callback.getChild('async') !== null;
}

/** What is assigned to a state, or is the value of a message. */
function storedValue({ program }: TrapInput, node: SyntaxNode, scope: Scope): SyntaxNode | null {
  if (node.name === 'AssignmentExpression') {
    const target = node.firstChild === null ? null : bare(node.firstChild);
    const isState = target?.name === 'MemberExpression' && allOf(evaluate(program, target.firstChild, scope), 'storage') !== null;
    return isState ? node.lastChild : null;
  }
  if (node.name === 'Property' && propertyName(node, scope.file.text) === 'value') {
    const call = node.parent?.parent?.name === 'ArgList' ? node.parent.parent.parent : null;
    const isMessage = call !== null && allOf(evaluate(program, call, scope), 'message') !== null;
    return isMessage ? propertyValue(node) : null;
  }
  return null;
}

/** Puts `await` before a call, and `async` before the function if that is the one the SDK calls; null where neither can be done. */
function awaited({ fn }: TrapInput, call: SyntaxNode, { file }: Scope): { readonly label: string; readonly edits: readonly Edit[] } | null {
  const around = functionAround(call);
  const edits: Edit[] = [{ type: 'text', path: file.path, from: call.from, to: call.from, insert: 'await ' }];
  if (around === null || around.getChild('async') !== null) {
    return around === null ? null : { label: 'Put await before it', edits };
  }
  if (around.from !== fn.node.from || file !== fn.scope.file) {
    return null;
  }
  const at = around.name === 'MethodDeclaration' ? (around.getChild('PropertyDefinition')?.from ?? null) : around.from;
  return at === null
    ? null
    : { label: 'Put await before it', edits: [...edits, { type: 'text', path: file.path, from: at, to: at, insert: 'async ' }] };
}
