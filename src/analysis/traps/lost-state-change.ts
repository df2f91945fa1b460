/**
 * Changes of what was read from `context.storage`: each read parses the state anew, so that the change is made to a copy and
 * is lost, unless the copy is assigned to the state.
 */
import type { SyntaxNode } from '@lezer/common';
import type { Problem } from '../../model/problem.ts';
import { bare } from '../bare-expression.ts';
import { findDeclaration } from '../declaration-lookup.ts';
import { evaluate, type Program } from '../evaluate.ts';
import type { CodeProblemCode } from '../problem-codes.ts';
import { allOf, type Scope } from '../static-value.ts';
import { argumentsOf, memberName } from '../syntax.ts';
import { copyProblem } from './changed-copy.ts';
import { changes, mutationIn, rootOf, type Mutation } from './mutation.ts';
import { problemAt, textOf, type Trap } from './trap.ts';

export const lostStateChange: Trap = (input) => {
  const { program, codecs } = input;
  const problems: Problem<CodeProblemCode>[] = [];
  const copies = new Set<SyntaxNode['from']>();
  for (const { fn, scope } of input.reached) {
    const { file } = scope;
    fn.node.cursor().iterate((ref) => {
      const mutation = mutationIn(ref.node, file.text);
      const codec = (name: string) => codecs.get(name);
      if (mutation === null) {
        return;
      }
      const read = stateRead(program, mutation.object, scope);
      if (read !== null && changes(mutation, codec(read.name))) {
        const whole = textOf(file, read.node);
        problems.push(
          problemAt(input, {
            code: 'lost-state-change',
            message: `Reading ${whole} gives a copy each time, so this change is lost. Assign the whole value: ${whole} = …`,
            file,
            at: mutation.node,
            fix: fixOf(mutation, read.node, file),
          }),
        );
        return;
      }
      const root = rootOf(mutation.object);
      const found = root.name === 'VariableName' ? findDeclaration(file, textOf(file, root), root) : null;
      if (read !== null || found?.type !== 'value' || !found.fixed || copies.has(found.node.from)) {
        return;
      }
      const name = copiedState(program, root, scope);
      if (name !== null && (codec(name) === 'json' || codec(name) === 'proto')) {
        copies.add(found.node.from);
        problems.push(...copyProblem(input, { fn: fn.node, scope, root, declared: found.node, state: name, codec: codec(name) ?? 'json' }));
      }
    });
  }
  return problems;
};

/** The read of a state that a chain of members begins with: `context.storage.x` in `context.storage.x.y[0]`. */
function stateRead(program: Program, object: SyntaxNode, scope: Scope): { readonly name: string; readonly node: SyntaxNode } | null {
  for (let node = bare(object); node.name === 'MemberExpression' && node.firstChild !== null; node = bare(node.firstChild)) {
    const key = memberName(node, scope.file.text);
    if (key !== null && allOf(evaluate(program, node.firstChild, scope), 'storage') !== null) {
      return { name: key.name, node };
    }
  }
  return null;
}

/** The state that a name holds a copy of; `?? {}` beside it does not matter. */
function copiedState(program: Program, name: SyntaxNode, scope: Scope): string | null {
  const values = evaluate(program, name, scope);
  const states = new Set(values.flatMap((value) => (value.type === 'state' ? [value.name] : [])));
  const others = values.filter(({ type }) => type !== 'state' && type !== 'object' && type !== 'array');
  const [state] = states;
  return states.size === 1 && others.length === 0 ? (state ?? null) : null;
}

/** Writes the whole value back, for the plain cases: `x.key = value`, `x[key] = value`, `x.push(value)`. */
function fixOf(mutation: Mutation, read: SyntaxNode, file: Scope['file']) {
  const whole = textOf(file, read);
  const { node } = mutation;
  const insert =
    mutation.alone && mutation.object.from === read.from && mutation.object.to === read.to ? rewritten(mutation, whole, file) : null;
  return insert === null
    ? null
    : { label: `Assign ${whole} as a whole`, edits: [{ type: 'text' as const, path: file.path, from: node.from, to: node.to, insert }] };
}

function rewritten({ node, type, method }: Mutation, whole: string, file: Scope['file']): string | null {
  if (type === 'method' && method === 'push') {
    const values = argumentsOf(node).map((argument) => textOf(file, argument));
    return values.length === 0 ? null : `${whole} = [...(${whole} ?? []), ${values.join(', ')}]`;
  }
  const target = type === 'assign' ? node.firstChild : null;
  const value = node.lastChild;
  const member = target === null ? null : bare(target);
  const key = member?.lastChild;
  if (member === null || value === null || key === null || key === undefined) {
    return null;
  }
  const index = key.name === ']' ? (key.prevSibling ?? null) : null;
  const written = key.name === 'PropertyName' ? textOf(file, key) : index === null ? null : `[${textOf(file, index)}]`;
  return written === null ? null : `${whole} = { ...${whole}, ${written}: ${textOf(file, value)} }`;
}
