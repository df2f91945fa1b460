/**
 * Finds in a compiled file what is to be watched: statements of functions, tests of `if` and `switch`, bodies of short arrow functions.
 * Code that runs once, while modules load, is left alone: a call is what is observed.
 */
import type { AnyNode } from './syntax-nodes.ts';
import { childrenOf, isFunction, listAt, nodeAt } from './syntax-nodes.ts';

/** A statement of a function, or the expression that a short arrow function returns. */
export interface StatementPoint {
  readonly type: 'statement';
  readonly node: AnyNode;
  /** How code can stand in front of it: as it is, in braces that are put around it, or as the left side of a comma. */
  readonly place: 'list' | 'braces' | 'expression';
  /** Offset at which its own part ends: the head of what holds other statements, else all of it. */
  readonly headEnd: number;
  readonly depth: number;
}

export interface BranchPoint {
  readonly type: 'branch';
  /** The statement, and the expression that decides. */
  readonly node: AnyNode;
  readonly test: AnyNode;
}

export interface FunctionSpan {
  readonly node: AnyNode;
  readonly body: AnyNode;
}

export interface FoundPoints {
  readonly points: readonly (StatementPoint | BranchPoint)[];
  readonly functions: readonly FunctionSpan[];
}

/** Functions that the compiler itself puts in front of a file. */
const compilerFunctions = /^_(interopRequire|createNamedExportFrom|createStarExport)/;

/** @param outside whether code outside of functions is to be watched as well */
export function findPoints(program: AnyNode, outside = false): FoundPoints {
  const points: (StatementPoint | BranchPoint)[] = [];
  const functions: FunctionSpan[] = [];

  function visitList(list: readonly AnyNode[], depth: number): void {
    for (const statement of list) {
      visitStatement(statement, 'list', depth);
    }
  }

  /** `depth` 0: outside of functions. */
  function visitStatement(node: AnyNode, place: StatementPoint['place'], depth: number): void {
    const plain = node.type === 'BlockStatement' || node.type === 'EmptyStatement' || node.type === 'FunctionDeclaration';
    if (!plain && depth > 0 && typeof node['directive'] !== 'string') {
      points.push({ type: 'statement', node, place, headEnd: headEnd(node), depth });
    }
    visitParts(node, depth);
  }

  function visitBody(body: AnyNode | null, depth: number): void {
    if (body !== null) {
      // An empty statement has nothing to be watched, and may be all that a loop has.
      visitStatement(body, body.type === 'BlockStatement' || body.type === 'EmptyStatement' ? 'list' : 'braces', depth);
    }
  }

  function visitBranch(node: AnyNode, key: string, depth: number): void {
    const test = nodeAt(node, key);
    if (test !== null) {
      if (depth > 0) {
        points.push({ type: 'branch', node, test });
      }
      visit(test, depth);
    }
  }

  /** What a statement is made of. */
  function visitParts(node: AnyNode, depth: number): void {
    switch (node.type) {
      case 'BlockStatement':
      case 'StaticBlock':
        visitList(listAt(node, 'body'), depth);
        break;
      case 'IfStatement':
        visitBranch(node, 'test', depth);
        visitBody(nodeAt(node, 'consequent'), depth);
        visitBody(nodeAt(node, 'alternate'), depth);
        break;
      case 'SwitchStatement':
        visitBranch(node, 'discriminant', depth);
        for (const each of listAt(node, 'cases')) {
          visitChild(each, 'test', depth);
          visitList(listAt(each, 'consequent'), depth);
        }
        break;
      case 'LabeledStatement': {
        // A label must stand right before its loop: what is inside is watched, the loop itself by the label.
        const body = nodeAt(node, 'body');
        if (body !== null) {
          visitParts(body, depth);
        }
        break;
      }
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        for (const key of ['init', 'left', 'right', 'test', 'update']) {
          visitChild(node, key, depth);
        }
        visitBody(nodeAt(node, 'body'), depth);
        break;
      default:
        visit(node, depth);
        break;
    }
  }

  function visitChild(node: AnyNode, key: string, depth: number): void {
    const child = nodeAt(node, key);
    if (child !== null) {
      visit(child, depth);
    }
  }

  /** Expressions and everything else: only functions and blocks inside matter. */
  function visit(node: AnyNode, depth: number): void {
    if (isFunction(node)) {
      visitFunction(node, depth + 1);
      return;
    }
    const callee = node.type === 'CallExpression' ? nodeAt(node, 'callee') : null;
    if (depth === 0 && callee !== null && isFunction(callee)) {
      // Called where it stands, while the module loads: what compiled enums are.
      visitFunction(callee, 0);
      listAt(node, 'arguments').forEach((argument) => visit(argument, 0));
      return;
    }
    if (node.type === 'BlockStatement' || node.type === 'StaticBlock') {
      visitParts(node, depth);
      return;
    }
    for (const child of childrenOf(node)) {
      visit(child, depth);
    }
  }

  function visitFunction(node: AnyNode, depth: number): void {
    if (compilerFunctions.test(String(nodeAt(node, 'id')?.['name'] ?? ''))) {
      return;
    }
    listAt(node, 'params').forEach((param) => visit(param, depth));
    const body = nodeAt(node, 'body');
    if (body === null) {
      return;
    }
    if (depth > 0) {
      functions.push({ node, body });
    }
    if (body.type === 'BlockStatement') {
      visitParts(body, depth);
      return;
    }
    if (depth > 0) {
      points.push({ type: 'statement', node: body, place: 'expression', headEnd: body.end, depth });
    }
    visit(body, depth);
  }

  visitList(listAt(program, 'body'), outside ? 1 : 0);
  return { points, functions };
}

function headEnd(node: AnyNode): number {
  switch (node.type) {
    case 'IfStatement':
    case 'WhileStatement':
      return nodeAt(node, 'test')?.end ?? node.start;
    case 'SwitchStatement':
      return nodeAt(node, 'discriminant')?.end ?? node.start;
    case 'ForStatement':
      return (nodeAt(node, 'update') ?? nodeAt(node, 'test') ?? nodeAt(node, 'init'))?.end ?? node.start;
    case 'ForInStatement':
    case 'ForOfStatement':
      return nodeAt(node, 'right')?.end ?? node.start;
    case 'LabeledStatement': {
      const body = nodeAt(node, 'body');
      return body === null ? node.start : headEnd(body);
    }
    case 'DoWhileStatement':
    case 'TryStatement':
    case 'ClassDeclaration':
      return node.start;
    default:
      return node.end;
  }
}
