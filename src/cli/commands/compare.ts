/** `compare`: plays scenarios with functions in the Studio and on a server outside, and shows the first difference. */
import type { Project } from '../../model/project.ts';
import { toBase64 } from '../../base/base64.ts';
import type { ExchangeDifference } from '../../protocol/compare-exchanges.ts';
import type { DifferenceSide } from '../../protocol/compare-replies.ts';
import type { Arguments } from '../arguments.ts';
import { compareRuns, isSameRun } from '../../worker/play/compare-runs.ts';
import type { ComparedThing, Play, RunComparison } from '../../worker/play/compare-runs.ts';
import { openProject } from '../node-run.ts';
import { watchRun } from '../run-watch.ts';
import { harness } from '../sandbox-text.ts';
import { problemLine } from '../start-problem.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { PROGRAM } from '../help.ts';
import { readProjectFolder } from '../project-folder.ts';
import { projectRemotes } from '../../worker/remote/project-remotes.ts';
import { remoteChoice } from '../remote-options.ts';
import { findScenario, projectScenarios, scenarioProblemLines } from '../scenario-files.ts';
import { readScenario } from '../../worker/play/play-file.ts';
import type { ScenarioText } from '../scenario-files.ts';
import { print, printJson } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { formatCount, plural } from '../../model/text-forms.ts';
import { readDuration } from '../duration-option.ts';

const DEFAULT_FEEDS_MILLIS = 60_000;

interface Compared extends RunComparison {
  /** Null for the project's feeds. */
  readonly scenario: string | null;
}

export async function compare(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [folder = '.', ...names] = args.operands;
  const say = (message: string): void => print(terminal.stderr, `${PROGRAM}: ${message}`);
  const remotes = remoteChoice(args);
  const until = readDuration('until', args.values.get('until')?.[0] ?? null);
  for (const option of [remotes, until]) {
    if (!option.ok) {
      say(option.error);
      return EXIT.usage;
    }
  }
  if (!remotes.ok || !until.ok) {
    return EXIT.usage;
  }
  const project = await readProjectFolder(folder);
  if (!project.ok) {
    say(project.error);
    return EXIT.input;
  }
  if (remotes.value(projectRemotes(project.value)).length === 0) {
    say('compare needs to know which functions are remote: --remote PATTERN=URL, or studio.json says so (see docs/remote.md).');
    return EXIT.usage;
  }
  const plays = await chosenPlays(project.value, folder, names, until.value, say);
  if (typeof plays === 'number') {
    return plays;
  }
  const json = args.switches.has('json');
  const compared: Compared[] = [];
  for (const { name, play } of plays) {
    const label = name === null ? '' : `${name}, `;
    const { files } = project.value;
    const result = await compareRuns(files, play, {
      open: (choice) => openProject(files, harness, choice),
      remotes: remotes.value,
      signal: terminal.signal,
      watch(side, startAt) {
        const watch = watchRun(terminal, startAt, `${label}${side === 'remote' ? 'remote' : 'in the Studio'}: `);
        return { note: (events, engine) => watch.note(events, engine), over: () => watch.clear() };
      },
    });
    if (!result.ok) {
      result.error.forEach((problem) => say(problemLine(problem)));
      return EXIT.no;
    }
    compared.push({ scenario: name, ...result.value });
    if (!json) {
      print(terminal.stdout, comparisonText(name ?? 'feeds', result.value));
    }
    if (result.value.interrupted) {
      return EXIT.interrupted;
    }
  }
  const same = compared.filter(isSameRun).length;
  if (json) {
    printJson(terminal.stdout, { same, different: compared.length - same, scenarios: compared.map(shownComparison) });
  } else {
    print(terminal.stdout, `${plural(compared.length, 'comparison')}: ${same} the same, ${compared.length - same} different.`);
  }
  return same === compared.length ? EXIT.ok : EXIT.no;
}

type NamedPlay = { readonly name: string | null; readonly play: Play };

