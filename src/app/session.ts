/**
 * What the address names is what is open: opens and closes projects as the route changes, one after the other, and says
 * why when a project cannot be opened. Also the worker's own death.
 */
import { create } from 'zustand';
import { recall, remember } from './local-memory.ts';
import { replaceRoute, useRoute } from './routes.ts';
import { recallWorkspace } from './workspace-memory.ts';
import type { Route } from './routes.ts';
import { loadExample } from './slots.tsx';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { projectId } from '../base/ids.ts';
import type { ProjectId } from '../base/ids.ts';
import { workerClient } from '../state/client.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { useOpenFiles } from '../state/open-files.ts';
import { showRun } from '../state/run-controller.ts';
import type { RunStatus, WorkerError } from '../worker/contract.ts';

interface Session {
  readonly phase: 'opening' | 'start' | 'open';
  /** Why the address could not be opened; shown on the start page. */
  readonly error: string | null;
  /** The worker is gone: nothing can be saved or run until the page loads again. */
  readonly workerFailure: string | null;
}

export const useSession = create<Session>()(() => ({ phase: 'opening', error: null, workerFailure: null }));

const PRODUCT = 'StateFun Studio';
let turn: Promise<void> = Promise.resolve();

export function startSession(): void {
  useDocument.subscribe((state) => {
    document.title = state.id === null ? PRODUCT : `${state.name} – ${PRODUCT}`;
  });
  useRoute.subscribe((state) => follow(state.route));
  follow(useRoute.getState().route);
}

function follow(route: Route): void {
  turn = turn.then(() => show(route));
}

async function show(route: Route): Promise<void> {
  if (route !== useRoute.getState().route) {
    return;
  }
  if (route.type === 'start') {
    await leave();
    useSession.setState({ phase: 'start' });
    return;
  }
  const wanted = route.type === 'project' ? ok(route.project) : await exampleProject(route.example);
  if (wanted.ok && wanted.value === useDocument.getState().id) {
    useSession.setState({ phase: 'open', error: null });
    return;
  }
  useSession.setState({ phase: 'opening', error: null });
  await leave();
  const opened: Result<RunStatus | null, WorkerError> = wanted.ok ? await useDocument.getState().open(wanted.value) : wanted;
  if (!opened.ok) {
    useSession.setState({ error: opened.error.message });
    replaceRoute({ type: 'start' });
    return;
  }
  const { view, file, paths, offset } = recallWorkspace(useDocument.getState().id, useDocument.getState().project);
  useOpenFiles.setState({ paths });
  useView.setState({
    selection: [],
    file,
    reveal: null,
    // An example is shown as what it is; a project as it was left.
    view: route.type === 'project' ? view : 'canvas',
    split: false,
    dockTab: opened.value === null ? 'module' : 'messages',
  });
  if (useView.getState().view === 'code' && file !== null) {
    useView.getState().openFile(file, { from: offset, to: offset });
  }
  showRun(opened.value);
  useSession.setState({ phase: 'open' });
  // From now on the address names the project itself: what else knows of it may not outlive the browser's process.
  if (route.type === 'example' && wanted.ok && route === useRoute.getState().route) {
    replaceRoute({ type: 'project', project: wanted.value });
  }
}

async function leave(): Promise<void> {
  showRun(null);
  await useDocument.getState().close();
}

/** The project made from an example earlier, so that a reload resumes it, or a new one. */
async function exampleProject(example: string): Promise<Result<ProjectId, WorkerError>> {
  const key = `example.${example}`;
  const kept = recall(key);
  if (kept !== null) {
    const projects = await workerClient().ask('list-projects', {});
    if (projects.ok && projects.value.some((project) => project.id === kept)) {
      return ok(projectId(kept));
    }
  }
  const loaded = await loadExample(example);
  if (loaded === null) {
    return err({ code: 'not-found', message: `There is no example named “${example}”.` });
  }
  const created = await useDocument.getState().create(loaded.name, loaded.files);
  if (created.ok) {
    remember(key, created.value);
  }
  return created;
}
