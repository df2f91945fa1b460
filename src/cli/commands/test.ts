/** `test`: plays scenarios and tells which of their expectations hold. */
import { writeFile } from 'node:fs/promises';
import type { Project } from '../../model/project.ts';
import { failureText } from '../../scenario/outcome.ts';
import { playScenario } from '../../scenario/play-scenario.ts';
import { scenarioConfig } from '../../scenario/scenario-config.ts';
import { filePath } from '../../base/ids.ts';
import type { Arguments } from '../arguments.ts';
import { OverrunWatch, groupLines } from '../call-failures.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { PROGRAM } from '../help.ts';
import { junitReport } from '../junit-report.ts';
import { openProject } from '../node-run.ts';
import type { NodeProject } from '../node-run.ts';
import { createScenarioHost } from '../node-scenario-host.ts';
import { createProgress, runProgress } from '../progress.ts';
import { readProjectFolder } from '../project-folder.ts';
import { harness } from '../sandbox-text.ts';
import { findScenario, projectScenarios, readScenario, scenarioFaults, scenarioProblemLines } from '../scenario-files.ts';
import type { ScenarioText } from '../scenario-files.ts';
import { headline, notPlayed, reportOf } from '../scenario-result.ts';
import type { ScenarioResult } from '../scenario-result.ts';
import { problemLine, refusalLines } from '../start-problem.ts';
import { systemMessage } from '../system-message.ts';
import { print, printJson } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { plural } from '../text-forms.ts';
import { TraceTally } from '../trace-tally.ts';

/** A scenario's job may well be made to fail often; without this one that cannot get further would never end. */
const MAX_RESTARTS = 1000;

