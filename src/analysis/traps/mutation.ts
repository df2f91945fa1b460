/** Where code changes a value in place: an assignment to a member, `++`, `delete`, a method such as `push`, `Object.assign`. */
import type { SyntaxNode } from '@lezer/common';
import { bare, outermost } from '../bare-expression.ts';
import type { Codec } from '../static-value.ts';
import { argumentsOf } from '../syntax.ts';

const ARRAY_METHODS = new Set(['push', 'unshift', 'pop', 'shift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin']);

export interface Mutation {
  /** The expression that changes the value. */
  readonly node: SyntaxNode;
  /** What holds the changed member: `a.b` for `a.b.c = 1` and `a.b.push(1)`. */
  readonly object: SyntaxNode;
  readonly type: 'assign' | 'update' | 'delete' | 'method' | 'object-assign';
  /** Name of the method. */
  readonly method: string | null;
  /** What comes of the expression is not used. */
  readonly alone: boolean;
}

/** The change that an expression makes, or null. Names that get another value are not meant. */
export function mutationIn(node: SyntaxNode, text: string): Mutation | null {
  const alone = outermost(node).parent?.name === 'ExpressionStatement';
  const of = (target: SyntaxNode | null | undefined, type: Mutation['type']): Mutation | null => {
    const member = target === null || target === undefined ? null : bare(target);
    return member?.name === 'MemberExpression' && member.firstChild !== null
      ? { node, object: bare(member.firstChild), type, method: null, alone }
      : null;
  };
  switch (node.name) {
    case 'AssignmentExpression':
      return of(node.firstChild, node.getChild('Equals') === null ? 'update' : 'assign');
    case 'PostfixExpression':
      return node.getChild('ArithOp') === null ? null : of(node.firstChild, 'update');
    case 'UnaryExpression':
      return node.getChild('delete') !== null
        ? of(node.lastChild, 'delete')
        : node.firstChild?.name === 'ArithOp'
          ? of(node.lastChild, 'update')
          : null;
    case 'CallExpression': {
      const callee = node.firstChild;
      const property = callee?.name === 'MemberExpression' ? callee.lastChild : null;
      if (callee?.firstChild === null || callee === null || property?.name !== 'PropertyName') {
        return null;
      }
      if (/^Object\s*\.\s*assign$/.test(text.slice(callee.from, callee.to))) {
        const [target] = argumentsOf(node);
        return target === undefined ? null : { node, object: bare(target), type: 'object-assign', method: null, alone };
      }
      return { node, object: bare(callee.firstChild), type: 'method', method: text.slice(property.from, property.to), alone };
    }
    default:
      return null;
  }
}

/** What a chain of members begins with. */
export function rootOf(node: SyntaxNode): SyntaxNode {
  let current = bare(node);
  while (current.name === 'MemberExpression' && current.firstChild !== null) {
    current = bare(current.firstChild);
  }
  return current;
}

/** Whether a change is one of a value that a state of this kind holds. */
export function changes({ type, method, alone }: Mutation, codec: Codec | undefined): boolean {
  // What the code of a custom type gives is not known; built-in values cannot be changed.
  if (codec !== 'json' && codec !== 'proto') {
    return false;
  }
  switch (type) {
    case 'method':
      // A result that is used may be all that was wanted.
      return alone && method !== null && (codec === 'json' ? ARRAY_METHODS.has(method) : /^(set|add|clear)[A-Z]/.test(method));
    case 'object-assign':
      return alone;
    default:
      return true;
  }
}
