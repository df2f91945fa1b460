/** What stands around a place in code: a comment, or a literal that another expression could stand in the place of. */
import type { SyntaxNode } from '@lezer/common';
import { parseText } from './incremental-parse.ts';

export type AroundPlace =
  | { readonly type: 'comment'; readonly from: number; readonly to: number }
  /** `inner`: what stands between the quotes. */
  | { readonly type: 'literal'; readonly from: number; readonly to: number; readonly inner: string };

/** Null where it is neither: a template that is put together, a module's name, a type, a key. */
export function literalAround(text: string, offset: number): AroundPlace | null {
  for (let node: SyntaxNode | null = parseText(text, null).resolveInner(offset, 1); node !== null; node = node.parent) {
    const { from, to } = node;
    if (node.name === 'LineComment' || node.name === 'BlockComment') {
      return { type: 'comment', from, to };
    }
    if (node.name === 'String' || node.name === 'TemplateString') {
      const inner = text.slice(from + 1, to - 1);
      return isExpression(node) && node.getChild('Interpolation') === null ? { type: 'literal', from, to, inner } : null;
    }
  }
  return null;
}

function isExpression(node: SyntaxNode): boolean {
  const { parent } = node;
  switch (parent?.name) {
    case undefined:
    case 'ImportDeclaration':
    case 'ExportDeclaration':
    case 'LiteralType':
    case 'TaggedTemplateExpression':
    case 'JSXAttribute':
    case 'ExpressionStatement':
      return false;
    case 'Property':
    case 'PropertyDeclaration':
      return node.prevSibling !== null;
    default:
      return true;
  }
}
