/** The Studio's own findings, those about scenarios and the type checker's as one list. */
import type { Problem, Severity } from '../model/problem.ts';
import { useDocument } from './document-controller.ts';
import { useScenarioProblems } from './scenario-problems-store.ts';
import { useTypeCheck } from './type-check-store.ts';

/** A finding of the type checker is left out where the Studio says something about the same place: it knows StateFun. */
export function mergeProblems(own: readonly Problem[], types: readonly Problem[]): readonly Problem[] {
  return types.length === 0 ? own : [...own, ...types.filter((type) => !own.some((problem) => isSamePlace(problem, type)))];
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** What is worse first, then by file and by place, whoever found it; what has no file stands before the files. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted(
    (a, b) =>
      ORDER[a.severity] - ORDER[b.severity] ||
      compare(a.path ?? '', b.path ?? '') ||
      (a.range?.from ?? -1) - (b.range?.from ?? -1) ||
      (a.range?.to ?? -1) - (b.range?.to ?? -1),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A problem of a whole function is no word about each place in it. */
const PLACE_LENGTH = 120;

function isSamePlace(own: Problem, type: Problem): boolean {
  if (own.path !== type.path || own.range === undefined || type.range === undefined || own.severity === 'info') {
    return false;
  }
  return own.range.to - own.range.from <= PLACE_LENGTH && own.range.from < type.range.to && type.range.from < own.range.to;
}

type Parts = readonly [own: readonly Problem[], scenarios: readonly Problem[], types: readonly Problem[]];

let last: { readonly parts: Parts; readonly merged: readonly Problem[] } | null = null;

/** The same list as long as none of its parts changes. */
function merged(...parts: Parts): readonly Problem[] {
  const [own, scenarios, types] = parts;
  if (last === null || last.parts.some((part, index) => part !== parts[index])) {
    last = { parts, merged: inOrder(mergeProblems(scenarios.length === 0 ? own : [...own, ...scenarios], types)) };
  }
  return last.merged;
}

export function allProblems(): readonly Problem[] {
  return merged(useDocument.getState().problems, useScenarioProblems.getState().problems, useTypeCheck.getState().problems);
}

export function useAllProblems(): readonly Problem[] {
  const own = useDocument((state) => state.problems);
  const scenarios = useScenarioProblems((state) => state.problems);
  const types = useTypeCheck((state) => state.problems);
  return merged(own, scenarios, types);
}
