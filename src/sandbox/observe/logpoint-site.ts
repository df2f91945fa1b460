/** Where in a compiled file a logpoint of a line takes place, and which names its expression sees there. */
import type { FoundPoints, StatementPoint } from './find-points.ts';
import type { AnyNode } from './syntax-nodes.ts';
import { boundNames, childrenOf, isFunction, listAt, nodeAt } from './syntax-nodes.ts';

export type LogpointSite =
  /** In front of the statement's own start; or at the end of a function's body. */
  { readonly type: 'statement'; readonly point: StatementPoint } | { readonly type: 'end'; readonly at: number };

/**
 * Null: the line belongs to no function. `lineAt` gives the one-based line of an offset. `uses`: whether the expression names this variable:
 * one that the line itself declares has its value behind the line only.
 */
export function findSite(
  program: AnyNode,
  { points, functions }: FoundPoints,
  line: number,
  lineAt: (offset: number) => number,
  uses: (name: string) => boolean,
): LogpointSite | null {
  const statements = points.filter((point) => point.type === 'statement');
  const first = (fits: (point: StatementPoint) => boolean): StatementPoint | undefined =>
    statements.filter(fits).toSorted((a, b) => a.node.start - b.node.start)[0];
  const onLine = first(({ node }) => lineAt(node.start) === line);
  if (onLine !== undefined) {
    const own: LogpointSite = { type: 'statement', point: onLine };
    return declaredIn(onLine.node).some(uses) ? (siteBehind(program, onLine, statements) ?? own) : own;
  }
  const [inner] = functions
    .filter(({ node }) => lineAt(node.start) <= line && lineAt(node.end) >= line)
    .toSorted((a, b) => a.node.end - a.node.start - (b.node.end - b.node.start));
  if (inner === undefined) {
    return null;
  }
  const { body } = inner;
  const behind = first(({ node }) => lineAt(node.start) > line && node.start >= body.start && node.end <= body.end);
  if (behind !== undefined) {
    return { type: 'statement', point: behind };
  }
  return body.type === 'BlockStatement' ? { type: 'end', at: body.end - 1 } : null;
}

/** In front of the next statement of the same block, or at the block's end. */
function siteBehind(program: AnyNode, { node }: StatementPoint, statements: readonly StatementPoint[]): LogpointSite | null {
  const block = blockOf(program, node);
  const list = block === null ? [] : listAt(block, 'body');
  const next = statements.find((point) => list.indexOf(point.node) > list.indexOf(node));
  return next !== undefined ? { type: 'statement', point: next } : block === null ? null : { type: 'end', at: block.end - 1 };
}

function blockOf(around: AnyNode, statement: AnyNode): AnyNode | null {
  const within = childrenOf(around).find(({ start, end }) => start <= statement.start && statement.end <= end);
  if (within === undefined || within === statement) {
    return null;
  }
  return blockOf(within, statement) ?? (within.type === 'BlockStatement' && listAt(within, 'body').includes(statement) ? within : null);
}

/** What functions and blocks around an offset declare; what the module itself declares is not among it. */
export function namesAround(program: AnyNode, offset: number): readonly string[] {
  const names = new Set<string>();
  const visit = (node: AnyNode): void => {
    if (node.start > offset || node.end < offset) {
      return;
    }
    if (node !== program) {
      for (const name of declaredBy(node)) {
        names.add(name);
      }
    }
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return [...names].filter((name) => name !== 'arguments' && name !== 'eval');
}

function declaredBy(node: AnyNode): readonly string[] {
  if (isFunction(node)) {
    const id = nodeAt(node, 'id');
    const body = nodeAt(node, 'body');
    return [
      ...(id === null || node.type === 'FunctionDeclaration' ? [] : boundNames(id)),
      ...listAt(node, 'params').flatMap(boundNames),
      ...(body === null ? [] : hoisted(body)),
    ];
  }
  switch (node.type) {
    case 'BlockStatement':
    case 'StaticBlock':
      return listAt(node, 'body').flatMap(declaredIn);
    case 'SwitchStatement':
      return listAt(node, 'cases').flatMap((each) => listAt(each, 'consequent').flatMap(declaredIn));
    case 'ForStatement':
      return declaredIn(nodeAt(node, 'init'));
    case 'ForInStatement':
    case 'ForOfStatement':
      return declaredIn(nodeAt(node, 'left'));
    case 'CatchClause': {
      const param = nodeAt(node, 'param');
      return param === null ? [] : boundNames(param);
    }
    default:
      return [];
  }
}

function declaredIn(statement: AnyNode | null): readonly string[] {
  if (statement?.type === 'VariableDeclaration') {
    return listAt(statement, 'declarations').flatMap((each) => boundNames(nodeAt(each, 'id') ?? each));
  }
  const id = statement?.type === 'FunctionDeclaration' || statement?.type === 'ClassDeclaration' ? nodeAt(statement, 'id') : null;
  return id === null ? [] : boundNames(id);
}

/** Names of `var` anywhere in a function's body. */
function hoisted(node: AnyNode): readonly string[] {
  if (isFunction(node)) {
    return [];
  }
  const own = node.type === 'VariableDeclaration' && node['kind'] === 'var' ? declaredIn(node) : [];
  return [...own, ...childrenOf(node).flatMap(hoisted)];
}
