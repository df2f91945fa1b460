/** What the code as it stands in the editor would change in the run, as far as it can be read without loading it. */
import { wireTypename } from '../analysis/static-value.ts';
import type { CodeFacts, FunctionFact } from '../model/code-facts.ts';
import type { StateSpec } from '../protocol/messages.ts';
import { compareCode, type CodeChange } from '../protocol/code-change.ts';
import type { LoadReport } from '../sandbox/sandbox-api.ts';
import { declaredIn } from '../worker/code-changes.ts';

/** Takes for granted that the run holds all states of the code that runs: what it really holds is known when it is applied. */
export function pendingChanges(report: LoadReport, facts: CodeFacts): readonly CodeChange[] {
  const before = declaredIn(report);
  // While the code has errors, what is missing may only be unreadable.
  const isWhole = facts.problems.every(({ severity }) => severity !== 'error');
  const after = facts.functions.map((fact) => ({
    typename: fact.typename,
    states: statesOf(fact, before.find(({ typename }) => typename === fact.typename)?.states ?? []),
  }));
  const held = before.map(({ typename, states }) => ({ typename, registered: states, stored: [], standIn: false }));
  const changes = compareCode(before, after, held);
  return isWhole ? changes : changes.filter(({ type }) => type !== 'function-removed' && type !== 'state-dropped');
}

/** A type that could not be read counts as the one of before. */
function statesOf({ states }: FunctionFact, before: readonly StateSpec[]): readonly StateSpec[] {
  return states.flatMap(({ name, type, expiration }): readonly StateSpec[] => {
    const typename = type === null ? before.find((spec) => spec.name === name)?.typename : wireTypename(type);
    const mode = expiration?.mode === 'after-call' ? ('after-invoke' as const) : ('after-write' as const);
    return typename === undefined ? [] : [{ name, typename, expiration: expiration === null ? null : { mode, millis: expiration.millis } }];
  });
}
