/** Playing the project's scenarios in the app: what the page asks for and gets. A played scenario is a run of its own, of which nothing is stored. */
import type { FilePath } from '../base/ids.ts';
import type { PlacedProblem } from '../module-yaml/verdict.ts';
import type { ComparedSide, RunComparison } from './play/compare-runs.ts';
import type { NotPlayed, PlayedFile } from './play/play-file.ts';
import type { StartProblem } from './play/start-problem.ts';

export type ScenarioVerdict =
  | (PlayedFile & { readonly type: 'played'; readonly warnings: ScenarioWarnings; readonly realMillis: number })
  | { readonly type: 'not-played'; readonly why: NotPlayed };

export interface ScenarioWarnings {
  readonly project: readonly StartProblem[];
  readonly scenario: readonly PlacedProblem[];
}

export type ScenarioComparison = (RunComparison & { readonly type: 'compared' }) | { readonly type: 'not-played'; readonly why: NotPlayed };

/** How far the scenario is that is being played; of a comparison, which of its two runs. */
export interface ScenarioProgress {
  readonly path: FilePath;
  readonly side: ComparedSide | null;
  /** Virtual ms since the start. */
  readonly clock: number;
  readonly messages: number;
  /** Steps that are done, of all; not told of a comparison. */
  readonly steps: { readonly done: number; readonly of: number } | null;
  readonly failures: number;
}

/** Both use the project as it is saved, and tell `scenario-progress`. One at a time: a newer one ends the older as interrupted. */
export interface ScenarioRequests {
  readonly 'play-scenario': { readonly in: { readonly path: FilePath }; readonly out: ScenarioVerdict };
  /**
   * Plays it with all functions in the Studio, then with those that studio.json has remote, or only some of them (their patterns), and
   * gives the first difference.
   */
  readonly 'compare-scenario': {
    readonly in: { readonly path: FilePath; readonly functions: readonly string[] | null };
    readonly out: ScenarioComparison;
  };
  readonly 'cancel-scenario': { readonly in: object; readonly out: null };
}
