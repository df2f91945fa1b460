/**
 * Uses of `context.storage` that name no declared state: the storage object is sealed, so that writing throws and reading
 * gives undefined. Its states cannot be deleted either, and those of a built-in type do not hold every value.
 */
import type { SyntaxNode } from '@lezer/common';
import type { Typename } from '../base/ids.ts';
import { builtInFault } from '../model/built-in-range.ts';
import type { StateSpecFact } from '../model/code-facts.ts';
import { functionNode } from '../model/graph-ids.ts';
import type { Problem } from '../model/problem.ts';
import { bare, outermost } from './bare-expression.ts';
import { evaluate, type Program } from './evaluate.ts';
import { invokedScope } from './invoked-scope.ts';
import type { CodeProblemCode } from './problem-codes.ts';
import { allOf, type FunctionValue, type Scope } from './static-value.ts';
import { memberName } from './syntax.ts';

export function storageProblems(
  program: Program,
  fn: FunctionValue,
  states: readonly StateSpecFact[],
  type: Typename,
): readonly Problem<CodeProblemCode>[] {
  const scope = invokedScope(fn);
  const { file } = scope;
  const problems: Problem<CodeProblemCode>[] = [];
  fn.node.cursor().iterate((ref) => {
    const { node } = ref;
    const key = memberName(node, file.text);
    if (key === null || allOf(evaluate(program, node.firstChild, scope), 'storage') === null) {
      return;
    }
    const { name: state, node: name } = key;
    const use = useOf(node);
    const place = { path: file.path, node: functionNode(type) };
    const spec = states.find((known) => known.name === state);
    if (spec === undefined) {
      problems.push({
        code: 'undeclared-state',
        severity: use === 'read' ? 'warning' : 'error',
        message: `${type} declares no state “${state}”: add it to specs, or ${use === 'read' ? 'reading it gives undefined' : 'writing it throws'}.`,
        range: { from: name.from, to: name.to },
        ...place,
      });
    } else if (use === 'delete') {
      const whole = file.text.slice(node.from, node.to);
      const { from, to } = node.parent ?? node;
      problems.push({
        code: 'deleted-state',
        severity: 'error',
        message: `A state cannot be deleted like a property, that throws: write ${whole} = null.`,
        range: { from, to },
        fix: { label: `Write ${whole} = null`, edits: [{ type: 'text', path: file.path, from, to, insert: `${whole} = null` }] },
        ...place,
      });
    } else if (use === 'write') {
      const value = assignedTo(node);
      const fault = value === null ? null : assignedFault(program, spec, value, scope);
      if (value !== null && fault !== null) {
        problems.push({
          code: 'value-does-not-fit',
          severity: 'error',
          message: `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`,
          range: { from: value.from, to: value.to },
          ...place,
        });
      }
    }
  });
  return problems;
}

/** What `=` assigns to it; null for every other write. */
function assignedTo(member: SyntaxNode): SyntaxNode | null {
  const assignment = outermost(member).parent;
  return assignment?.name === 'AssignmentExpression' && assignment.getChild('Equals') !== null ? assignment.lastChild : null;
}

/**
 * Of several constants that it may be, one that does not fit is enough. The SDK turns texts of digits and booleans into numbers, numbers into
 * booleans, and takes `null` for none.
 */
function assignedFault(program: Program, { type }: StateSpecFact, value: SyntaxNode, scope: Scope): string | null {
  if (type !== 'int' && type !== 'boolean' && type !== 'string') {
    return null;
  }
  for (const constant of constantsOf(program, value, scope)) {
    const isTaken =
      type === 'int' && (typeof constant === 'boolean' || (typeof constant === 'string' && Number.isInteger(Number(constant))));
    const fault = isTaken ? null : builtInFault(type, constant);
    if (fault !== null) {
      return fault;
    }
  }
  return null;
}

function constantsOf(program: Program, value: SyntaxNode, scope: Scope): readonly unknown[] {
  const node = bare(value);
  switch (node.name) {
    case 'ObjectExpression':
      return [{}];
    case 'BooleanLiteral':
      return [scope.file.text.slice(node.from, node.to) === 'true'];
    default:
      return evaluate(program, node, scope).flatMap((one): readonly unknown[] =>
        one.type === 'string' ? [one.text] : one.type === 'number' ? [one.value] : [],
      );
  }
}

function useOf(member: SyntaxNode): 'read' | 'write' | 'delete' {
  const node = outermost(member);
  const { parent } = node;
  if (parent?.name === 'UnaryExpression' && parent.getChild('delete') !== null) {
    return 'delete';
  }
  const isTarget = parent?.name === 'AssignmentExpression' && parent.firstChild?.from === node.from;
  const isUpdate = (parent?.name === 'PostfixExpression' || parent?.name === 'UnaryExpression') && parent.getChild('ArithOp') !== null;
  return isTarget || isUpdate ? 'write' : 'read';
}
