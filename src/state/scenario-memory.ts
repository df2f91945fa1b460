/**
 * Whether the project's scenarios passed outlives the page, for as long as the files are those that they were played with or say that they are not.
 * What was behind a failure does not: a scenario is played again in no time.
 */
import type { FilePath, ProjectId } from '../base/ids.ts';
import { filePath } from '../base/ids.ts';
import { rememberedJson } from '../base/json.ts';
import { useDocument } from './document-controller.ts';
import { decidingHash, useScenarioPlays } from './scenario-plays.ts';
import type { Answered, VerdictSummary } from './scenario-plays.ts';
import { smallMemory } from './small-memory.ts';
import type { ScenarioVerdict } from '../worker/scenario-contract.ts';

interface StoredVerdict extends VerdictSummary {
  readonly path: FilePath;
  /** Hash of what decided how it went. */
  readonly files: string;
}

const key = (project: ProjectId) => `verdicts.${project}`;

export function keepVerdicts(): void {
  useDocument.subscribe((state, before) => {
    if (state.id !== before.id && state.id !== null) {
      void recallVerdicts(state.id);
    }
  });
  useScenarioPlays.subscribe((state, before) => {
    const { id } = useDocument.getState();
    const played = [...state.plays].filter(([path, play]) => before.plays.get(path) !== play);
    if (id !== null && played.length > 0) {
      rememberVerdicts(id, played);
    }
  });
}

async function recallVerdicts(project: ProjectId): Promise<void> {
  const stored = parse(smallMemory().recall(key(project)));
  const { files } = useDocument.getState().project;
  const remembered = await Promise.all(
    stored.map(async ({ path, files: then, passed, expectations, first }) => {
      const isSame = (await decidingHash(path, files)) === then;
      return [path, { passed, expectations, first, files: isSame ? files : null }] as const;
    }),
  );
  if (useDocument.getState().id === project) {
    useScenarioPlays.setState({ remembered: new Map(remembered) });
  }
}

/** Without a pause: a verdict that was shown is there after a reload. */
function rememberVerdicts(project: ProjectId, played: readonly (readonly [FilePath, Answered<ScenarioVerdict>])[]): void {
  const fresh = played.flatMap(([path, { answer, hash }]): readonly StoredVerdict[] => {
    if (!answer.ok || answer.value.type !== 'played' || answer.value.end.type === 'interrupted') {
      return [];
    }
    const { passed, expectations, failures } = answer.value;
    const [first] = failures;
    return [
      {
        path,
        files: hash,
        passed,
        expectations,
        first: first === undefined ? null : { line: first.place.line, message: first.message },
      },
    ];
  });
  const others = parse(smallMemory().recall(key(project))).filter(
    ({ path }) => !played.some(([other]) => other === path) && useDocument.getState().project.files.has(path),
  );
  const all = [...others, ...fresh];
  smallMemory().remember(key(project), all.length === 0 ? null : JSON.stringify(all));
}

function parse(text: string | null): readonly StoredVerdict[] {
  const stored = rememberedJson(text);
  return Array.isArray(stored)
    ? stored.flatMap((entry: unknown) => (isStored(entry) ? [{ ...entry, path: filePath(entry.path) }] : []))
    : [];
}

function isStored(entry: unknown): entry is StoredVerdict {
  if (
    typeof entry !== 'object' ||
    entry === null ||
    !('path' in entry && 'files' in entry && 'passed' in entry && 'expectations' in entry)
  ) {
    return false;
  }
  const first: unknown = 'first' in entry ? entry.first : null;
  return (
    typeof entry.path === 'string' &&
    typeof entry.files === 'string' &&
    typeof entry.passed === 'boolean' &&
    typeof entry.expectations === 'number' &&
    (first === null ||
      (typeof first === 'object' &&
        'line' in first &&
        typeof first.line === 'number' &&
        'message' in first &&
        typeof first.message === 'string'))
  );
}
