/** `check`: the loader's verdict on module.yaml files, and everything else that is wrong with a project. Runs no code. */
import { stat } from 'node:fs/promises';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { filePath } from '../../base/ids.ts';
import { moduleVerdict } from '../../module-yaml/verdict.ts';
import type { PlacedProblem } from '../../module-yaml/verdict.ts';
import type { Arguments } from '../arguments.ts';
import { UNLOADED, badKind, checkProject, isRefused, scenarioProblems } from '../check-project.ts';
import type { CheckOptions, Checked } from '../check-project.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { countFindings, findingLines } from '../findings.ts';
import { PROGRAM } from '../help.ts';
import { readAnyFile, readProjectFolder } from '../project-folder.ts';
import { isScenarioFile } from '../scenario-files.ts';
import { systemMessage } from '../system-message.ts';
import { print, printJson } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { plural } from '../../model/text-forms.ts';

/** From what on a problem makes `check` fail; each holds those before it. */
const FAIL_ON = ['load', 'start', 'call', 'warning'] as const;
type FailOn = (typeof FAIL_ON)[number];

interface ReadPath {
  /** How many files were read. */
  readonly files: number;
  readonly checked: readonly Checked[];
}

export async function check(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const options: CheckOptions = {
    allowKinds: args.values.get('allow-kind') ?? [],
    presentFiles: args.values.get('allow-file') ?? [],
  };
  const wrong = badKind(options.allowKinds);
  if (wrong !== null) {
    print(terminal.stderr, `${PROGRAM}: ${wrong}`);
    return EXIT.usage;
  }
  const asked = args.values.get('fail-on')?.[0] ?? 'load';
  const failOn = FAIL_ON.find((moment) => moment === asked);
  if (failOn === undefined) {
    print(terminal.stderr, `${PROGRAM}: --fail-on takes ${FAIL_ON.join(', ')}, not ${JSON.stringify(asked)}.`);
    return EXIT.usage;
  }
  const checked: Checked[] = [];
  const unreadable: string[] = [];
  let files = 0;
  for (const path of args.operands) {
    const result = await checkPath(path, options);
    if (result.ok) {
      checked.push(...result.value.checked);
      files += result.value.files;
    } else {
      unreadable.push(result.error);
    }
  }
  if (args.switches.has('json')) {
    printJson(
      terminal.stdout,
      checked.map(({ text: _text, file, load, start, call, components, problems }) => ({ file, load, start, call, components, problems })),
    );
  } else if (files > 0) {
    print(terminal.stdout, checkedText(checked, files));
  }
  for (const message of unreadable) {
    print(terminal.stderr, `${PROGRAM}: ${message}`);
  }
  return unreadable.length > 0 ? EXIT.input : checked.some((verdict) => fails(verdict, failOn)) ? EXIT.no : EXIT.ok;
}

function fails(verdict: Checked, failOn: FailOn): boolean {
  const { start, call, problems } = verdict;
  const from = FAIL_ON.indexOf(failOn);
  return (
    isRefused(verdict) ||
    (from >= FAIL_ON.indexOf('start') && start === 'fail') ||
    (from >= FAIL_ON.indexOf('call') && call === 'fail') ||
    (failOn === 'warning' && problems.some(({ severity }) => severity !== 'info'))
  );
}

async function checkPath(path: string, options: CheckOptions): Promise<Result<ReadPath, string>> {
  try {
    if ((await stat(path)).isDirectory()) {
      const project = await readProjectFolder(path);
      return project.ok ? ok({ files: project.value.files.size, checked: await checkProject(path, project.value, options) }) : project;
    }
  } catch (error) {
    return err(systemMessage(error, path));
  }
  if (/\.[cm]?[jt]sx?$/.test(path)) {
    return err(
      `${path} is code: it is checked with its project, statefun-studio check DIR. A single file can be a module.yaml or a scenario.`,
    );
  }
  const content = await readAnyFile(path);
  if (!content.ok) {
    return content;
  }
  const text = typeof content.value === 'string' ? content.value : null;
  if (isScenarioFile(filePath(path)) && text !== null) {
    return ok({ files: 1, checked: [{ file: path, text, ...UNLOADED, problems: scenarioProblems(filePath(path), text, null) }] });
  }
  const verdict = moduleVerdict(content.value, options);
  return ok({ files: 1, checked: [{ file: path, text, ...verdict, problems: verdict.problems.map((problem) => fixedIn(path, problem)) }] });
}

/** The edits of a quick fix, for a file that need not be called module.yaml. */
function fixedIn(path: string, { fix, ...problem }: PlacedProblem): PlacedProblem {
  return fix === undefined ? problem : { ...problem, fix: { ...fix, edits: fix.edits.map((edit) => ({ ...edit, path: filePath(path) })) } };
}

function checkedText(checked: readonly Checked[], read: number): string {
  const blocks = checked.map(({ file, text, load, start, call, problems }) => {
    const words = verdictWords(load, start, call);
    const head = words === null ? file : `${file}: ${words}`;
    return [head, ...problems.flatMap((problem) => findingLines(file, text, problem))].join('\n');
  });
  const total = countFindings(checked.flatMap(({ problems }) => problems));
  const rejected = checked.filter(({ load }) => load === 'reject').length;
  return [...blocks, [plural(read, 'file'), ...(rejected === 0 ? [] : [`${rejected} rejected`]), total ?? 'no problems'].join(', ')].join(
    '\n\n',
  );
}

function verdictWords(load: Checked['load'], start: Checked['start'], call: Checked['call']): string | null {
  if (load === null) {
    return null;
  }
  if (load === 'reject') {
    return 'rejected: StateFun does not load it';
  }
  if (start === 'fail') {
    return 'accepted, but the job does not start';
  }
  return call === 'fail' ? 'accepted, but the first call fails' : 'accepted';
}
