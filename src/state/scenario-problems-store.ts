/** What is wrong with the files in scenarios/. Fed by `app/scenarios`, read by everything that counts or lists problems. */
import { create } from 'zustand';
import type { Problem } from '../model/problem.ts';

interface ScenarioProblems {
  readonly problems: readonly Problem[];
}

export const useScenarioProblems = create<ScenarioProblems>()(() => ({ problems: [] }));
