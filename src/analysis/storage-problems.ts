/** Writes to `context.storage` that name no declared state: the storage object is sealed, so they throw. */
import type { Typename } from '../base/ids.ts';
import type { StateSpecFact } from '../model/code-facts.ts';
import { functionNode } from '../model/graph-ids.ts';
import type { Problem } from '../model/problem.ts';
import type { CodeProblemCode } from './problem-codes.ts';
import type { FunctionValue } from './static-value.ts';
import { parametersOf } from './syntax.ts';

export function storageProblems(fn: FunctionValue, states: readonly StateSpecFact[], type: Typename): readonly Problem<CodeProblemCode>[] {
  const { file } = fn.scope;
  const context = parametersOf(fn.node, file.text).find((parameter) => parameter.index === 0 && parameter.keys.length === 0)?.name;
  const problems: Problem<CodeProblemCode>[] = [];
  fn.node.cursor().iterate((ref) => {
    if (ref.name !== 'AssignmentExpression') {
      return;
    }
    const target = ref.node.firstChild;
    const name = target?.name === 'MemberExpression' ? target.lastChild : null;
    const holder = target?.firstChild ?? null;
    if (
      target === null ||
      holder === null ||
      name?.name !== 'PropertyName' ||
      file.text.slice(holder.from, holder.to) !== `${context}.storage`
    ) {
      return;
    }
    const state = file.text.slice(name.from, name.to);
    if (!states.some((known) => known.name === state)) {
      problems.push({
        code: 'undeclared-state',
        severity: 'error',
        message: `${type} declares no state “${state}”: add it to specs, or writing it throws.`,
        path: file.path,
        range: { from: name.from, to: name.to },
        node: functionNode(type),
      });
    }
  });
  return problems;
}
