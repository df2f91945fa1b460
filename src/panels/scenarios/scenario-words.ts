/** What is known of a scenario, in words. */
import type { FilePath } from '../../base/ids.ts';
import type { Problem } from '../../model/problem.ts';
import type { Project } from '../../model/project.ts';
import { isOutdated } from '../../state/scenario-plays.ts';
import type { Answered, RememberedVerdict, RunningScenario, VerdictSummary } from '../../state/scenario-plays.ts';
import type { ScenarioVerdict } from '../../worker/scenario-contract.ts';
import { formatUnits } from '../run/format-count.ts';
import { formatDuration } from '../run/virtual-clock.ts';

export type ScenarioState = 'never' | 'faulty' | 'waiting' | 'running' | 'passed' | 'failed' | 'cancelled' | 'error';

export interface ScenarioStatus {
  readonly state: ScenarioState;
  readonly words: string;
  /** The project is another one than it was played with. */
  readonly outdated: boolean;
}

export interface StatusParts {
  readonly path: FilePath;
  readonly play: Answered<ScenarioVerdict> | null;
  /** Of an earlier page. */
  readonly remembered: RememberedVerdict | null;
  readonly running: RunningScenario | null;
  readonly problems: readonly Problem[];
  readonly files: Project['files'];
}

export function scenarioStatus({ path, play, remembered, running, problems, files }: StatusParts): ScenarioStatus {
  if (running?.path === path) {
    return { state: 'running', words: runningWords(running), outdated: false };
  }
  if (running?.waiting.includes(path) === true) {
    return { state: 'waiting', words: 'Waits for its turn', outdated: false };
  }
  if (play !== null) {
    return { ...verdictStatus(play), outdated: isOutdated(path, play.files, files) };
  }
  if (remembered !== null) {
    return { ...summaryStatus(remembered), outdated: remembered.files === null || isOutdated(path, remembered.files, files) };
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return errors > 0
    ? { state: 'faulty', words: `Cannot be played: ${formatUnits(errors, 'problem')}`, outdated: false }
    : { state: 'never', words: 'Not played yet', outdated: false };
}

function runningWords({ type, progress, cancelled }: RunningScenario): string {
  if (cancelled) {
    return 'Cancelling';
  }
  if (progress === null) {
    return 'Starting';
  }
  const { side, steps, clock, messages } = progress;
  const where = side === null ? '' : side === 'remote' ? 'Remote: ' : 'In the Studio: ';
  const step = steps === null ? '' : `step ${Math.min(steps.done + 1, steps.of)} of ${steps.of}, `;
  const words = `${where}${step}${formatDuration(clock)}, ${formatUnits(messages, 'message')}`;
  return type === 'compare' ? words : words.replace(/^./, (first) => first.toUpperCase());
}

function verdictStatus({ answer }: Answered<ScenarioVerdict>): Omit<ScenarioStatus, 'outdated'> {
  if (!answer.ok) {
    return { state: 'error', words: 'Not played' };
  }
  const verdict = answer.value;
  if (verdict.type === 'not-played') {
    return {
      state: 'error',
      words: verdict.why.type === 'scenario' ? 'Not played: the file has problems' : 'Not played: the project cannot run',
    };
  }
  const { passed, end, failures, expectations } = verdict;
  if (!passed && end.type === 'interrupted') {
    return { state: 'cancelled', words: 'Cancelled' };
  }
  const [first] = failures;
  return summaryStatus({ passed, expectations, first: first === undefined ? null : { line: first.place.line, message: first.message } });
}

function summaryStatus({ passed, expectations, first }: VerdictSummary): Omit<ScenarioStatus, 'outdated'> {
  if (passed) {
    return { state: 'passed', words: `Passed ${formatUnits(expectations, 'expectation')}` };
  }
  return { state: 'failed', words: first === null ? 'The job never gets past a failure' : `Line ${first.line}: ${first.message}` };
}

/** `2 of 7 expectations failed`, or that a step could not be played. */
export function failedWords({ failures, expectations }: Extract<ScenarioVerdict, { type: 'played' }>): string {
  const failed = failures.filter(({ type }) => type === 'expectation').length;
  const step = failures.some(({ type }) => type === 'step');
  const counted = `${failed} of ${formatUnits(expectations, 'expectation')} failed`;
  return step ? (failed === 0 ? 'A step could not be played' : `${counted}, and a step could not be played`) : counted;
}
