/** Which pieces of code that cannot be followed may have an effect: on state, on others, on the world. When in doubt they have. */
import type { SyntaxNode } from '@lezer/common';
import { bare } from './bare-expression.ts';
import { findDeclaration } from './declaration-lookup.ts';
import { evaluate, type Program } from './evaluate.ts';
import { isCaller } from './judge-expression.ts';
import type { Scope } from './static-value.ts';
import { childrenOf, isFunctionNode } from './syntax.ts';

const PURE_GLOBALS = new Set(
  'Math JSON Object Array Number String Boolean Date BigInt Symbol Buffer Promise parseInt parseFloat isNaN isFinite structuredClone encodeURIComponent decodeURIComponent console'.split(
    ' ',
  ),
);
const PURE_CLASSES = new Set('Error TypeError RangeError Map Set Date URL Array Object Uint8Array'.split(' '));

/** A call that cannot be followed: harmless when it is one of the language's on a value of the function's own. `sees`: it gets the context or the caller, and may check it. */
export function unreadCall(
  program: Program,
  callee: SyntaxNode,
  args: readonly SyntaxNode[],
  scope: Scope,
): { readonly acts: boolean; readonly sees: boolean } {
  const root = rootOf(callee);
  const { text } = scope.file;
  const name = root.name === 'VariableName' ? text.slice(root.from, root.to) : null;
  const found = name === null ? null : findDeclaration(scope.file, name, root);
  const isImport = name !== null && scope.file.imports.has(name);
  const isGlobal = found === null && !isImport && name !== null && PURE_GLOBALS.has(name);
  const isLiteral = ['String', 'TemplateString', 'ArrayExpression', 'RegExp', 'Number', 'CallExpression', 'NewExpression'].includes(
    root.name,
  );
  const isOwn = found !== null && callee.name === 'MemberExpression' && !isTopLevel(found);
  const given = args.some((argument) =>
    evaluate(program, argument, scope).some(({ type }) => type === 'context' || type === 'incoming' || type === 'storage'),
  );
  const holder = callee.name === 'MemberExpression' ? callee.firstChild : null;
  const onContext = holder !== null && evaluate(program, holder, scope).some(({ type }) => type === 'context' || type === 'storage');
  const isConsole = isGlobal && name === 'console';
  return {
    acts: onContext || !(isGlobal || isOwn || isLiteral) || (given && !isConsole),
    sees: !isConsole && (given || args.some((argument) => isCaller(program, argument, scope))),
  };
}

export function isPureClass(node: SyntaxNode, scope: Scope): boolean {
  const callee = childrenOf(node).find(({ name }) => name === 'VariableName');
  const name = callee === undefined ? '' : scope.file.text.slice(callee.from, callee.to);
  return PURE_CLASSES.has(name);
}

/** Writing a local name has no effect; anything else may be the state of the function or of its module. */
export function hasEffect(program: Program, target: SyntaxNode | null, scope: Scope): boolean {
  const node = target === null ? null : bare(target);
  const root = node === null ? null : rootOf(node);
  if (root?.name !== 'VariableName') {
    return root?.name !== 'ArrayPattern' && root?.name !== 'ObjectPattern';
  }
  const found = findDeclaration(scope.file, scope.file.text.slice(root.from, root.to), root);
  const ofContext = evaluate(program, root, scope).some(({ type }) => type === 'context' || type === 'storage');
  return found === null || isTopLevel(found) || ofContext || (found.type === 'parameter' && node?.name !== 'VariableName');
}

/** What a chain of members and calls begins with. */
export function rootOf(node: SyntaxNode): SyntaxNode {
  let current = bare(node);
  while (current.name === 'MemberExpression' && current.firstChild !== null) {
    current = bare(current.firstChild);
  }
  return current;
}

/** Whether a declaration is one of the module's, seen by all calls. */
export function isTopLevel(found: { readonly type: string; readonly node?: SyntaxNode }): boolean {
  if (found.type === 'parameter') {
    return false;
  }
  for (let node = found.node?.parent ?? null; node !== null; node = node.parent) {
    if (isFunctionNode(node)) {
      return false;
    }
  }
  // Of names without a value nothing is known, e.g. `let count;`.
  return true;
}
