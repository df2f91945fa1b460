/** Types by the names that the code gives them: `ConfirmFraud` says more than `fraud.types/confirm-fraud`. */
import type { CodeFacts } from '../../model/code-facts.ts';
import { useDocument } from '../../state/document-controller.ts';
import { shortType } from './bench-choices.ts';

const known = new WeakMap<CodeFacts, ReadonlyMap<string, string>>();

function namesOf(facts: CodeFacts): ReadonlyMap<string, string> {
  const there = known.get(facts);
  if (there !== undefined) {
    return there;
  }
  const types = facts.functions.flatMap(({ accepts, sends }) => [...accepts.types, ...sends.flatMap(({ valueTypes }) => valueTypes ?? [])]);
  const names = new Map(types.map(({ typename, name }) => [typename, name]));
  known.set(facts, names);
  return names;
}

export function useTypeNames(): (typename: string) => string {
  const facts = useDocument((state) => state.facts);
  return (typename) => namesOf(facts).get(typename) ?? shortType(typename);
}
