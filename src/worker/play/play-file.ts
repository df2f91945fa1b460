/** A scenario file of a project, from its text to a verdict. The command line and the app play it the same way, to the same trace. */
import type { FilePath } from '../../base/ids.ts';
import { virtualTime } from '../../base/ids.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { Project } from '../../model/project.ts';
import { remoteFor } from '../../model/remote-target.ts';
import { placed } from '../../module-yaml/verdict.ts';
import type { PlacedProblem } from '../../module-yaml/verdict.ts';
import type { CodePlace } from '../../protocol/call.ts';
import type { Engine } from '../../runtime/engine-api.ts';
import type { TraceEvent } from '../../runtime/trace-event.ts';
import { callRequest } from '../../scenario/call/call-function.ts';
import { checkScenario } from '../../scenario/check-scenario.ts';
import { INJECTED } from '../../scenario/failure-kinds.ts';
import type { ScenarioFailure } from '../../scenario/outcome.ts';
import { parseScenario } from '../../scenario/parse-scenario.ts';
import { playScenario } from '../../scenario/play-scenario.ts';
import type { PlayProgress } from '../../scenario/play-scenario.ts';
import { scenarioConfig } from '../../scenario/scenario-config.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { TrialInput } from '../trial-contract.ts';
import { inputOf } from '../trial/trial-request.ts';
import type { CallFailureGroup } from './call-failures.ts';
import { PlayEvidence, allExpectations, expectationAt } from './play-evidence.ts';
import type { EvidenceCall } from './play-evidence.ts';
import type { PlayProject } from './play-project.ts';
import { createScenarioRun } from './scenario-run.ts';
import type { StartProblem } from './start-problem.ts';
import { TraceTally } from './trace-tally.ts';
import type { FailureCount } from './trace-tally.ts';

export interface ScenarioSource {
  readonly path: FilePath;
  readonly text: string;
}

/** What does not hold, and what is known of how that came. */
export interface FoundFailure extends ScenarioFailure {
  /** Calls that the expectation is about, the last one first. */
  readonly calls: readonly EvidenceCall[];
  /** Of a `call` step: the call itself. */
  readonly called: TrialInput | null;
}

export interface PlayedFile {
  readonly passed: boolean;
  /** What kept it from being played to its end. `looping`: the job fails of the same thing for ever. */
  readonly end:
    | { readonly type: 'done' }
    | { readonly type: 'interrupted' }
    | { readonly type: 'looping'; readonly times: number; readonly message: string };
  readonly failures: readonly FoundFailure[];
  readonly expectations: number;
  /** Virtual ms. */
  readonly millis: number;
  readonly traceHash: string;
  /** Failed attempts by function and reason; those of further groups are only counted. */
  readonly callFailures: readonly CallFailureGroup[];
  readonly callFailuresLeftOut: number;
  readonly failedCalls: readonly EvidenceCall[];
  /** What the job failed of, crashes that were asked for left out. */
  readonly jobFailures: readonly (FailureCount & { readonly place: CodePlace | null })[];
  /** What calls left behind: rejections that nothing handled. */
  readonly leftBehind: readonly StartProblem[];
}

/** Why a scenario was not played: its file is at fault, or the project cannot be run, whatever is to be played. */
export type NotPlayed =
  | { readonly type: 'scenario'; readonly problems: readonly PlacedProblem[] }
  | { readonly type: 'project'; readonly problems: readonly StartProblem[] };

export interface PlayFileOptions {
  readonly open: (files: Project['files']) => Promise<Result<PlayProject, readonly StartProblem[]>>;
  readonly signal: AbortSignal;
  /** Before it is played: what is odd about the project, and about the scenario. */
  readonly onWarnings?: (project: readonly StartProblem[], scenario: readonly PlacedProblem[]) => void;
  readonly onProgress?: (progress: PlayProgress) => void;
  readonly onFailure?: () => void;
  readonly onTrace?: (events: readonly TraceEvent[], engine: Engine, startAt: number) => void;
}

/** A scenario's job may well be made to fail often; without this one that cannot get further would never end. */
const MAX_RESTARTS = 1000;

export function readScenario({ text, path }: ScenarioSource): Result<Scenario, readonly PlacedProblem[]> {
  const parsed = parseScenario(text, path);
  return parsed.ok ? parsed : err(placed(text, parsed.error));
}

