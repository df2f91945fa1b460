/** The scenarios of a project, read and held against it. Loaded when a project has some: it brings a YAML reader. */
import type { FilePath } from '../../base/ids.ts';
import type { CommandContext } from '../../model/command.ts';
import { moduleDefinition } from '../../module-yaml/definition.ts';
import { checkScenario } from '../../scenario/check-scenario.ts';
import { parseScenario } from '../../scenario/parse-scenario.ts';
import type { ScenarioProblem } from '../../scenario/problem-codes.ts';
import { scenarioTexts } from '../../model/scenario-files.ts';

type Parsed = ReturnType<typeof parseScenario>;

/** What was read of each file, as long as its text is the same. */
const parsed = new Map<FilePath, { readonly text: string; readonly result: Parsed }>();

export function scenarioProblems(context: CommandContext): readonly ScenarioProblem[] {
  const { studio, module, facts, project } = context;
  // A function or a state that was not read may be the one that a scenario names.
  const isRead = facts.problems.every(({ severity, code }) => severity !== 'error' && code !== 'typename-unknown');
  return scenarioTexts(project).flatMap(([path, text]) => {
    const result = read(path, text);
    if (!result.ok) {
      return result.error;
    }
    // While module.yaml does not parse, what it names is not known.
    if (!context.moduleCurrent) {
      return [];
    }
    const problems = checkScenario(result.value, {
      module: moduleDefinition(module),
      settings: studio.settings,
      functions: facts.functions,
      standIns: studio.standIns,
      remotes: studio.remotes,
      files: project.files,
    });
    return isRead ? problems : problems.filter(({ code }) => code !== 'scenario-unknown-function' && code !== 'scenario-unknown-state');
  });
}

function read(path: FilePath, text: string): Parsed {
  const known = parsed.get(path);
  if (known?.text === text) {
    return known.result;
  }
  const result = parseScenario(text, path);
  parsed.set(path, { text, result });
  return result;
}
