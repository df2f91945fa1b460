/** Whether a condition holds for one kind of message: as far as it asks for the message's type or for its caller. */
import type { SyntaxNode } from '@lezer/common';
import { bare } from './bare-expression.ts';
import { findDeclaration } from './declaration-lookup.ts';
import { calledScope, evaluate, type Program } from './evaluate.ts';
import { builtInAsked } from './message-uses.ts';
import { allOf, wireTypename, type Scope } from './static-value.ts';
import { argumentsOf, childrenOf, returnsOf } from './syntax.ts';

export type Judged = 'null' | 'undefined' | 'truthy' | 'falsy' | 'unknown';

/** A kind of message: of one type, or of none that the function asks for; from an ingress, or from anyone. */
export interface Kind {
  readonly callerIsNull: boolean;
  /** Null where it cannot be said. */
  isType(typename: string): boolean;
  is(program: Program, type: SyntaxNode | null, scope: Scope): boolean | null;
  /** Whether two expressions are equal, where one is the type's name. */
  compare(program: Program, a: SyntaxNode, b: SyntaxNode, scope: Scope): boolean | null;
}

/** `typename`: null for a type that the function does not ask for. */
export function messageOf(typename: string | null, callerIsNull: boolean): Kind {
  const isType = (asked: string) => asked === typename;
  return {
    callerIsNull,
    isType,
    is(program, type, scope) {
      const types = allOf(evaluate(program, type, scope), 'value-type')?.map(({ text }) => isType(wireTypename(text)));
      return types === undefined ? null : types.every(Boolean) ? true : types.some(Boolean) ? null : false;
    },
    compare(program, a, b, scope) {
      const other = isTypeName(program, a, scope) ? b : isTypeName(program, b, scope) ? a : null;
      const texts = other === null ? null : (allOf(evaluate(program, other, scope), 'string')?.map(({ text }) => isType(text)) ?? null);
      return texts === null ? null : texts.every(Boolean) ? true : texts.some(Boolean) ? null : false;
    },
  };
}

const DEPTH = 20;

export function judge(program: Program, kind: Kind, expression: SyntaxNode, scope: Scope, depth = 0): Judged {
  const node = bare(expression);
  const { text } = scope.file;
  const inner = (child: SyntaxNode | null | undefined): Judged =>
    child === null || child === undefined || depth > DEPTH ? 'unknown' : judge(program, kind, child, scope, depth + 1);
  switch (node.name) {
    case 'null':
      return 'null';
    case 'BooleanLiteral':
      return text.slice(node.from, node.to) === 'true' ? 'truthy' : 'falsy';
    case 'ObjectExpression':
    case 'ArrayExpression':
      return 'truthy';
    case 'VariableName':
      return judgeName(program, kind, node, scope, depth);
    case 'MemberExpression':
      return kind.callerIsNull && isCaller(program, node, scope) ? 'null' : 'unknown';
    case 'UnaryExpression': {
      const value = node.firstChild?.name === 'LogicOp' ? inner(node.lastChild) : 'unknown';
      return value === 'unknown' ? value : value === 'truthy' ? 'falsy' : 'truthy';
    }
    case 'ConditionalExpression': {
      const [condition, then, otherwise] = childrenOf(node).filter(({ name }) => name !== 'LogicOp' && !name.endsWith('Comment'));
      const judged = inner(condition);
      const [a, b] = [inner(then), inner(otherwise)];
      return judged === 'unknown' ? (a === b ? a : 'unknown') : judged === 'truthy' ? a : b;
    }
    case 'BinaryExpression':
      return judgeBinary(program, kind, node, scope, inner);
    case 'CallExpression':
      return judgeCall(program, kind, node, scope, depth);
    case 'AwaitExpression':
      return inner(node.lastChild);
    default:
      return 'unknown';
  }
}

function judgeName(program: Program, kind: Kind, node: SyntaxNode, scope: Scope, depth: number): Judged {
  const name = scope.file.text.slice(node.from, node.to);
  if (name === 'undefined') {
    return 'undefined';
  }
  if (kind.callerIsNull && isCaller(program, node, scope)) {
    return 'null';
  }
  const found = findDeclaration(scope.file, name, node);
  return found?.type === 'value' && found.fixed && found.keys.length === 0 && depth < DEPTH
    ? judge(program, kind, found.node, scope, depth + 1)
    : 'unknown';
}

