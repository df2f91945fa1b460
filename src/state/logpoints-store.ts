/**
 * Logpoints of the open project: where a value is printed without a change of the code. Kept by project in the browser's small memory,
 * since they belong to whoever looks, not to the project.
 */
import { create } from 'zustand';
import { filePath } from '../base/ids.ts';
import type { FilePath, ProjectId } from '../base/ids.ts';
import { rememberedJson } from '../base/json.ts';
import type { Logpoint, LogpointProblem } from '../worker/trial-contract.ts';
import type { SmallMemory } from './small-memory.ts';

export interface StoredLogpoint extends Logpoint {
  readonly id: number;
  readonly enabled: boolean;
  /** Why it printed nothing the last time; null when there is nothing to say. */
  readonly problem: string | null;
}

interface Logpoints {
  readonly logpoints: readonly StoredLogpoint[];
  /** Which of them is being written, or the line of a new one. */
  readonly editing: { readonly path: FilePath; readonly line: number; readonly id: number | null } | null;
  set(logpoints: readonly StoredLogpoint[]): void;
  edit(editing: Logpoints['editing']): void;
  /** Adds one, or changes the one with this id; an empty expression removes it. */
  commit(place: { readonly path: FilePath; readonly line: number; readonly id: number | null }, expression: string): void;
  remove(id: number): void;
  toggle(id: number): void;
}

let lastId = 0;

export const useLogpoints = create<Logpoints>()((set) => ({
  logpoints: [],
  editing: null,
  set: (logpoints) => set({ logpoints }),
  edit: (editing) => set({ editing }),
  commit: ({ path, line, id }, expression) =>
    set(({ logpoints }) => {
      const text = expression.trim();
      const others = logpoints.filter((logpoint) => logpoint.id !== id);
      if (text === '') {
        return { logpoints: others, editing: null };
      }
      lastId += 1;
      const before = logpoints.find((logpoint) => logpoint.id === id);
      return {
        logpoints: inOrder([
          ...others,
          { id: id ?? lastId, path, line, expression: text, enabled: before?.enabled ?? true, problem: null },
        ]),
        editing: null,
      };
    }),
  remove: (id) => set(({ logpoints }) => ({ logpoints: logpoints.filter((logpoint) => logpoint.id !== id) })),
  toggle: (id) =>
    set(({ logpoints }) => ({
      logpoints: logpoints.map((logpoint) => (logpoint.id === id ? { ...logpoint, enabled: !logpoint.enabled } : logpoint)),
    })),
}));

/** As requests of the worker take them. */
export function activeLogpoints(logpoints: readonly StoredLogpoint[]): readonly Logpoint[] {
  return logpoints.filter(({ enabled }) => enabled).map(({ path, line, expression }) => ({ path, line, expression }));
}

/** What a trial said about the logpoints that it was given: all that are enabled in `of`, in their order. */
export function noteLogpointProblems(of: readonly StoredLogpoint[], problems: readonly LogpointProblem[]): void {
  const given = of.filter(({ enabled }) => enabled);
  const messages = new Map(problems.map(({ logpoint, message }) => [given[logpoint]?.id, message]));
  const { logpoints } = useLogpoints.getState();
  const noted = logpoints.map((logpoint) => {
    const problem = given.some(({ id }) => id === logpoint.id) ? (messages.get(logpoint.id) ?? null) : logpoint.problem;
    return problem === logpoint.problem ? logpoint : { ...logpoint, problem };
  });
  if (noted.some((logpoint, index) => logpoint !== logpoints[index])) {
    useLogpoints.setState({ logpoints: noted });
  }
}

function inOrder(logpoints: readonly StoredLogpoint[]): readonly StoredLogpoint[] {
  return logpoints.toSorted((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}

const key = (project: ProjectId) => `logpoints.${project}`;

/** Brings back what the project had. */
export function recallLogpoints(memory: SmallMemory, project: ProjectId): void {
  useLogpoints.setState({ logpoints: inOrder(parse(memory.recall(key(project)))), editing: null });
}

export function rememberLogpoints(memory: SmallMemory, project: ProjectId): void {
  const kept = useLogpoints.getState().logpoints.map(({ path, line, expression, enabled }) => ({ path, line, expression, enabled }));
  memory.remember(key(project), kept.length === 0 ? null : JSON.stringify(kept));
}

function parse(text: string | null): readonly StoredLogpoint[] {
  const stored = rememberedJson(text);
  if (!Array.isArray(stored)) {
    return [];
  }
  return stored.flatMap((entry: unknown): readonly StoredLogpoint[] => {
    if (typeof entry !== 'object' || entry === null || !('path' in entry && 'line' in entry && 'expression' in entry)) {
      return [];
    }
    const { path, line, expression } = entry;
    if (typeof path !== 'string' || typeof line !== 'number' || typeof expression !== 'string') {
      return [];
    }
    lastId += 1;
    return [
      { id: lastId, path: filePath(path), line, expression, enabled: !('enabled' in entry) || entry.enabled !== false, problem: null },
    ];
  });
}
