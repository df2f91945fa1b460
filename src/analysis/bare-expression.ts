/** Expressions without what leaves their value as it is: parentheses, casts, `!`. */
import type { SyntaxNode } from '@lezer/common';

function isWrapper(node: SyntaxNode): boolean {
  switch (node.name) {
    case 'ParenthesizedExpression':
      return true;
    case 'BinaryExpression':
      return node.getChild('as') !== null || node.getChild('satisfies') !== null;
    case 'PostfixExpression':
      return node.getChild('LogicOp') !== null;
    default:
      return false;
  }
}

/** The expression inside. */
export function bare(node: SyntaxNode): SyntaxNode {
  let current = node;
  while (isWrapper(current)) {
    const inner = current.name === 'ParenthesizedExpression' ? (current.firstChild?.nextSibling ?? null) : current.firstChild;
    if (inner === null || inner.name === ')') {
      break;
    }
    current = inner;
  }
  return current;
}

/** The expression around that still has the same value. */
export function outermost(node: SyntaxNode): SyntaxNode {
  let current = node;
  while (current.parent !== null && isWrapper(current.parent)) {
    current = current.parent;
  }
  return current;
}