function judgeBinary(
  program: Program,
  kind: Kind,
  node: SyntaxNode,
  scope: Scope,
  inner: (child: SyntaxNode | null | undefined) => Judged,
): Judged {
  const left = node.firstChild;
  const operator = left?.nextSibling;
  const right = node.lastChild;
  if (left === null || right === null || operator === null || operator === undefined) {
    return 'unknown';
  }
  const symbol = scope.file.text.slice(operator.from, operator.to);
  if (operator.name === 'CompareOp' && /^[!=]==?$/.test(symbol)) {
    const equal = kind.compare(program, bare(left), bare(right), scope) ?? equalNull(inner(left), inner(right), symbol.length === 3);
    return equal === null ? 'unknown' : equal === symbol.startsWith('=') ? 'truthy' : 'falsy';
  }
  if (operator.name !== 'LogicOp') {
    return 'unknown';
  }
  const [a, b] = [inner(left), inner(right)];
  const aIsNull = a === 'null' || a === 'undefined';
  switch (symbol) {
    case '&&':
      // What is on the left may not be known: if the right is false, all of it is.
      return a === 'truthy' ? b : a !== 'unknown' ? a : b === 'falsy' || b === 'null' || b === 'undefined' ? 'falsy' : 'unknown';
    case '||':
      return a === 'truthy' ? a : a !== 'unknown' ? b : b === 'truthy' ? b : 'unknown';
    case '??':
      return aIsNull ? b : a === 'unknown' ? 'unknown' : a;
    default:
      return 'unknown';
  }
}

/** Equality of values of which one is null or undefined. */
function equalNull(a: Judged, b: Judged, strict: boolean): boolean | null {
  // What counts as false may be null as well.
  if ([a, b].some((value) => value === 'unknown' || value === 'falsy')) {
    return null;
  }
  const isNull = (value: Judged) => value === 'null' || value === 'undefined';
  if (isNull(a) && isNull(b)) {
    return strict ? a === b : true;
  }
  return isNull(a) || isNull(b) ? false : null;
}

/** `message.is(T)` and its like, and functions of one expression that ask so. */
function judgeCall(program: Program, kind: Kind, call: SyntaxNode, scope: Scope, depth: number): Judged {
  const callee = call.firstChild;
  const args = argumentsOf(call);
  const object = callee?.name === 'MemberExpression' ? callee.firstChild : null;
  const property = callee?.lastChild;
  if (object !== null && property?.name === 'PropertyName' && evaluate(program, object, scope).some(({ type }) => type === 'incoming')) {
    const method = scope.file.text.slice(property.from, property.to);
    const builtIn = method.startsWith('is') ? builtInAsked(method) : null;
    const is = builtIn !== null ? kind.isType(wireTypename(builtIn)) : method === 'is' ? kind.is(program, args[0] ?? null, scope) : null;
    return is === null ? 'unknown' : is ? 'truthy' : 'falsy';
  }
  const values = evaluate(program, callee, scope);
  const [fn] = values;
  if (values.length !== 1 || fn?.type !== 'function' || depth > DEPTH || fn.node.getChild('async') !== null) {
    return 'unknown';
  }
  const returned = returnsOf(fn.node);
  return returned.length === 1 && returned[0] !== undefined
    ? judge(program, kind, returned[0], calledScope(program, fn, args, scope), depth + 1)
    : 'unknown';
}

/** Whether an expression is `context.caller`, or a name that holds it. */
export function isCaller(program: Program, expression: SyntaxNode, scope: Scope): boolean {
  const node = bare(expression);
  const { text } = scope.file;
  if (node.name === 'MemberExpression') {
    const property = node.lastChild;
    return (
      property?.name === 'PropertyName' &&
      text.slice(property.from, property.to) === 'caller' &&
      allOf(evaluate(program, node.firstChild, scope), 'context') !== null
    );
  }
  if (node.name !== 'VariableName') {
    return false;
  }
  const found = findDeclaration(scope.file, text.slice(node.from, node.to), node);
  if (found?.type === 'parameter') {
    const values = allOf(evaluate(program, node, scope), 'address');
    return values !== null && values.every(({ of }) => of === 'caller');
  }
  if (found?.type !== 'value' || !found.fixed) {
    return false;
  }
  return found.keys.length === 0
    ? isCaller(program, found.node, scope)
    : found.keys.length === 1 && found.keys[0] === 'caller' && allOf(evaluate(program, found.node, scope), 'context') !== null;
}

function isTypeName(program: Program, expression: SyntaxNode, scope: Scope): boolean {
  const node = bare(expression);
  const property = node.name === 'MemberExpression' ? node.lastChild : null;
  return (
    property?.name === 'PropertyName' &&
    scope.file.text.slice(property.from, property.to) === 'valueTypeName' &&
    evaluate(program, node.firstChild, scope).some(({ type }) => type === 'incoming')
  );
}
