/** `simulate`: a run of a project in virtual time, its trace, and what it came to. */
import { virtualTime } from '../../base/ids.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { Project } from '../../model/project.ts';
import type { RunConfig } from '../../runtime/engine-api.ts';
import type { ScenarioOutcome } from '../../scenario/outcome.ts';
import { playScenario } from '../../scenario/play-scenario.ts';
import { scenarioConfig } from '../../scenario/scenario-config.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Arguments } from '../arguments.ts';
import { readDuration } from '../duration-option.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { PROGRAM } from '../help.ts';
import { openProject } from '../node-run.ts';
import type { PlayProject } from '../../worker/play/play-project.ts';
import type { PlayRun, RunStop } from '../../worker/play/play-run.ts';
import { createScenarioRun } from '../../worker/play/scenario-run.ts';
import { readProjectFolder } from '../project-folder.ts';
import { projectRemotes } from '../../worker/remote/project-remotes.ts';
import { remoteChoice, remoteNotes } from '../remote-options.ts';
import type { RemoteChoice } from '../../worker/run-setup.ts';
import { summaryOf, summaryText } from '../run-summary.ts';
import type { RunSummary } from '../run-summary.ts';
import { watchRun } from '../run-watch.ts';
import { harness } from '../sandbox-text.ts';
import { findScenario, scenarioProblemLines } from '../scenario-files.ts';
import { readScenario, scenarioFaults } from '../../worker/play/play-file.ts';
import type { ScenarioText } from '../scenario-files.ts';
import { problemLine, refusalLines } from '../start-problem.ts';
import { print, printJson } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { openTrace } from '../trace-file.ts';
import type { TraceSink } from '../trace-file.ts';
import { TraceTally } from '../../worker/play/trace-tally.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Where the run ends when nobody says so: with feeds that have an end, and with those that have none. */
const DEFAULT_UNTIL = 31 * DAY;
const ENDLESS_UNTIL = HOUR;
const DEFAULT_MAX_RESTARTS = 10;

interface SimulateOptions {
  readonly folder: string;
  readonly scenario: string | null;
  readonly seed: string | null;
  readonly untilMillis: number | null;
  readonly trace: string | null;
  readonly maxRestarts: number;
  readonly json: boolean;
  readonly remotes: RemoteChoice;
}

export async function simulate(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const say = (message: string): void => print(terminal.stderr, `${PROGRAM}: ${message}`);
  const options = readOptions(args);
  if (!options.ok) {
    say(options.error);
    return EXIT.usage;
  }
  const { folder, trace } = options.value;
  const files = await readProjectFolder(folder);
  if (!files.ok) {
    say(files.error);
    return EXIT.input;
  }
  const scenario = await chosenScenario(files.value, options.value);
  if (!scenario.ok) {
    scenario.error.lines.forEach(say);
    return scenario.error.exit;
  }
  remoteNotes(projectRemotes(files.value), options.value.remotes).forEach(say);
  const project = await openProject(files.value.files, harness, options.value.remotes);
  if (!project.ok) {
    refusalLines(project.error, folder).forEach(say);
    return EXIT.no;
  }
  try {
    const sink = trace === null ? ok(null) : await openTrace(trace, terminal.stdout);
    if (!sink.ok) {
      say(sink.error);
      return EXIT.input;
    }
    return await run(files.value, project.value, scenario.value, options.value, sink.value, terminal);
  } finally {
    project.value.sandbox.close();
  }
}

