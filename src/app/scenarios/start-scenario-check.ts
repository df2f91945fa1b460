/**
 * Keeps the problems of the scenarios in step with the open project: a moment after an edit, and only if there are scenarios. The check is
 * large beside what draws a project: it is loaded when someone first touches the page, not while the page is still being shown.
 */
import { contextOf, useDocument } from '../../state/document-controller.ts';
import type { DocumentState } from '../../state/document-store.ts';
import { useScenarioProblems } from '../../state/scenario-problems-store.ts';
import { firstInput } from '../first-input.ts';
import { scenarioTexts } from '../../model/scenario-files.ts';

/** Long enough that typing goes on undisturbed. */
const PAUSE_MS = 300;

export function startScenarioCheck(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const touched = firstInput(window);
  const check = async () => {
    if (scenarioTexts(useDocument.getState().project).length === 0) {
      show([]);
      return;
    }
    await touched;
    const { scenarioProblems } = await import('./scenario-problems.ts');
    // The project of now: it may be another one than when the check was asked for.
    show(scenarioProblems(contextOf(useDocument.getState())));
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), PAUSE_MS);
  };
  useDocument.subscribe((state, before) => {
    if (state.id !== before.id) {
      show([]);
    }
    if (isOther(state, before)) {
      later();
    }
  });
}

function isOther(state: DocumentState, before: DocumentState): boolean {
  return state.project !== before.project && (state.project.files.size !== before.project.files.size || touches(state, before));
}

function touches({ project, facts, module, studio }: DocumentState, before: DocumentState): boolean {
  const isSame = facts === before.facts && module === before.module && studio === before.studio;
  const old = new Map(scenarioTexts(before.project));
  return !isSame || scenarioTexts(project).some(([path, text]) => old.get(path) !== text);
}

function show(problems: ReturnType<typeof useScenarioProblems.getState>['problems']): void {
  if (problems.length > 0 || useScenarioProblems.getState().problems.length > 0) {
    useScenarioProblems.setState({ problems });
  }
}
