/**
 * From a project to the views that commands and the page work on. Only what changed is read again: module.yaml,
 * studio.json and each function file are compared by text with what the previous context was made of.
 *
 * D1 the result depends on the project alone, but for one thing: while module.yaml does not parse, the last view that
 *    did is kept, and `moduleCurrent` is false.
 */
import { analyseCode, type AnalysisCache } from '../analysis/analyse-code.ts';
import { importProblems, type ImportCache } from '../analysis/import-problems.ts';
import type { FilePath } from '../base/ids.ts';
import { buildGraph, isStub } from '../model/build-graph.ts';
import type { CommandContext } from '../model/command.ts';
import type { DecodedModule } from '../model/module.ts';
import type { Problem } from '../model/problem.ts';
import { isLibrary, isScript, projectCode, type ImportScans } from '../model/code-files.ts';
import { MODULE_YAML, STUDIO_JSON, textFile, type Project } from '../model/project.ts';
import { decodeStudioFile } from '../model/studio-file-codec.ts';
import { decodeModule } from '../module-yaml/decode.ts';
import { isStubRuleFile, readStubFile } from '../module-yaml/read-stub-file.ts';
import { runChecks } from './checks/run-checks.ts';

/** What a context was made of, beside what it shows. */
interface Source {
  readonly moduleText: string | null;
  /** The module of the text of now, parsed or not. */
  readonly decoded: DecodedModule;
  readonly studioText: string | null;
  readonly studio: ReturnType<typeof decodeStudioFile>;
  readonly code: ReadonlyMap<FilePath, string>;
  readonly cache: AnalysisCache;
  /** Code of functions and of stubs, libraries included. */
  readonly everyCode: ReadonlyMap<FilePath, string>;
  readonly scans: ImportScans;
  readonly imports: ImportCache;
  readonly stubs: ReadonlyMap<FilePath, string>;
}

const sources = new WeakMap<CommandContext, Source>();

const NO_MODULE: DecodedModule = { format: 'documents', parsed: true, components: [], problems: [] };

export function deriveContext(project: Project, previous: CommandContext | null): CommandContext {
  const old = previous === null ? undefined : sources.get(previous);
  const moduleText = textFile(project, MODULE_YAML);
  const studioText = textFile(project, STUDIO_JSON);
  const decoded =
    old !== undefined && old.moduleText === moduleText ? old.decoded : moduleText === null ? NO_MODULE : decodeModule(moduleText);
  const studio = old !== undefined && old.studioText === studioText ? old.studio : decodeStudioFile(studioText);
  const scans: ImportScans = old?.scans ?? new Map();
  const found = projectCode(project.files, scans);
  const code = kept(new Map([...found.functions].filter(([path, text]) => isScript(path) && !isLibrary(path, text))), old?.code);
  const stubs = kept(textsWhere(project, isStub), old?.stubs);
  const cache: AnalysisCache = old?.cache ?? new Map();
  const facts = previous !== null && old?.code === code ? previous.facts : analyseCode(code, cache);
  const module = decoded.parsed ? decoded : (previous?.module ?? decoded);
  const isSame =
    previous !== null && previous.module === module && previous.facts === facts && old?.studio === studio && old.stubs === stubs;
  const context: CommandContext = {
    project,
    studio: studio.studio,
    module,
    moduleCurrent: decoded.parsed,
    facts,
    graph: isSame ? previous.graph : buildGraph({ module, facts, studio: studio.studio, project }),
  };
  const everyCode = new Map([...found.functions, ...found.stubs]);
  const imports: ImportCache = old?.imports ?? new Map();
  sources.set(context, { moduleText, decoded, studioText, studio, code, cache, everyCode, scans, imports, stubs });
  return context;
}

/** Everything there is to tell about a project: its files one by one, then what they say about each other. */
export function collectProblems(context: CommandContext): readonly Problem[] {
  const source = sources.get(context);
  const module = source?.decoded ?? context.module;
  const studio = source?.studio ?? decodeStudioFile(textFile(context.project, STUDIO_JSON));
  const imports = source === undefined ? [] : importProblems(source.everyCode, context.project.files, source.imports);
  const stubFiles = source?.stubs ?? new Map<FilePath, string>();
  const stubs = [...stubFiles].flatMap(([path, text]) => (isStubRuleFile(path) ? readStubFile(path, text).problems : []));
  return [...module.problems, ...context.facts.problems, ...imports, ...stubs, ...runChecks(context), ...studio.problems];
}

function textsWhere(project: Project, test: (path: FilePath) => boolean): ReadonlyMap<FilePath, string> {
  const files = new Map<FilePath, string>();
  for (const [path, content] of project.files) {
    if (typeof content === 'string' && test(path)) {
      files.set(path, content);
    }
  }
  return files;
}

/** The map of before when nothing about its files changed. */
function kept(files: ReadonlyMap<FilePath, string>, before: ReadonlyMap<FilePath, string> | undefined): ReadonlyMap<FilePath, string> {
  const isSame = before !== undefined && before.size === files.size && [...files].every(([path, text]) => before.get(path) === text);
  return isSame ? before : files;
}