async function run(
  files: Project,
  opened: PlayProject,
  chosen: ChosenScenario | null,
  options: SimulateOptions,
  sink: TraceSink | null,
  terminal: Terminal,
): Promise<ExitCode> {
  const say = (message: string): void => print(terminal.stderr, `${PROGRAM}: ${message}`);
  const scenario = chosen?.scenario ?? null;
  const project = { ...opened, config: configured(opened.config, scenario, options) };
  if (chosen !== null) {
    const { errors, warnings } = scenarioFaults(chosen.source, chosen.scenario, project, files.files);
    scenarioProblemLines(chosen.source, [...errors, ...warnings]).forEach(say);
    if (errors.length > 0) {
      return EXIT.no;
    }
  }
  const tally = new TraceTally();
  const broken = new AbortController();
  const { startAt } = project.config.settings;
  const watch = watchRun(terminal, startAt);
  const warnings = opened.warnings.map((problem) => problemLine(problem, options.folder));
  warnings.forEach(say);
  if (opened.notice !== null && scenario === null) {
    say(opened.notice);
  }
  const { host, run: started } = createScenarioRun(project, files.files, {
    signal: AbortSignal.any([terminal.signal, broken.signal]),
    ...(options.maxRestarts === 0 ? {} : { maxRestarts: options.maxRestarts }),
    async onTrace(events) {
      const lines = tally.add(events);
      watch.note(events, started.engine);
      await sink?.write(lines);
      if (sink !== null && sink.failure() !== null) {
        broken.abort();
      }
    },
  });
  try {
    const outcome = scenario === null ? null : await playScenario(scenario, host);
    let stop = outcome === null ? 'until' : stopAfter(outcome, started, tally);
    const until = virtualTime(startAt + untilOf(options, project.config));
    if (outcome === null || (stop === 'idle' && options.untilMillis !== null)) {
      stop = await started.advanceTo(until);
    }
    watch.clear();
    await sink?.close();
    const failure = sink?.failure() ?? null;
    if (failure !== null) {
      say(failure);
      return EXIT.input;
    }
    started.leftBehind().forEach((problem) => say(problemLine(problem, options.folder)));
    const summary = summaryOf(started, tally, { config: project.config, stop, outcome, until, warnings });
    const out = options.trace === '-' ? terminal.stderr : terminal.stdout;
    if (options.json) {
      printJson(out, summary);
    } else {
      print(out, summaryText(summary));
    }
    return exitCode(summary);
  } finally {
    watch.clear();
    started.close();
  }
}

function stopAfter({ interrupted }: ScenarioOutcome, run: PlayRun, tally: TraceTally): RunStop {
  if (run.loop() !== null) {
    return 'looping';
  }
  return interrupted ? 'interrupted' : tally.ended ? 'ended' : 'idle';
}

function exitCode({ stopped, unanswered, noneAnswered }: RunSummary): ExitCode {
  if (stopped === 'interrupted') {
    return EXIT.interrupted;
  }
  return stopped === 'looping' || stopped === 'ended' || unanswered > 0 || noneAnswered ? EXIT.no : EXIT.ok;
}

function configured(config: RunConfig, scenario: Scenario | null, { seed }: SimulateOptions): RunConfig {
  const own = scenario === null ? config : scenarioConfig(scenario, config);
  const settings = { ...own.settings, pauseOnFailure: false, ...(seed === null ? {} : { seed }) };
  // Only expectations read them.
  return { ...own, settings, keepEgressRecords: scenario !== null && expectsSomething(scenario) };
}

function expectsSomething({ expect, steps }: Scenario): boolean {
  return expect.length > 0 || steps.some((step) => step.type === 'expect');
}

function untilOf({ untilMillis }: SimulateOptions, { feeds }: RunConfig): number {
  const endless = feeds.some((feed) => feed.enabled && feed.type === 'generator' && feed.count === null);
  return untilMillis ?? (endless ? ENDLESS_UNTIL : DEFAULT_UNTIL);
}

interface ChosenScenario {
  readonly source: ScenarioText;
  readonly scenario: Scenario;
}

async function chosenScenario(
  project: Project,
  { scenario, folder }: SimulateOptions,
): Promise<Result<ChosenScenario | null, { readonly lines: readonly string[]; readonly exit: ExitCode }>> {
  if (scenario === null) {
    return ok(null);
  }
  const found = await findScenario(project, folder, scenario);
  if (!found.ok) {
    return err({ lines: [found.error], exit: EXIT.input });
  }
  const read = readScenario(found.value);
  return read.ok
    ? ok({ source: found.value, scenario: read.value })
    : err({ lines: scenarioProblemLines(found.value, read.error), exit: EXIT.no });
}

function readOptions({ operands, values, switches }: Arguments): Result<SimulateOptions, string> {
  const remotes = remoteChoice({ values, switches });
  if (!remotes.ok) {
    return remotes;
  }
  const one = (name: string): string | null => values.get(name)?.[0] ?? null;
  const until = readDuration('until', one('until'));
  if (!until.ok) {
    return until;
  }
  const restartsText = one('max-restarts') ?? String(DEFAULT_MAX_RESTARTS);
  if (!/^\d{1,9}$/.test(restartsText)) {
    return err(`--max-restarts takes a whole number, not ${JSON.stringify(restartsText)}.`);
  }
  const trace = one('trace');
  if (trace === '') {
    return err('--trace takes a file, or - for standard output.');
  }
  return ok({
    folder: operands[0] ?? '.',
    scenario: one('scenario'),
    seed: one('seed'),
    untilMillis: until.value,
    trace,
    maxRestarts: Number(restartsText),
    json: switches.has('json'),
    remotes: remotes.value,
  });
}