/** What keeps a scenario from being played on this project, and what is odd about it. */
export function scenarioFaults(
  { text }: Pick<ScenarioSource, 'text'>,
  scenario: Scenario,
  { config, sandbox }: PlayProject,
  files: Project['files'],
): { readonly errors: readonly PlacedProblem[]; readonly warnings: readonly PlacedProblem[] } {
  // What a server outside declares is known when it has answered.
  const functions = sandbox.report.functions.filter(({ typename }) => remoteFor(config.module, config.remotes ?? [], typename) === null);
  const subject = {
    module: config.module,
    settings: config.settings,
    functions,
    standIns: config.standIns,
    remotes: config.remotes ?? [],
    files,
  };
  const problems = placed(text, checkScenario(scenario, subject));
  return {
    errors: problems.filter(({ severity }) => severity === 'error'),
    warnings: problems.filter(({ severity }) => severity !== 'error'),
  };
}

export async function playFile(
  source: ScenarioSource,
  files: Project['files'],
  options: PlayFileOptions,
): Promise<Result<PlayedFile, NotPlayed>> {
  const read = readScenario(source);
  if (!read.ok) {
    return err({ type: 'scenario', problems: read.error });
  }
  const scenario = read.value;
  const opened = await options.open(files);
  if (!opened.ok) {
    return err({ type: 'project', problems: opened.error });
  }
  const config = { ...scenarioConfig(scenario, opened.value.config), keepEgressRecords: looksAtRecords(scenario) };
  const project = { ...opened.value, config };
  const { errors, warnings } = scenarioFaults(source, scenario, project, files);
  options.onWarnings?.(opened.value.warnings, warnings);
  if (errors.length > 0) {
    project.sandbox.close();
    return err({ type: 'scenario', problems: errors });
  }
  return ok(await playOpened(scenario, project, files, options));
}

async function playOpened(
  scenario: Scenario,
  project: PlayProject,
  files: Project['files'],
  { signal, onProgress, onFailure, onTrace }: PlayFileOptions,
): Promise<PlayedFile> {
  const { startAt } = project.config.settings;
  const tally = new TraceTally();
  const evidence = new PlayEvidence(scenario, startAt);
  const failures: FoundFailure[] = [];
  const { host, run } = createScenarioRun(project, files, {
    signal,
    maxRestarts: MAX_RESTARTS,
    onAnswers: (batch) => evidence.noteAnswers(batch),
    onTrace(events) {
      tally.add(events);
      evidence.note(events);
      onTrace?.(events, run.engine, startAt);
    },
  });
  // A call that does not return, and a server that does not answer, hold nobody up.
  signal.addEventListener('abort', run.close, { once: true });
  try {
    const outcome = await playScenario(scenario, host, {
      ...(onProgress === undefined ? {} : { onProgress }),
      onFailure(failure) {
        // What an aborted run does is no finding.
        if (!signal.aborted) {
          // A step that cannot be played stands where an expectation may begin, too.
          const calls = failure.type === 'step' ? [] : evidence.about(expectationAt(scenario, failure.place.offset));
          failures.push({ ...failure, calls, called: calledAt(scenario, failure, startAt) });
          onFailure?.();
        }
      },
    });
    const loop = run.loop();
    const end: PlayedFile['end'] =
      loop !== null
        ? { type: 'looping', times: loop.times, message: loop.failure.message }
        : outcome.interrupted || signal.aborted
          ? { type: 'interrupted' }
          : { type: 'done' };
    return {
      passed: outcome.passed && end.type === 'done',
      end,
      failures,
      expectations: outcome.expectations,
      millis: outcome.endedAt,
      traceHash: tally.hash(),
      callFailures: tally.callFailures.groups(),
      callFailuresLeftOut: tally.callFailures.leftOut(),
      failedCalls: evidence.failed(),
      jobFailures: jobFailures(tally),
      leftBehind: run.leftBehind(),
    };
  } finally {
    signal.removeEventListener('abort', run.close);
    run.close();
  }
}

function jobFailures(tally: TraceTally): PlayedFile['jobFailures'] {
  const places = tally.places();
  return tally
    .failures()
    .flatMap((failure, index) => (INJECTED.includes(failure.code) ? [] : [{ ...failure, place: places[index] ?? null }]));
}

/** Keys and values of what functions write are kept only where something reads them. */
function looksAtRecords(scenario: Scenario): boolean {
  return allExpectations(scenario).some(({ type }) => type === 'egress');
}

function calledAt({ steps }: Scenario, { place, at }: ScenarioFailure, startAt: number): TrialInput | null {
  const step = steps.find((each) => each.type === 'call' && each.call.place.offset === place.offset);
  if (step?.type !== 'call') {
    return null;
  }
  const input = inputOf(callRequest(step.call, virtualTime(startAt + at)));
  return input.ok ? input.value : null;
}
