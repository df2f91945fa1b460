/** What playing a scenario came to, for people, as JSON and for reports. */
import type { ScenarioFailure } from '../scenario/outcome.ts';
import type { CallFailureGroup } from './call-failures.ts';
import type { ScenarioText } from './scenario-files.ts';
import { formatSpan, plural } from './text-forms.ts';

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

export function headline({ passed, played, scenario, expectations, millis }: ScenarioResult): string {
  if (!played) {
    return `FAIL  ${scenario}  (not played)`;
  }
  return `${passed ? 'pass' : 'FAIL'}  ${scenario}  (${plural(expectations, 'expectation')}, ${formatSpan(millis)} of virtual time)`;
}
