/** What stands open in a project outlives the page: the view, the files with a tab, the place of the cursor. */
import { filePath } from '../base/ids.ts';
import type { FilePath, ProjectId } from '../base/ids.ts';
import { rememberedJson } from '../base/json.ts';
import { textFile } from '../model/project.ts';
import type { Project } from '../model/project.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import type { ViewState } from '../state/document-store.ts';
import { useEditorPosition } from '../state/editor-position.ts';
import { useOpenFiles } from '../state/open-files.ts';
import { recall, remember } from './local-memory.ts';

export interface Workspace {
  readonly view: ViewState['view'];
  readonly paths: readonly FilePath[];
  readonly file: FilePath | null;
  /** Characters before the cursor in `file`. */
  readonly offset: number;
}

const EMPTY: Workspace = { view: 'canvas', paths: [], file: null, offset: 0 };
const VIEWS: readonly ViewState['view'][] = ['canvas', 'code', 'module'];
const key = (project: ProjectId) => `workspace.${project}`;

export function recallWorkspace(id: ProjectId | null, project: Project): Workspace {
  return id === null ? EMPTY : readWorkspace(recall(key(id)), project);
}

/** What was kept, as far as the project still has it. */
export function readWorkspace(text: string | null, project: Project): Workspace {
  const kept = rememberedJson(text);
  if (typeof kept !== 'object' || kept === null || !('view' in kept && 'paths' in kept && 'file' in kept && 'offset' in kept)) {
    return EMPTY;
  }
  const isThere = (path: unknown): path is string => typeof path === 'string' && textFile(project, filePath(path)) !== null;
  const file = isThere(kept.file) ? filePath(kept.file) : null;
  return {
    view: VIEWS.find((view) => view === kept.view) ?? 'canvas',
    paths: Array.isArray(kept.paths) ? kept.paths.filter(isThere).map(filePath) : [],
    file,
    offset: file !== null && typeof kept.offset === 'number' && kept.offset >= 0 ? kept.offset : 0,
  };
}

export function keepWorkspace(): void {
  const keep = () => {
    const { id } = useDocument.getState();
    if (id !== null) {
      const { view, file } = useView.getState();
      const { position } = useEditorPosition.getState();
      const offset = position !== null && position.path === file ? position.offset : 0;
      remember(key(id), JSON.stringify({ view, paths: useOpenFiles.getState().paths, file, offset }));
    }
  };
  useView.subscribe((state, before) => {
    if (state.view !== before.view || state.file !== before.file) {
      keep();
    }
  });
  useOpenFiles.subscribe(keep);
  // Not with each move of the cursor: a keystroke would pay for it.
  window.addEventListener('pagehide', keep);
}