async function chosenPlays(
  project: Project,
  folder: string,
  names: readonly string[],
  untilMillis: number | null,
  say: (message: string) => void,
): Promise<readonly NamedPlay[] | ExitCode> {
  const sources: ScenarioText[] = [];
  for (const name of names) {
    const found = await findScenario(project, folder, name);
    if (!found.ok) {
      say(found.error);
      return EXIT.input;
    }
    sources.push(found.value);
  }
  if (names.length === 0 && untilMillis === null) {
    sources.push(...projectScenarios(project, folder));
  }
  if (sources.length === 0) {
    return [{ name: null, play: { type: 'feeds', millis: untilMillis ?? DEFAULT_FEEDS_MILLIS } }];
  }
  const plays: NamedPlay[] = [];
  for (const source of sources) {
    const read = readScenario(source);
    if (!read.ok) {
      scenarioProblemLines(source, read.error).forEach(say);
      return EXIT.no;
    }
    plays.push({ name: source.name, play: { type: 'scenario', scenario: read.value } });
  }
  return plays;
}

function comparisonText(name: string, comparison: RunComparison): string {
  const { calls, compared, difference, states, egress } = comparison;
  const left = compared === calls ? '' : `, the first ${formatCount(compared)} compared one by one`;
  if (comparison.interrupted) {
    return `-     ${name}  (interrupted)`;
  }
  if (isSameRun(comparison)) {
    return calls === 0 ? `same  ${name}  (but no call went to these functions)` : `same  ${name}  (${plural(calls, 'call')}${left})`;
  }
  return [
    `DIFF  ${name}  (${plural(calls, 'call')}${left})`,
    ...(difference === null ? ['  Every call was answered alike; the runs end differently.'] : differenceLines(difference)),
    ...thingsLines('States in the end', states),
    ...thingsLines('Egress records', egress),
  ].join('\n');
}

function differenceLines(difference: ExchangeDifference): readonly string[] {
  const { typename, id, call, attempt, ordinal, part, left, right, request } = difference;
  const tried = attempt === 1 ? '' : `, attempt ${attempt}`;
  return [
    `  first difference: ${typename} / ${id}, its request ${ordinal} (call ${call}${tried}), ${part}`,
    ...sideLines('in the Studio', left),
    ...sideLines('remote', right),
    ...(part === 'request' || part === 'call' ? [] : ['    asked', ...indented(request)]),
  ];
}

function thingsLines(title: string, things: readonly ComparedThing[]): readonly string[] {
  return things.length === 0
    ? []
    : [
        `  ${title}:`,
        ...things.flatMap(({ what, left, right }) => [`    ${what}: ${oneLine(left.text)} in the Studio, ${oneLine(right.text)} remote`]),
      ];
}

function sideLines(name: string, { text, bytes }: DifferenceSide): readonly string[] {
  const shown = bytes === null || bytes.length === 0 ? '' : `  [${hex(bytes)}]`;
  const [first = '', ...rest] = text.split('\n');
  return [`    ${name.padEnd(13)} ${first}${rest.length === 0 ? shown : ''}`, ...rest.map((line) => `      ${line}`)];
}

const SHOWN_BYTES = 24;

function hex(bytes: Uint8Array): string {
  const text = [...bytes.subarray(0, SHOWN_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > SHOWN_BYTES ? `${text} … ${bytes.length} bytes` : text;
}

function indented(text: string): readonly string[] {
  return text.split('\n').map((line) => `      ${line}`);
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

function shownComparison({ scenario, calls, compared, difference, states, egress }: Compared) {
  return {
    scenario,
    same: isSameRun({ difference, states, egress }),
    calls,
    compared,
    difference: difference === null ? null : { ...difference, ...shownSides(difference) },
    states: states.map((thing) => ({ what: thing.what, ...shownSides(thing) })),
    egress: egress.map((thing) => ({ what: thing.what, ...shownSides(thing) })),
  };
}

function shownSides({ left, right }: { readonly left: DifferenceSide; readonly right: DifferenceSide }) {
  const shown = ({ text, bytes }: DifferenceSide) => ({ text, base64: bytes === null ? null : toBase64(bytes) });
  return { left: shown(left), right: shown(right) };
}
