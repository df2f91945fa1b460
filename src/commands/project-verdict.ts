/** The verdict of `check` on a whole project: module.yaml as the loader takes it, and what the project's files say about each other. */
import type { FilePath } from '../base/ids.ts';
import { MODULE_YAML, textFile, type Project } from '../model/project.ts';
import type { Problem } from '../model/problem.ts';
import { moduleVerdict, placed, type ModuleVerdict, type VerdictOptions } from '../module-yaml/verdict.ts';
import { collectProblems, deriveContext } from './derive.ts';

/** One file's verdict. Only module.yaml is loaded by StateFun: the others have null, and are listed when there is something to tell of them. */
export type FileVerdict = Omit<ModuleVerdict, 'load'> & { readonly file: FilePath; readonly load: ModuleVerdict['load'] | null };

/** module.yaml first, then the other files with problems, by path. A project without module.yaml has no verdict on it. */
export function projectVerdict(project: Project, options: VerdictOptions = {}): readonly FileVerdict[] {
  const context = deriveContext(project, null);
  const module = project.files.get(MODULE_YAML);
  const others = new Map<FilePath, Problem[]>();
  const known = new Set<Problem>(context.module.problems);
  for (const problem of collectProblems(context)) {
    if (!known.has(problem)) {
      const path = problem.path ?? MODULE_YAML;
      others.set(path, [...(others.get(path) ?? []), problem]);
    }
  }
  const verdict = module === undefined ? null : moduleVerdict(module, options);
  const own = others.get(MODULE_YAML) ?? [];
  const text = textFile(project, MODULE_YAML) ?? '';
  return [
    ...(verdict === null ? [] : [{ file: MODULE_YAML, ...verdict, problems: [...verdict.problems, ...placed(text, own)] }]),
    ...[...others]
      .filter(([path]) => path !== MODULE_YAML || verdict === null)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, problems]) => ({
        file,
        load: null,
        start: null,
        call: null,
        components: [],
        problems: placed(textFile(project, file) ?? '', problems),
      })),
  ];
}
