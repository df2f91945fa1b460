/** State in the module instead of in the function: shared by all ids, unknown to the runtime, lost with the process. */
import type { SyntaxNode } from '@lezer/common';
import type { Problem } from '../../model/problem.ts';
import { bare } from '../bare-expression.ts';
import { findDeclaration, resolveFile } from '../declaration-lookup.ts';
import type { CodeProblemCode } from '../problem-codes.ts';
import { declarationsOf, type Declaration, type SourceFile } from '../source-file.ts';
import type { Scope } from '../static-value.ts';
import { mutationIn, rootOf } from './mutation.ts';
import { functionAround, problemAt, textOf, type Trap, type TrapInput } from './trap.ts';

const MUTATORS = new Set(['push', 'unshift', 'pop', 'shift', 'splice', 'set', 'add', 'delete', 'clear']);
const CONTAINERS = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array', 'Object']);

export const moduleState: Trap = (input) => {
  const problems = new Map<string, Problem<CodeProblemCode>>();
  for (const { fn, scope } of input.reached) {
    fn.node.cursor().iterate((ref) => {
      const changed = changedName(input, ref.node, scope, fn.node);
      if (changed !== null && !problems.has(changed.name)) {
        const { name, at } = changed;
        problems.set(
          name,
          problemAt(input, {
            code: 'module-state',
            message: `${name} belongs to the process, not to this function's id: all ids share it, each server has its own, and a restart forgets it. Keep it in a state: declare one in specs and use context.storage.`,
            file: scope.file,
            at,
          }),
        );
      }
    });
  }
  return [...problems.values()];
};

function changedName(
  input: TrapInput,
  node: SyntaxNode,
  scope: Scope,
  fn: SyntaxNode,
): { readonly name: string; readonly at: SyntaxNode } | null {
  const { file } = scope;
  const mutation = mutationIn(node, file.text);
  if (mutation !== null) {
    const root = rootOf(mutation.object);
    const name = textOf(file, root);
    if (mutation.type === 'method' && (mutation.method === null || !MUTATORS.has(mutation.method))) {
      return null;
    }
    if (root.name === 'this') {
      // `this` of the function itself: one object for all ids. That of other objects may be made anew for each call.
      return fn === input.fn.node && isOwnThis(node, fn) ? { name: memberText(mutation.object, node, file), at: node } : null;
    }
    if (root.name !== 'VariableName') {
      return null;
    }
    if (name === 'globalThis' || name === 'global') {
      return findDeclaration(file, name, root) === null ? { name: memberText(mutation.object, node, file), at: node } : null;
    }
    const declared = moduleDeclaration(input, file, name, root);
    return declared?.type === 'value' &&
      (mutation.object === root || mutation.object.from === root.from) &&
      isContainer(declared.node, declared.file)
      ? { name, at: node }
      : null;
  }
  const target = assignedName(node);
  if (target === null) {
    return null;
  }
  const name = textOf(file, target);
  const declared = moduleDeclaration(input, file, name, target);
  const isVariable = declared?.type === 'unknown' || (declared?.type === 'value' && !declared.fixed);
  return isVariable ? { name, at: node } : null;
}

/** The name that gets another value. */
function assignedName(node: SyntaxNode): SyntaxNode | null {
  const target =
    node.name === 'AssignmentExpression'
      ? node.firstChild
      : node.name === 'PostfixExpression' && node.getChild('ArithOp') !== null
        ? node.firstChild
        : node.name === 'UnaryExpression' && node.firstChild?.name === 'ArithOp'
          ? node.lastChild
          : null;
  const name = target === null ? null : bare(target);
  return name?.name === 'VariableName' ? name : null;
}

/** The declaration of a name at the top of a file, of this one or of the one it is imported from. */
function moduleDeclaration(
  { program }: TrapInput,
  file: SourceFile,
  name: string,
  at: SyntaxNode,
): (Declaration & { readonly file: SourceFile }) | null {
  const found = findDeclaration(file, name, at);
  if (found !== null) {
    const own = declarationsOf(file, file.tree.topNode).get(name);
    return found.type !== 'parameter' && own === found ? { ...own, file } : null;
  }
  const binding = file.imports.get(name);
  const other = binding === undefined ? null : resolveFile(program.files, file.path, binding.specifier);
  const exported = other === null || binding === undefined || binding.name === null ? undefined : other.exports.get(binding.name);
  const declared = other === null || exported?.type !== 'local' ? undefined : declarationsOf(other, other.tree.topNode).get(exported.name);
  return other === null || declared === undefined ? null : { ...declared, file: other };
}

function isContainer(node: SyntaxNode, file: SourceFile): boolean {
  const value = bare(node);
  // `new Map<string, number>()` is parsed as an instantiation expression that is called.
  const created = value.name === 'NewExpression' ? value : null;
  const callee = (created?.getChild('InstantiationExpression') ?? created)?.getChild('VariableName') ?? null;
  return value.name === 'ObjectExpression' || value.name === 'ArrayExpression' || (callee !== null && CONTAINERS.has(textOf(file, callee)));
}

/** Whether `this` is that of a function: no other function with a `this` of its own stands between. */
function isOwnThis(node: SyntaxNode, fn: SyntaxNode): boolean {
  let around = functionAround(node);
  while (around !== null && around.name === 'ArrowFunction' && around.from !== fn.from) {
    around = functionAround(around);
  }
  return around !== null && around.from === fn.from && fn.name !== 'ArrowFunction';
}

/** `this.count` for `this.count += 1` and `this.list.push(1)`. */
function memberText(object: SyntaxNode, node: SyntaxNode, file: SourceFile): string {
  const target = object.name === 'MemberExpression' ? object : bare(node.firstChild ?? object);
  return textOf(
    file,
    target.name === 'MemberExpression' && target.firstChild?.name === 'MemberExpression' && node.name === 'CallExpression'
      ? target.firstChild
      : target,
  );
}
