/** What came of playing a scenario. */
import type { FilePath } from '../base/ids.ts';
import { formatDuration } from '../module-yaml/duration.ts';
import type { DiffLine } from './expect/line-diff.ts';
import type { SourcePlace } from './scenario.ts';

/** `expectation`: something is not as expected. `step`: a step could not be played, and the scenario ended there. */
export interface ScenarioFailure {
  readonly type: 'expectation' | 'step';
  readonly place: SourcePlace;
  /** Virtual ms since the start. */
  readonly at: number;
  /** In one line. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** Both together: what is missing, what is there instead, and what agrees around it. */
  readonly diff: readonly DiffLine[];
}

export interface ScenarioOutcome {
  readonly passed: boolean;
  readonly failures: readonly ScenarioFailure[];
  /** Steps that were played, and expectations that were looked at, those of steps and those at the end. */
  readonly steps: number;
  readonly expectations: number;
  /** Virtual ms since the start at the end. */
  readonly endedAt: number;
  /** The host was told to stop before the end. */
  readonly interrupted: boolean;
}

/** What is wrong with one value or one list, before it is known where it was expected. */
export interface Mismatch {
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly diff: readonly DiffLine[];
}

/** `scenarios/a.yaml:12:5: at 30 s: …`, then the diff. */
export function failureText(path: FilePath, failure: ScenarioFailure): string {
  const { place, at, message, diff } = failure;
  const head = `${path}:${place.line}:${place.column}: at ${formatDuration(at)}: ${message}`;
  return [head, ...diff.map(({ mark, text }) => `    ${mark} ${text}`)].join('\n');
}
