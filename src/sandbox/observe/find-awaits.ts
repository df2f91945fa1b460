/** Finds the awaits of a compiled file, with what tells which of several that wait is waited for by the others. */
import { childrenOf, isFunction, listAt, nodeAt } from './syntax-nodes.ts';
import type { AnyNode } from './syntax-nodes.ts';

export interface AwaitSite {
  readonly node: AnyNode;
  /** What is awaited. */
  readonly operand: AnyNode;
  /** Name of the function it stands in; null for one without. */
  readonly within: string | null;
  /** Names of functions that the operand calls, or hands on. */
  readonly names: ReadonlySet<string>;
}

export function findAwaits(program: AnyNode): readonly AwaitSite[] {
  const sites: AwaitSite[] = [];
  const visit = (node: AnyNode, within: string | null, name: string | null): void => {
    const inside = isFunction(node) ? (nameOf(nodeAt(node, 'id')) ?? name) : within;
    if (node.type === 'AwaitExpression') {
      const operand = nodeAt(node, 'argument');
      if (operand !== null) {
        const names = new Set<string>();
        collectNames(operand, names);
        sites.push({ node, operand, within: inside, names });
      }
    }
    for (const child of childrenOf(node)) {
      visit(child, inside, givenName(node, child));
    }
  };
  for (const statement of listAt(program, 'body')) {
    visit(statement, null, null);
  }
  return sites;
}

/** The name that a function without one of its own gets from where it stands. */
function givenName(parent: AnyNode, child: AnyNode): string | null {
  switch (parent.type) {
    case 'VariableDeclarator':
      return nodeAt(parent, 'init') === child ? nameOf(nodeAt(parent, 'id')) : null;
    case 'AssignmentExpression':
      return nodeAt(parent, 'right') === child ? nameOf(nodeAt(parent, 'left')) : null;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return nodeAt(parent, 'value') === child ? nameOf(nodeAt(parent, 'key')) : null;
    default:
      return null;
  }
}

/** Of `a`: a; of `a.b`: b. */
function nameOf(node: AnyNode | null): string | null {
  switch (node?.type) {
    case 'Identifier':
    case 'PrivateIdentifier':
      return String(node['name']);
    case 'MemberExpression':
      return nameOf(nodeAt(node, 'property'));
    default:
      return null;
  }
}

function collectNames(node: AnyNode, names: Set<string>): void {
  const name = nameOf(node);
  if (name !== null) {
    names.add(name);
  }
  for (const child of childrenOf(node)) {
    collectNames(child, names);
  }
}