export async function test(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [folder = '.'] = args.operands;
  const say = (message: string): void => print(terminal.stderr, `${PROGRAM}: ${message}`);
  const project = await readProjectFolder(folder);
  if (!project.ok) {
    say(project.error);
    return EXIT.input;
  }
  const json = args.switches.has('json');
  const scenarios = await chosenScenarios(project.value, folder, args.values.get('scenario') ?? []);
  if (typeof scenarios === 'string') {
    say(scenarios);
    if (json) {
      printJson(terminal.stdout, reportOf([], []));
    }
    return EXIT.input;
  }
  const results: ScenarioResult[] = [];
  const warnings = new Set<string>();
  const warn = (line: string): void => {
    if (!warnings.has(line)) {
      warnings.add(line);
      say(line);
    }
  };
  let refusal: string | null = null;
  const playNext = async (scenario: ScenarioText): Promise<ScenarioResult> => {
    if (terminal.signal.aborted) {
      return notPlayed(scenario, 'Interrupted before it was played.');
    }
    if (refusal !== null) {
      return notPlayed(scenario, refusal);
    }
    const result = await play(scenario, project.value, folder, terminal, warn);
    if (!('refused' in result)) {
      return result;
    }
    // True of all of them: told once.
    result.refused.forEach(say);
    refusal = `The project cannot be run: ${result.refused[0] ?? folder}`;
    return notPlayed(scenario, refusal);
  };
  for (const scenario of scenarios) {
    const result = await playNext(scenario);
    results.push(result);
    if (!json) {
      const lines = result.text.filter((line) => line !== refusal);
      print(terminal.stdout, [headline(result), ...lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`)].join('\n'));
    }
  }
  const passed = results.filter((result) => result.passed).length;
  const unplayed = results.filter((result) => !result.played).length;
  if (json) {
    printJson(terminal.stdout, reportOf(results, [...warnings]));
  } else {
    const rest = unplayed === 0 ? '' : ` (${unplayed} not played)`;
    print(terminal.stdout, `${plural(results.length, 'scenario')}: ${passed} passed, ${results.length - passed} failed${rest}.`);
  }
  const [junit] = args.values.get('junit') ?? [];
  if (junit !== undefined) {
    try {
      await writeFile(junit, junitReport(results));
    } catch (error) {
      say(systemMessage(error, junit));
      return EXIT.input;
    }
  }
  return terminal.signal.aborted ? EXIT.interrupted : passed < results.length ? EXIT.no : EXIT.ok;
}

async function chosenScenarios(project: Project, folder: string, asked: readonly string[]): Promise<readonly ScenarioText[] | string> {
  if (asked.length === 0) {
    const all = projectScenarios(project, folder);
    return all.length === 0 ? `${folder} holds no scenarios: write one as scenarios/NAME.yaml (see docs/scenario.md).` : all;
  }
  const chosen: ScenarioText[] = [];
  for (const name of asked) {
    const found = await findScenario(project, folder, name);
    if (!found.ok) {
      return found.error;
    }
    chosen.push(found.value);
  }
  return chosen;
}

/** A project that cannot be run: the same for all scenarios. */
interface Refused {
  readonly refused: readonly string[];
}

async function play(
  source: ScenarioText,
  project: Project,
  folder: string,
  terminal: Terminal,
  warn: (line: string) => void,
): Promise<ScenarioResult | Refused> {
  const scenario = readScenario(source);
  if (!scenario.ok) {
    const lines = scenarioProblemLines(source, scenario.error);
    return notPlayed(source, lines.join('\n'), lines);
  }
  const opened = await openProject(project.files, harness);
  if (!opened.ok) {
    return { refused: refusalLines(opened.error, folder) };
  }
  opened.value.warnings.forEach((problem) => warn(problemLine(problem, folder)));
  const configured: NodeProject = { ...opened.value, config: scenarioConfig(scenario.value, opened.value.config) };
  const { errors, warnings } = scenarioFaults(source, scenario.value, configured, project.files);
  scenarioProblemLines(source, warnings).forEach((line) => print(terminal.stderr, `${PROGRAM}: ${line}`));
  if (errors.length > 0) {
    opened.value.sandbox.close();
    const lines = scenarioProblemLines(source, errors);
    return notPlayed(source, lines.join('\n'), lines);
  }
  const tally = new TraceTally();
  const progress = createProgress(terminal);
  const overruns = new OverrunWatch();
  const { host, run } = createScenarioHost(configured, project.files, {
    signal: terminal.signal,
    maxRestarts: MAX_RESTARTS,
    onTrace(events) {
      tally.add(events);
      for (const warning of overruns.warnings(events)) {
        progress.clear();
        print(terminal.stderr, `${PROGRAM}: ${source.name}: ${warning}`);
      }
      progress.show((realMillis) => {
        const { messages, now } = run.engine.metrics();
        return `${source.name}: ${runProgress(messages, now - configured.config.settings.startAt, realMillis)}`;
      });
    },
  });
  try {
    const outcome = await playScenario(scenario.value, host);
    const loop = run.loop();
    const error =
      loop !== null
        ? `The job failed ${loop.times} times of the same thing and would not get past it: ${loop.failure.message}`
        : outcome.interrupted
          ? 'Interrupted.'
          : null;
    const passed = outcome.passed && error === null;
    const callFailures = tally.callFailures.groups();
    const callFailuresLeftOut = tally.callFailures.leftOut();
    // A scenario that passes may well have asked for them.
    const failedCalls = passed ? [] : groupLines(callFailures, callFailuresLeftOut).map((line) => `failed call: ${line}`);
    return {
      scenario: source.name,
      file: source.shown,
      passed,
      error,
      failures: outcome.failures.map(({ diff: _diff, ...failure }) => failure),
      expectations: outcome.expectations,
      millis: outcome.endedAt,
      traceHash: tally.hash(),
      played: true,
      callFailures,
      callFailuresLeftOut,
      text: [
        ...(error === null ? [] : [error]),
        ...outcome.failures.map((failure) => failureText(filePath(source.shown), failure)),
        ...failedCalls,
      ],
    };
  } finally {
    progress.clear();
    run.close();
  }
}
