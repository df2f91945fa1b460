/** `test`: plays scenarios and tells which of their expectations hold. */
import { writeFile } from 'node:fs/promises';
import type { Project } from '../../model/project.ts';
import type { Arguments } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { PROGRAM } from '../help.ts';
import { junitReport } from '../junit-report.ts';
import { openProject } from '../node-run.ts';
import { readProjectFolder } from '../project-folder.ts';
import { projectRemotes } from '../../worker/remote/project-remotes.ts';
import { remoteChoice, remoteNotes } from '../remote-options.ts';
import type { RemoteChoice } from '../../worker/run-setup.ts';
import { watchRun } from '../run-watch.ts';
import type { RunWatch } from '../run-watch.ts';
import { playFile } from '../../worker/play/play-file.ts';
import { harness } from '../sandbox-text.ts';
import { findScenario, projectScenarios, scenarioProblemLines } from '../scenario-files.ts';
import type { ScenarioText } from '../scenario-files.ts';
import { headline, notPlayed, reportOf, resultOf } from '../scenario-result.ts';
import type { ScenarioResult } from '../scenario-result.ts';
import { problemLine, refusalLines } from '../start-problem.ts';
import { systemMessage } from '../system-message.ts';
import { print, printJson } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { plural } from '../../model/text-forms.ts';

export async function test(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [folder = '.'] = args.operands;
  const say = (message: string): void => print(terminal.stderr, `${PROGRAM}: ${message}`);
  const remotes = remoteChoice(args);
  if (!remotes.ok) {
    say(remotes.error);
    return EXIT.usage;
  }
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
  remoteNotes(projectRemotes(project.value), remotes.value).forEach(say);
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
    const result = await play(scenario, project.value, { folder, remotes: remotes.value }, terminal, warn);
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
  { folder, remotes }: { readonly folder: string; readonly remotes: RemoteChoice },
  terminal: Terminal,
  warn: (line: string) => void,
): Promise<ScenarioResult | Refused> {
  let watch: RunWatch | null = null;
  const played = await playFile(source, project.files, {
    open: (files) => openProject(files, harness, remotes),
    signal: terminal.signal,
    onWarnings(ofProject, ofScenario) {
      ofProject.forEach((problem) => warn(problemLine(problem, folder)));
      scenarioProblemLines(source, ofScenario).forEach((line) => print(terminal.stderr, `${PROGRAM}: ${line}`));
    },
    onTrace(events, engine, startAt) {
      watch ??= watchRun(terminal, startAt, `${source.name}: `);
      watch.note(events, engine);
    },
  }).finally(() => watch?.clear());
  if (!played.ok) {
    if (played.error.type === 'project') {
      return { refused: refusalLines(played.error.problems, folder) };
    }
    const lines = scenarioProblemLines(source, played.error.problems);
    return notPlayed(source, lines.join('\n'), lines);
  }
  played.value.leftBehind.forEach((problem) => warn(problemLine(problem, folder)));
  return resultOf(source, played.value);
}
