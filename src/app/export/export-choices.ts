/** What the Export dialog was told, and what comes of it. Kept while the project is open, so that the dialog opens as it was left. */
import { create } from 'zustand';
import type { ProjectId } from '../../base/ids.ts';
import { DEFAULT_EXPORT } from '../../export/export-options.ts';
import type { ExportOptions, OutsideChoice } from '../../export/export-options.ts';
import { exportProject } from '../../export/export-project.ts';
import type { ExportedProject } from '../../export/export-project.ts';
import { findSecrets } from '../../export/find-secrets.ts';
import { leaveSecretsOut } from '../../export/secrets/leave-out.ts';
import type { LeftOut } from '../../export/secrets/left-out.ts';
import { servedFunctions } from '../../export/served-functions.ts';
import type { FoundSecret } from '../../export/secrets/secret-kinds.ts';
import type { Problem } from '../../model/problem.ts';
import type { Project } from '../../model/project.ts';
import { MODULE_YAML, STUDIO_JSON, textFile } from '../../model/project.ts';
import { decodeStudioFile } from '../../model/studio-file-codec.ts';
import { decodeModule } from '../../module-yaml/decode.ts';
import { moduleDefinition } from '../../module-yaml/definition.ts';

export type ExportKind = 'runnable' | 'files' | 'module';

/** As the fields hold it, half-written values included. */
export interface ExportChoices {
  readonly kind: ExportKind;
  readonly target: 'apache' | 'kzmlabs';
  readonly runtimeImage: string;
  readonly docker: boolean;
  readonly compose: boolean;
  readonly kubernetes: boolean;
  readonly functionsImage: string;
  readonly checkpointsType: 'uri' | 'claim';
  readonly checkpoints: string;
  readonly kafka: OutsideChoice;
  readonly functions: OutsideChoice;
  readonly servers: OutsideChoice;
  /** Names, apart by blanks or commas. */
  readonly topics: string;
  readonly withoutSecrets: boolean;
  readonly destination: 'zip' | 'folder';
}

const FIRST: ExportChoices = {
  kind: 'runnable',
  target: 'apache',
  runtimeImage: '',
  docker: true,
  compose: true,
  kubernetes: false,
  functionsImage: '',
  checkpointsType: 'uri',
  checkpoints: '',
  kafka: 'as-is',
  functions: 'as-is',
  servers: 'as-is',
  topics: '',
  withoutSecrets: false,
  destination: 'zip',
};

interface ChoicesState {
  readonly project: ProjectId | null;
  readonly choices: ExportChoices;
}

export const useExportChoices = create<ChoicesState>()(() => ({ project: null, choices: FIRST }));

/** Another project begins with the defaults. */
export function choicesFor(project: ProjectId | null): ExportChoices {
  const state = useExportChoices.getState();
  return state.project === project ? state.choices : FIRST;
}

export function choose(project: ProjectId | null, change: Partial<ExportChoices>): void {
  useExportChoices.setState({ project, choices: { ...choicesFor(project), ...change } });
}

export function exportOptions(choices: ExportChoices): ExportOptions {
  const { checkpointsType, functionsImage } = choices;
  const checkpoints = choices.checkpoints.trim();
  return {
    ...DEFAULT_EXPORT,
    target: choices.target === 'apache' ? { type: 'apache' } : { type: 'kzmlabs', image: choices.runtimeImage.trim() },
    docker: choices.docker || choices.compose || choices.kubernetes,
    compose: choices.compose,
    kubernetes: choices.kubernetes
      ? {
          functionsImage: functionsImage.trim(),
          checkpoints: checkpointsType === 'uri' ? { type: 'uri', uri: checkpoints } : { type: 'claim', name: checkpoints },
        }
      : null,
    kafka: choices.kafka,
    functions: choices.functions,
    servers: choices.servers,
    topics: choices.topics.split(/[\s,]+/).filter((topic) => topic !== ''),
    withoutSecrets: choices.withoutSecrets,
  };
}

export interface ExportOutcome {
  /** Empty where nothing can be exported. */
  readonly files: Project['files'];
  readonly generated: ReadonlySet<string>;
  /** What the project holds, whether it goes along or not. */
  readonly found: readonly FoundSecret[];
  readonly leftOut: readonly LeftOut[];
  readonly problems: readonly Problem[];
  /** Whether the export has a function server. */
  readonly serves: boolean;
  /** What runs it; null for plain files, and where there are problems. */
  readonly exported: ExportedProject | null;
}

export function exportOutcome(project: Project, name: string, choices: ExportChoices): ExportOutcome {
  const isModule = choices.kind === 'module';
  const found = secretsOf(project).filter(({ path }) => !isModule || path === MODULE_YAML);
  const outcome = {
    files: new Map(),
    generated: new Set<string>(),
    found,
    leftOut: [],
    problems: [],
    serves: serves(project),
    exported: null,
  };
  if (choices.kind === 'runnable') {
    const result = exportProject(project, name, exportOptions(choices));
    if (!result.ok) {
      return { ...outcome, problems: result.error };
    }
    const { files, generated, leftOut } = result.value;
    return { ...outcome, files, generated: new Set<string>(generated), leftOut, exported: result.value };
  }
  const text = textFile(project, MODULE_YAML);
  if (isModule && text === null) {
    return { ...outcome, problems: [NO_MODULE] };
  }
  const chosen: Project = isModule && text !== null ? { files: new Map([[MODULE_YAML, text]]) } : project;
  const without = choices.withoutSecrets ? leaveSecretsOut(chosen) : null;
  if (without !== null && without.problems.length > 0) {
    return { ...outcome, problems: without.problems };
  }
  const files = new Map([...(without?.project ?? chosen).files].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...outcome, files, leftOut: without?.leftOut ?? [] };
}

function serves(project: Project): boolean {
  const module = moduleDefinition(decodeModule(textFile(project, MODULE_YAML) ?? ''));
  return servedFunctions(project, module, decodeStudioFile(textFile(project, STUDIO_JSON)).studio).serves;
}

const NO_MODULE: Problem = { code: 'no-module', severity: 'error', message: 'There is no module.yaml in this project.' };

function secretsOf(project: Project): readonly FoundSecret[] {
  return findSecrets(project, decodeModule(textFile(project, MODULE_YAML) ?? ''));
}
