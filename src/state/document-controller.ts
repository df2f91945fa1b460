/**
 * The open project: applies edits, keeps the history, derives the views, and saves. `useDocument` is its store.
 *
 * D1 `project` is always the saved project with the unsaved edits applied; edits reach storage in order, one request
 *    at a time, so a failed save loses nothing: the edits wait for the next try.
 * D2 *Saved* stands only while every edit has been answered by the worker.
 * D3 A document that is read-only takes no edit.
 * D4 What is derived from the files (module, facts, graph, problems) is that of the files of now, or, while someone types, of a
 *    moment ago; `catchUp` brings it up to date, and commands do so first.
 */
import { create } from 'zustand';
import type { StoreApi, UseBoundStore } from 'zustand';
import { collectProblems, deriveContext } from '../commands/derive.ts';
import type { ProjectId } from '../base/ids.ts';
import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { CommandContext, CommandResult } from '../model/command.ts';
import { applyEdits } from '../model/edit.ts';
import type { Edit } from '../model/edit.ts';
import { EMPTY_HISTORY, record, redo, undo } from '../model/history.ts';
import type { HistoryMove, HistoryState } from '../model/history.ts';
import type { Problem } from '../model/problem.ts';
import { projectOf } from '../model/project.ts';
import type { Project } from '../model/project.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { FileTree, OpenedProject, RunStatus, WorkerError } from '../worker/contract.ts';
import { workerClient } from './client.ts';
import type { DocumentActions, DocumentState } from './document-store.ts';
import { sameFiles, saveFailure } from './save-failure.ts';

/** What the app does with the document as a whole. */
export interface DocumentLifecycle {
  /** Loads a project; the value is the run it has, if any. */
  open(id: ProjectId): Promise<Result<RunStatus | null, WorkerError>>;
  create(name: string, files: FileTree): Promise<Result<ProjectId, WorkerError>>;
  close(): Promise<void>;
  /** Makes this tab the writer of the open project. */
  takeOver(): Promise<Result<RunStatus | null, WorkerError>>;
  rename(name: string): Promise<Result<null, WorkerError>>;
  /** Sends again what could not be saved. */
  retrySave(): void;
  /** Resolves once nothing waits to be saved: true when all is saved. */
  whenSaved(): Promise<boolean>;
  /** Another tab is the writer now. */
  lostLock(): void;
  storageFailed(error: WorkerError): void;
}

export type DocumentStore = UseBoundStore<StoreApi<DocumentState & DocumentActions & DocumentLifecycle>>;

const NO_PROJECT: Project = projectOf({});

