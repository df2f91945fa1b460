/** `check`: the loader's verdict on module.yaml files, and everything else that is wrong with a project. Runs no code. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { deriveContext } from '../../commands/derive.ts';
import { projectVerdict } from '../../commands/project-verdict.ts';
import type { FileVerdict } from '../../commands/project-verdict.ts';
import type { Project } from '../../model/project.ts';
import { textFile } from '../../model/project.ts';
import { moduleDefinition } from '../../module-yaml/definition.ts';
import { moduleVerdict, placed } from '../../module-yaml/verdict.ts';
import type { PlacedProblem } from '../../module-yaml/verdict.ts';
import { filePath } from '../../base/ids.ts';
import type { FilePath } from '../../base/ids.ts';
import { checkScenario } from '../../scenario/check-scenario.ts';
import type { ScenarioSubject } from '../../scenario/check-scenario.ts';
import { parseScenario } from '../../scenario/parse-scenario.ts';
import type { ScenarioProblemCode } from '../../scenario/problem-codes.ts';
import { compileProject, isFatal } from '../../worker/run-setup.ts';
import type { Arguments } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { countFindings, findingLines } from '../findings.ts';
import { PROGRAM } from '../help.ts';
import { readAnyFile, readProjectFolder } from '../project-folder.ts';
import { isScenarioFile } from '../scenario-files.ts';
import { systemMessage } from '../system-message.ts';
import { print, printJson } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

/** A verdict with the path as the user would write it. */
interface Checked extends Omit<FileVerdict, 'file'> {
  readonly file: string;
  readonly text: string | null;
}

interface CheckOptions {
  readonly allowKinds: readonly string[];
}

export async function check(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const options: CheckOptions = { allowKinds: args.values.get('allow-kind') ?? [] };
  const badKind = options.allowKinds.find((kind) => !/^[^/\s]+\/[^/\s]+$/.test(kind));
  if (badKind !== undefined) {
    print(terminal.stderr, `${PROGRAM}: --allow-kind takes a kind NS/TYPE, such as com.example/ingress, not ${JSON.stringify(badKind)}.`);
    return EXIT.usage;
  }
  const checked: Checked[] = [];
  const unreadable: string[] = [];
  for (const path of args.operands) {
    const result = await checkPath(path, options);
    if (result.ok) {
      checked.push(...result.value);
    } else {
      unreadable.push(result.error);
    }
  }
  if (args.switches.has('json')) {
    printJson(
      terminal.stdout,
      checked.map(({ text: _text, file, load, start, call, components, problems }) => ({ file, load, start, call, components, problems })),
    );
  } else {
    print(terminal.stdout, checkedText(checked));
  }
  for (const message of unreadable) {
    print(terminal.stderr, `${PROGRAM}: ${message}`);
  }
  return unreadable.length > 0 ? EXIT.input : checked.some(isRefused) ? EXIT.no : EXIT.ok;
}

/** The loader rejects it, or it is code or a scenario that cannot be used. */
function isRefused({ load, problems }: Checked): boolean {
  return load === 'reject' || (load === null && problems.some(({ severity }) => severity === 'error'));
}

async function checkPath(path: string, options: CheckOptions): Promise<Result<readonly Checked[], string>> {
  try {
    if ((await stat(path)).isDirectory()) {
      const project = await readProjectFolder(path);
      return project.ok ? ok(await checkProject(path, project.value, options)) : project;
    }
  } catch (error) {
    return err(systemMessage(error, path));
  }
  const content = await readAnyFile(path);
  if (!content.ok) {
    return content;
  }
  const text = typeof content.value === 'string' ? content.value : null;
  if (isScenarioFile(filePath(path)) && text !== null) {
    return ok([{ file: path, text, ...UNLOADED, problems: scenarioProblems(filePath(path), text, null) }]);
  }
  const verdict = moduleVerdict(content.value, options);
  return ok([{ file: path, text, ...verdict, problems: verdict.problems.map((problem) => fixedIn(path, problem)) }]);
}

/** The edits of a quick fix, for a file that need not be called module.yaml. */
function fixedIn(path: string, { fix, ...problem }: PlacedProblem): PlacedProblem {
  return fix === undefined ? problem : { ...problem, fix: { ...fix, edits: fix.edits.map((edit) => ({ ...edit, path: filePath(path) })) } };
}

async function checkProject(folder: string, project: Project, options: CheckOptions): Promise<readonly Checked[]> {
  const byFile = new Map<FilePath, FileVerdict>(projectVerdict(project, options).map((verdict) => [verdict.file, verdict]));
  const add = (file: FilePath, problems: readonly PlacedProblem[]): void => {
    const known = byFile.get(file) ?? { file, ...UNLOADED, problems: [] };
    byFile.set(file, { ...known, problems: [...known.problems, ...problems] });
  };
  for (const { path, code, message, place } of (await compileProject(project)).problems.filter(isFatal)) {
    add(place?.path ?? path, [{ code, severity: 'error', line: place?.line ?? 1, column: place?.column ?? 1, message }]);
  }
  const { facts, module, studio } = deriveContext(project, null);
  const subject: ScenarioSubject = {
    module: moduleDefinition(module),
    settings: studio.settings,
    functions: facts.functions,
    standIns: studio.standIns,
    files: project.files,
  };
  for (const path of project.files.keys()) {
    const text = isScenarioFile(path) ? textFile(project, path) : null;
    if (text !== null) {
      const problems = scenarioProblems(path, text, subject);
      if (problems.length > 0) {
        add(path, problems);
      }
    }
  }
  return [...byFile.values()].map((verdict) => ({ ...verdict, file: join(folder, verdict.file), text: textFile(project, verdict.file) }));
}

const UNLOADED = { load: null, start: null, call: null, components: [] } as const;

/** Code may define more than reading it tells. */
const UNSURE: ReadonlySet<string> = new Set<ScenarioProblemCode>(['scenario-unknown-function', 'scenario-unknown-state']);

function scenarioProblems(path: FilePath, text: string, subject: ScenarioSubject | null): readonly PlacedProblem[] {
  const scenario = parseScenario(text, path);
  if (!scenario.ok) {
    return placed(text, scenario.error);
  }
  if (subject === null) {
    return [];
  }
  const settings = { ...subject.settings, partitions: scenario.value.settings.partitions ?? subject.settings.partitions };
  const problems = placed(text, checkScenario(scenario.value, { ...subject, settings }));
  return problems.map((problem) => (UNSURE.has(problem.code) ? { ...problem, severity: 'warning' } : problem));
}

function checkedText(checked: readonly Checked[]): string {
  const blocks = checked.map(({ file, text, load, start, call, problems }) => {
    const words = verdictWords(load, start, call);
    const head = words === null ? file : `${file}: ${words}`;
    return [head, ...problems.flatMap((problem) => findingLines(file, text, problem))].join('\n');
  });
  const total = countFindings(checked.flatMap(({ problems }) => problems));
  const rejected = checked.filter(({ load }) => load === 'reject').length;
  const files = `${checked.length} ${checked.length === 1 ? 'file' : 'files'}`;
  return [...blocks, [files, ...(rejected === 0 ? [] : [`${rejected} rejected`]), total ?? 'no problems'].join(', ')].join('\n\n');
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
