/** What keeps a project's module.yaml or studio.json from being used, and what is odd about a project that runs. */
import type { Project } from '../../model/project.ts';
import { MODULE_YAML, STUDIO_JSON, textFile } from '../../model/project.ts';
import type { Problem } from '../../model/problem.ts';
import { decodeStudioFile } from '../../model/studio-file-codec.ts';
import { decodeModule } from '../../module-yaml/decode.ts';
import { nearest } from '../../base/nearest.ts';
import { placed } from '../../module-yaml/verdict.ts';
import type { RunConfig } from '../../runtime/engine-api.ts';
import type { LoadReport } from '../../sandbox/sandbox-api.ts';
import type { StartProblem } from './start-problem.ts';

/** The first problem for which StateFun would not start the module either, or null. */
export function moduleRefusal(project: Project): StartProblem | null {
  const text = textFile(project, MODULE_YAML);
  const fatal = decodeModule(text ?? '').problems.find(({ severity, moment }) => severity === 'error' && moment !== 'call');
  return text === null || fatal === undefined ? null : placedIn(text, fatal, MODULE_YAML);
}

/** Why nothing of studio.json can be used, or null. */
export function studioRefusal(project: Project): StartProblem | null {
  const content = project.files.get(STUDIO_JSON);
  if (content !== undefined && typeof content !== 'string') {
    const message = 'studio.json is not UTF-8: save it in that encoding.';
    return { code: 'studio-unreadable', message, path: STUDIO_JSON, place: null };
  }
  const fatal = decodeStudioFile(content ?? null).problems.find(({ code }) => code === 'studio-unreadable');
  return content === undefined || fatal === undefined ? null : placedIn(content, fatal, STUDIO_JSON);
}

/** Parts of studio.json that are left out, and functions that nothing but the routes of module.yaml knows. */
export function projectWarnings(project: Project, config: RunConfig, report: LoadReport): readonly StartProblem[] {
  const text = textFile(project, STUDIO_JSON);
  const { studio, problems } = decodeStudioFile(text);
  const chosen = new Set(studio.standIns.map(({ typename }) => typename));
  const coded = report.functions.map(({ typename }) => typename);
  const without = config.standIns.filter(({ typename }) => !chosen.has(typename));
  return [
    ...problems.map((problem) => placedIn(text ?? '', problem, STUDIO_JSON)),
    ...without.map(({ typename }): StartProblem => {
      const meant = nearest(typename, coded);
      const advice = meant === null ? '' : ` Did you mean ${meant}?`;
      const message = `records go to ${typename}, which no code defines: a stand-in takes them and does nothing.${advice}`;
      return { code: 'function-without-code', message, path: MODULE_YAML, place: null };
    }),
  ];
}

function placedIn(text: string, problem: Problem, path: typeof MODULE_YAML): StartProblem {
  const [found] = placed(text, [problem]);
  const { code, message } = problem;
  return { code, message, path, place: found === undefined ? null : { path, line: found.line, column: found.column } };
}