export function createDocumentStore(client: () => WorkerClient): DocumentStore {
  let context: CommandContext = deriveContext(NO_PROJECT, null);
  /** The files of now: those of `context`, but for what was typed since. */
  let project: Project = NO_PROJECT;
  let pause: ReturnType<typeof setTimeout> | null = null;
  let history: HistoryState = EMPTY_HISTORY;
  let saved: Project = NO_PROJECT;
  let unsaved: readonly Edit[] = [];
  let sending = false;
  /** Counts openings, so that an answer for a project that was left changes nothing. */
  let opening = 0;
  let waiting: ((saved: boolean) => void)[] = [];

  return create<DocumentState & DocumentActions & DocumentLifecycle>()((set, get) => {
    const views = () => ({
      project: context.project,
      studio: context.studio,
      module: context.module,
      moduleCurrent: context.moduleCurrent,
      facts: context.facts,
      graph: context.graph,
      problems: collectProblems(context),
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
    });

    const settle = (allSaved: boolean) => {
      const resolved = waiting;
      waiting = [];
      for (const resolve of resolved) {
        resolve(allSaved);
      }
    };

    const derive = (before: CommandContext | null) => {
      if (pause !== null) {
        clearTimeout(pause);
        pause = null;
      }
      context = deriveContext(project, before);
    };

    const load = (opened: OpenedProject) => {
      opening += 1;
      saved = { files: opened.files };
      project = saved;
      unsaved = [];
      history = EMPTY_HISTORY;
      derive(null);
      settle(false);
      set({ id: opened.id, name: opened.name, ...views(), ...(opened.writable ? SAVED : READ_ONLY) });
    };

    const send = async () => {
      const { id } = get();
      if (sending || id === null || unsaved.length === 0) {
        return;
      }
      const mine = opening;
      const batch = unsaved;
      sending = true;
      set({ save: 'saving', saveMessage: null, saveCode: null });
      const answer = await client().ask('save-edits', { id, edits: batch });
      sending = false;
      if (mine !== opening) {
        void send();
        return;
      }
      if (!answer.ok) {
        set(saveFailure(answer.error));
        settle(false);
        return;
      }
      saved = applyEdits(saved, batch);
      unsaved = unsaved.slice(batch.length);
      if (unsaved.length > 0) {
        void send();
        return;
      }
      set(SAVED);
      settle(true);
    };

    const catchUp = () => {
      if (pause !== null) {
        derive(context);
        set(views());
      }
    };

    const apply = (edits: readonly Edit[], next: HistoryState, typing: boolean) => {
      project = applyEdits(project, edits);
      history = next;
      unsaved = [...unsaved, ...edits];
      const saving = get().save === 'failed' ? {} : { save: 'saving' as const };
      if (typing) {
        if (pause !== null) {
          clearTimeout(pause);
        }
        pause = setTimeout(catchUp, TYPING_PAUSE_MS);
        set({ project, canUndo: history.past.length > 0, canRedo: history.future.length > 0, ...saving });
      } else {
        derive(context);
        set({ ...views(), ...saving });
      }
      void send();
    };

    const move = (step: HistoryMove | null) => {
      if (step !== null && get().save !== 'read-only') {
        apply(step.edits, step.state, false);
      }
    };

    return {
      id: null,
      name: '',
      ...views(),
      ...SAVED,
      edit(label, edits, options) {
        if (edits.length === 0 || get().save === 'read-only' || get().id === null) {
          return;
        }
        apply(edits, record(history, project, label, edits, { merge: options?.merge ?? null }), options?.typing === true);
      },
      catchUp,
      undo: () => move(undo(history)),
      redo: () => move(redo(history)),
      async open(id) {
        const answer = await client().ask('open-project', { id });
        if (!answer.ok) {
          return answer;
        }
        load(answer.value);
        return ok(answer.value.run);
      },
      async create(name, files) {
        const answer = await client().ask('create-project', { name, files });
        return answer.ok ? ok(answer.value.id) : answer;
      },
      async close() {
        if (get().id === null) {
          return;
        }
        await get().whenSaved();
        await client().ask('close-project', {});
        opening += 1;
        project = NO_PROJECT;
        derive(null);
        history = EMPTY_HISTORY;
        saved = NO_PROJECT;
        unsaved = [];
        set({ id: null, name: '', ...views(), ...SAVED });
      },
      async takeOver() {
        const { id } = get();
        if (id === null) {
          return ok(null);
        }
        const answer = await client().ask('take-over', { id });
        if (!answer.ok) {
          set(saveFailure(answer.error));
          return answer;
        }
        if (sameFiles(saved.files, answer.value.files) && answer.value.writable) {
          set({ name: answer.value.name, ...SAVED });
          void send();
        } else {
          load(answer.value);
        }
        return ok(answer.value.run);
      },
      async rename(name) {
        const { id } = get();
        if (id === null) {
          return ok(null);
        }
        const answer = await client().ask('rename-project', { id, name });
        if (answer.ok) {
          set({ name });
        }
        return answer;
      },
      retrySave: () => void send(),
      whenSaved() {
        if (unsaved.length === 0 || get().save === 'failed' || get().save === 'read-only') {
          return Promise.resolve(unsaved.length === 0);
        }
        return new Promise((resolve) => waiting.push(resolve));
      },
      lostLock() {
        set(READ_ONLY);
        settle(false);
      },
      storageFailed: (error) => set(saveFailure(error)),
    };
  });
}

/** How long the views wait for the next keystroke. */
const TYPING_PAUSE_MS = 250;

const SAVED = { save: 'saved', saveMessage: null, saveCode: null } as const;
const READ_ONLY = {
  save: 'read-only',
  saveMessage: 'This project is open for writing in another tab. Here it is read-only.',
  saveCode: 'locked',
} as const;

export const useDocument: DocumentStore = createDocumentStore(workerClient);

/** The project as commands take it. */
export function contextOf(state: DocumentState): CommandContext {
  return {
    project: state.project,
    studio: state.studio,
    module: state.module,
    moduleCurrent: state.moduleCurrent,
    facts: state.facts,
    graph: state.graph,
  };
}

/** The open project with its views up to date. */
export function contextNow(): CommandContext {
  useDocument.getState().catchUp();
  return contextOf(useDocument.getState());
}

/** Runs a command on the open project; what it refuses comes back as problems, and nothing has changed then. */
export function runCommand(
  label: string,
  command: (context: CommandContext) => CommandResult,
  options?: { readonly merge?: string },
): readonly Problem[] {
  useDocument.getState().catchUp();
  const state = useDocument.getState();
  const result = command(contextOf(state));
  if (!result.ok) {
    return result.error;
  }
  state.edit(label, result.value, options);
  return [];
}
