/** A name that holds a copy of a state, is changed, and is written back nowhere. */
import type { SyntaxNode } from '@lezer/common';
import type { Problem } from '../../model/problem.ts';
import { bare, outermost } from '../bare-expression.ts';
import { findDeclaration } from '../declaration-lookup.ts';
import { evaluate } from '../evaluate.ts';
import type { CodeProblemCode } from '../problem-codes.ts';
import { allOf, type Codec, type Scope } from '../static-value.ts';
import { changes, mutationIn, rootOf } from './mutation.ts';
import { functionAround, problemAt, statementAround, textOf, type TrapInput } from './trap.ts';

export interface ChangedCopy {
  /** The function that was reached; the copy may be of a function inside it. */
  readonly fn: SyntaxNode;
  readonly scope: Scope;
  /** The name where it is changed, and the expression it was declared with. */
  readonly root: SyntaxNode;
  readonly declared: SyntaxNode;
  readonly state: string;
  readonly codec: Codec;
}

/** Methods of a scratch list that is thrown away: sorting a copy, taking from it. */
const SCRATCH = new Set(['sort', 'reverse', 'pop', 'shift', 'fill', 'copyWithin']);

/** Says nothing as soon as the name is used in any way that may keep the change: passed on, returned, read afterwards. */
export function copyProblem(input: TrapInput, copy: ChangedCopy): readonly Problem<CodeProblemCode>[] {
  const { scope, root, declared, state } = copy;
  const { file } = scope;
  const name = textOf(file, root);
  const home = functionAround(declared);
  if (home === null || writes(input, home, scope, state)) {
    return [];
  }
  const changed: SyntaxNode[] = [];
  const reads: SyntaxNode[] = [];
  let escapes = false;
  home.cursor().iterate((ref) => {
    const node = ref.node;
    if (node.name === 'Property' && node.getChild(':') === null && node.getChild('PropertyDefinition') !== null) {
      escapes ||= textOf(file, node) === name;
    }
    const found = node.name === 'VariableName' && textOf(file, node) === name ? findDeclaration(file, name, node) : null;
    if (found?.type !== 'value' || found.node.from !== declared.from) {
      return;
    }
    const mutation = mutationAround(node, file.text);
    if (mutation !== null && changes(mutation, copy.codec) && !(mutation.method !== null && SCRATCH.has(mutation.method))) {
      changed.push(mutation.node);
    } else if (outermost(node).parent?.name === 'MemberExpression' && mutation === null) {
      reads.push(node);
    } else {
      escapes = true;
    }
  });
  const [first] = changed;
  const last = changed.at(-1);
  const statement = last === undefined ? null : statementAround(last);
  if (first === undefined || last === undefined || escapes || statement === null) {
    return [];
  }
  const since = loopAround(first, home)?.from ?? statementAround(first)?.to ?? first.to;
  if (reads.some((read) => read.from >= since && !changed.some((change) => change.from <= read.from && read.to <= change.to))) {
    return [];
  }
  const storage = storageText(input, declared, scope);
  const whole = `${storage ?? 'context.storage'}.${state}`;
  const indent = /^[ \t]*/.exec(file.text.slice(file.text.lastIndexOf('\n', statement.from - 1) + 1))?.[0] ?? '';
  const isAlone = statement.name === 'ExpressionStatement' && statement.parent?.name === 'Block';
  const edits = [
    { type: 'text' as const, path: file.path, from: statement.to, to: statement.to, insert: `\n${indent}${whole} = ${name};` },
  ];
  return [
    problemAt(input, {
      code: 'lost-state-change',
      message: `${name} is a copy of the state ${state}: this change is lost unless it is written back. Add ${whole} = ${name}.`,
      file,
      at: first,
      fix: storage === null || !isAlone ? null : { label: `Add ${whole} = ${name}`, edits },
    }),
  ];
}

/** The change whose chain of members begins with a name. */
function mutationAround(name: SyntaxNode, text: string): ReturnType<typeof mutationIn> {
  let node: SyntaxNode = outermost(name);
  if (node.parent?.name === 'ArgList' && node.parent.parent !== null) {
    const call = mutationIn(node.parent.parent, text);
    return call?.type === 'object-assign' && rootOf(call.object).from === name.from ? call : null;
  }
  while (node.parent?.name === 'MemberExpression' && node.parent.firstChild?.from === node.from) {
    node = outermost(node.parent);
  }
  const mutation = node.parent === null ? null : mutationIn(node.parent, text);
  const isTarget = mutation !== null && rootOf(mutation.object).from === name.from;
  return isTarget && (mutation.type !== 'method' || node.parent?.firstChild?.from === node.from) ? mutation : null;
}

/** Whether a function assigns the state anywhere. */
function writes({ program }: TrapInput, fn: SyntaxNode, scope: Scope, state: string): boolean {
  let found = false;
  fn.cursor().iterate((ref) => {
    const target = ref.name === 'AssignmentExpression' ? ref.node.firstChild : null;
    const member = target === null ? null : bare(target);
    if (member?.name === 'MemberExpression' && allOf(evaluate(program, member.firstChild, scope), 'storage') !== null) {
      const property = member.lastChild;
      found ||= property?.name !== 'PropertyName' || textOf(scope.file, property) === state;
    }
  });
  return found;
}

function loopAround(node: SyntaxNode, within: SyntaxNode): SyntaxNode | null {
  for (let current = node.parent; current !== null && current.from > within.from; current = current.parent) {
    if (/^(For|While|Do)Statement$/.test(current.name) || /^(Arrow|Function)/.test(current.name)) {
      return current;
    }
  }
  return null;
}

/** How the storage was written where the copy was read: `context.storage`. */
function storageText({ program }: TrapInput, declared: SyntaxNode, scope: Scope): string | null {
  let text: string | null = null;
  declared.cursor().iterate((ref) => {
    if (text === null && (ref.name === 'MemberExpression' || ref.name === 'VariableName')) {
      text = allOf(evaluate(program, ref.node, scope), 'storage') === null ? null : textOf(scope.file, ref.node);
    }
  });
  return text;
}
