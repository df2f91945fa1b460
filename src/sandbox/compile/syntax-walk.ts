/** Facts that the harness needs from the syntax tree of a compiled file: what it requires, and whether it can outlive its call. */
import type { Node } from 'acorn';

export interface RequiredModule {
  readonly specifier: string;
  /** Offset of the specifier's literal in the compiled text. */
  readonly offset: number;
  /** Inside of a `try`: the code does without it. */
  readonly tried: boolean;
}

export interface ModuleFacts {
  readonly requires: readonly RequiredModule[];
  /** Where `import.meta` stands. */
  readonly metas: readonly number[];
  /** Has an `import(…)` or `import.meta`. */
  readonly dynamic: boolean;
  readonly async: boolean;
  /** Statements beside directives and the compiler's own `__esModule` mark. */
  readonly empty: boolean;
}

interface AnyNode extends Node {
  readonly [key: string]: unknown;
}

/** Names that start work which may go on after the handler returned. */
const asyncNames = new Set([
  'Promise',
  'then',
  'queueMicrotask',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'nextTick',
  'fetch',
  'fromAsync',
  'AbortSignal',
  'constructor',
]);

export function moduleFacts(program: Node): ModuleFacts {
  const requires: RequiredModule[] = [];
  const metas: number[] = [];
  let dynamic = false;
  let async = false;
  const visit = (node: AnyNode, tried: boolean): void => {
    if (node.type === 'CallExpression') {
      const required = requiredBy(node);
      if (required !== null) {
        requires.push({ ...required, tried });
      }
    } else if (node.type === 'MetaProperty' && (node['meta'] as AnyNode)['name'] === 'import') {
      metas.push(node.start);
    }
    dynamic ||= node.type === 'ImportExpression';
    async ||= node['async'] === true || node.type === 'AwaitExpression' || (node['await'] === true && node.type === 'ForOfStatement');
    async ||= (node.type === 'Identifier' && asyncNames.has(String(node['name']))) || node.type === 'ImportExpression';
    // A name made at run time could be any of the above.
    async ||= node.type === 'MemberExpression' && node['computed'] === true && isGlobalObject(node['object']);
    for (const key in node) {
      const child = node[key];
      for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) {
        if (isNode(item)) {
          visit(item, tried || (node.type === 'TryStatement' && key === 'block'));
        }
      }
    }
  };
  const root = program as AnyNode;
  visit(root, false);
  const body = root['body'] as readonly AnyNode[];
  return {
    requires,
    metas,
    dynamic: dynamic || metas.length > 0,
    async,
    empty: body.every(isCompilerNoise),
  };
}

function requiredBy(call: AnyNode): Omit<RequiredModule, 'tried'> | null {
  const callee = call['callee'] as AnyNode;
  const [argument] = call['arguments'] as readonly AnyNode[];
  const isRequire = callee.type === 'Identifier' && callee['name'] === 'require';
  if (!isRequire || argument?.type !== 'Literal' || typeof argument['value'] !== 'string') {
    return null;
  }
  return { specifier: argument['value'], offset: argument.start };
}

function isGlobalObject(node: unknown): boolean {
  return isNode(node) && node.type === 'Identifier' && ['globalThis', 'self', 'global'].includes(String(node['name']));
}

/** Directives, the `__esModule` mark, the compiler's helper functions, and imports that nothing uses. */
function isCompilerNoise(statement: AnyNode): boolean {
  if (typeof statement['directive'] === 'string' || statement.type === 'EmptyStatement') {
    return true;
  }
  if (statement.type === 'FunctionDeclaration') {
    return String((statement['id'] as AnyNode | null)?.['name']).startsWith('_interopRequire');
  }
  if (statement.type !== 'ExpressionStatement') {
    return false;
  }
  const expression = statement['expression'] as AnyNode;
  const second = expression.type === 'CallExpression' ? (expression['arguments'] as readonly AnyNode[])[1] : undefined;
  return second?.type === 'Literal' && second['value'] === '__esModule';
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
