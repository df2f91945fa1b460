/** What playing a scenario came to, for people, as JSON and for reports. */
import { filePath } from '../base/ids.ts';
import { failureText } from '../scenario/outcome.ts';
import type { ScenarioFailure } from '../scenario/outcome.ts';
import { groupLines } from '../worker/play/call-failures.ts';
import type { PlayedFile } from '../worker/play/play-file.ts';
import type { CallFailureGroup } from '../worker/play/call-failures.ts';
import type { ScenarioText } from './scenario-files.ts';
import { formatSpan, plural } from '../model/text-forms.ts';

export interface ScenarioResult {
  readonly scenario: string;
  readonly file: string;
  readonly passed: boolean;
  /** What kept it from being played to its end; null when nothing did. */
  readonly error: string | null;
  readonly failures: readonly Omit<ScenarioFailure, 'diff'>[];
  readonly expectations: number;
  /** Virtual ms. */
  readonly millis: number;
  readonly traceHash: string | null;
  /** False where it was not begun: see `error`. */
  readonly played: boolean;
  /** Failed attempts by function and reason; those of further groups are only counted. */
  readonly callFailures: readonly CallFailureGroup[];
  readonly callFailuresLeftOut: number;
  /** For people. */
  readonly text: readonly string[];
}

/** As `--json` prints it. */
export function reportOf(results: readonly ScenarioResult[], warnings: readonly string[]) {
  const passed = results.filter((result) => result.passed).length;
  return {
    passed,
    failed: results.length - passed,
    scenarios: results.map(({ text: _text, ...result }) => result),
    notPlayed: results.filter((result) => !result.played).length,
    warnings,
  };
}

export function notPlayed(source: ScenarioText, error: string, text: readonly string[] = [error]): ScenarioResult {
  return {
    scenario: source.name,
    file: source.shown,
    passed: false,
    error,
    failures: [],
    expectations: 0,
    millis: 0,
    traceHash: null,
    played: false,
    callFailures: [],
    callFailuresLeftOut: 0,
    text,
  };
}

export function resultOf(source: ScenarioText, played: PlayedFile): ScenarioResult {
  const { passed, end, failures, expectations, millis, traceHash, callFailures, callFailuresLeftOut } = played;
  const error =
    end.type === 'looping'
      ? `The job failed ${end.times} times of the same thing and would not get past it: ${end.message}`
      : end.type === 'interrupted'
        ? 'Interrupted.'
        : null;
  // A scenario that passes may well have asked for them.
  const failedCalls = passed ? [] : groupLines(callFailures, callFailuresLeftOut).map((line) => `failed call: ${line}`);
  return {
    scenario: source.name,
    file: source.shown,
    passed,
    error,
    failures: failures.map(({ diff: _diff, calls: _calls, called: _called, ...failure }) => failure),
    expectations,
    millis,
    traceHash,
    played: true,
    callFailures,
    callFailuresLeftOut,
    text: [...(error === null ? [] : [error]), ...failures.map((failure) => failureText(filePath(source.shown), failure)), ...failedCalls],
  };
}

export function headline({ passed, played, scenario, expectations, millis }: ScenarioResult): string {
  if (!played) {
    return `FAIL  ${scenario}  (not played)`;
  }
  return `${passed ? 'pass' : 'FAIL'}  ${scenario}  (${plural(expectations, 'expectation')}, ${formatSpan(millis)} of virtual time)`;
}
