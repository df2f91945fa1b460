/** Acorn's tree as the instrumenter walks it. */
import type { Node } from 'acorn';

export interface AnyNode extends Node {
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

export function childrenOf(node: AnyNode): readonly AnyNode[] {
  const children: AnyNode[] = [];
  for (const key in node) {
    const child = node[key];
    for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) {
      if (isNode(item)) {
        children.push(item);
      }
    }
  }
  return children;
}

export function nodeAt(node: AnyNode, key: string): AnyNode | null {
  const child = node[key];
  return isNode(child) ? child : null;
}

export function listAt(node: AnyNode, key: string): readonly AnyNode[] {
  const list = node[key];
  return Array.isArray(list) ? (list as unknown[]).filter(isNode) : [];
}

export function isFunction(node: AnyNode): boolean {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

/** Names that a pattern binds. */
export function boundNames(pattern: AnyNode): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [String(pattern['name'])];
    case 'ObjectPattern':
      return listAt(pattern, 'properties').flatMap((property) => boundNames(nodeAt(property, 'value') ?? property));
    case 'ArrayPattern':
      return listAt(pattern, 'elements').flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(nodeAt(pattern, 'left') ?? pattern);
    case 'RestElement':
      return boundNames(nodeAt(pattern, 'argument') ?? pattern);
    default:
      return [];
  }
}
