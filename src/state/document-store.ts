/**
 * The open project on the page: its files, one history of edits, and the views derived from them. Every change of the
 * project, from whatever view, is `dispatch`ed as edits and is on its way to storage when it returns.
 */
import { create } from 'zustand';
import type { FilePath, NodeId, ProjectId } from '../base/ids.ts';
import type { CodeFacts } from '../model/code-facts.ts';
import type { Edit } from '../model/edit.ts';
import type { Graph } from '../model/graph.ts';
import type { DecodedModule } from '../model/module.ts';
import type { Problem } from '../model/problem.ts';
import { MODULE_YAML } from '../model/project.ts';
import type { Project } from '../model/project.ts';
import type { StudioFile } from '../model/studio-file.ts';
import type { WorkerErrorCode } from '../worker/contract.ts';

export type SaveState = 'saved' | 'saving' | 'failed' | 'read-only';

export interface DocumentState {
  readonly id: ProjectId | null;
  readonly name: string;
  readonly project: Project;
  readonly studio: StudioFile;
  /** The last module.yaml that parsed, and whether it is the text of now. */
  readonly module: DecodedModule;
  readonly moduleCurrent: boolean;
  readonly facts: CodeFacts;
  readonly graph: Graph;
  readonly problems: readonly Problem[];
  readonly save: SaveState;
  readonly saveMessage: string | null;
  /** What kind of failure `saveMessage` tells of; null when there is none. */
  readonly saveCode: WorkerErrorCode | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** What the views may do with the document. Implemented in document-controller.ts; reached through `useDocument`. */
export interface DocumentActions {
  /**
   * Applies edits as one step of the history. `label` names it in Undo; edits with one `merge` key in a row are one step (typing).
   * With `typing` the views derived from the files follow when the typing pauses: a keystroke must not wait for them.
   */
  edit(label: string, edits: readonly Edit[], options?: { readonly merge?: string; readonly typing?: boolean }): void;
  /** Derives the views now, if typing left them behind. */
  catchUp(): void;
  undo(): void;
  redo(): void;
}

export interface ViewState {
  readonly view: 'canvas' | 'code' | 'module';
  readonly split: boolean;
  readonly selection: readonly NodeId[];
  /** The file open in the code view, and a place to reveal there. */
  readonly file: FilePath | null;
  readonly reveal: { readonly path: FilePath; readonly from: number; readonly to: number; readonly ticket: number } | null;
  readonly theme: 'light' | 'dark';
  readonly dockOpen: boolean;
  readonly dockTab: DockTab;
  /** Counts how often a tab was asked for, the one that is there already too. */
  readonly dockAsked: number;
}

export type DockTab = 'module' | 'problems' | 'scenarios' | 'messages' | 'state' | 'topics' | 'timers' | 'console';

export interface ViewActions {
  setView(view: ViewState['view']): void;
  toggleSplit(): void;
  select(nodes: readonly NodeId[]): void;
  openFile(path: FilePath, range?: { readonly from: number; readonly to: number }): void;
  /** Shows a place of module.yaml in the dock's pane, or in the view that has it open. */
  revealInModule(range: { readonly from: number; readonly to: number }): void;
  setTheme(theme: ViewState['theme']): void;
  setDock(open: boolean, tab?: DockTab): void;
}

let ticket = 0;

export const useView = create<ViewState & ViewActions>()((set) => ({
  view: 'canvas',
  split: false,
  selection: [],
  file: null,
  reveal: null,
  theme: 'light',
  dockOpen: true,
  dockTab: 'module',
  dockAsked: 0,
  setView: (view) => set({ view }),
  toggleSplit: () => set((state) => ({ split: !state.split })),
  select: (selection) => set({ selection }),
  openFile: (path, range) => {
    ticket += 1;
    set({ file: path, view: 'code', reveal: range === undefined ? null : { path, from: range.from, to: range.to, ticket } });
  },
  revealInModule: (range) => {
    ticket += 1;
    const reveal = { path: MODULE_YAML, from: range.from, to: range.to, ticket };
    set((state) => (state.view === 'module' ? { reveal } : { reveal, dockOpen: true, dockTab: 'module' }));
  },
  setTheme: (theme) => set({ theme }),
  setDock: (dockOpen, tab) =>
    set((state) => (tab === undefined ? { dockOpen } : { dockOpen, dockTab: tab, dockAsked: state.dockAsked + 1 })),
}));
