/**
 * Answers the page's requests: projects, and the run of the open project. Everything the browser gives a worker comes in
 * as a dependency, so that the same code is tested in Node.
 */
import type { CompileCache } from '../sandbox/compile/compile-bundle.ts';
import type { ProjectId } from '../base/ids.ts';
import { projectId } from '../base/ids.ts';
import { applyEdits } from '../model/edit.ts';
import type { Project } from '../model/project.ts';
import type { RunRecord, StudioDatabase } from '../storage/database.ts';
import { createProject, deleteProject, listProjects, readProject, renameProject, saveEdits } from '../storage/project-storage.ts';
import { TAKEN_OVER, findRun } from '../storage/run-storage.ts';
import type { OpenedProject, Request, RequestType, Requests, Response, WorkerEvent } from './contract.ts';
import type { LockManagerLike, ProjectLock } from './project-lock.ts';
import { acquireProjectLock } from './project-lock.ts';
import type { RealTime } from './run-host-api.ts';
import type { RunRequest, Runs } from './run-handlers.ts';
import type { OpenRun } from './open-run.ts';
import type { RunSessionDeps } from './run-session.ts';
import type { SandboxHost } from '../sandbox/sandbox-api.ts';
import type { ScenarioRequest, Scenarios } from './play/scenario-handlers.ts';
import type { TrialRequest, Trials } from './trial/trial-handlers.ts';
import type { RemoteAccess } from './remote/project-remotes.ts';
import { RequestError, isTakenOver, workerError } from './worker-error.ts';

export interface StudioWorkerDeps {
  readonly db: StudioDatabase;
  readonly sandboxes: SandboxHost;
  readonly locks: LockManagerLike;
  /** Milliseconds that a project which is open elsewhere has to be let go. */
  readonly lockPatience: number;
  readonly time: RealTime;
  /** The time of runs and played scenarios, which may rest for the user's sake. */
  readonly runTime: RealTime;
  /** Ms since 1970, for `editedAt`. */
  readonly wallClock: () => number;
  readonly newId: () => string;
  readonly tell: (event: WorkerEvent) => void;
  /** The relay of the server that the Studio came from. */
  readonly relay: Pick<RemoteAccess, 'base' | 'fetch'>;
}

/** The open project and its run. */
export interface Session {
  readonly id: ProjectId;
  project: Project;
  readonly lock: ProjectLock | null;
  readonly confirmedRemotes: Set<string>;
  run: OpenRun | null;
}

type ProjectRequest = Exclude<RequestType, RunRequest | TrialRequest | ScenarioRequest>;
type ProjectHandlers = { readonly [Type in ProjectRequest]: (params: Requests[Type]['in']) => Promise<Requests[Type]['out']> };

const READ_ONLY = 'This project is open in another tab, which saves it. Take over to edit and run it here.';
const RUNS_ELSEWHERE =
  'This run goes on in the tab that has the project open. What it had recorded until now can be read here; Take over to go on with it.';

export class StudioWorker {
  readonly #deps: StudioWorkerDeps;
  #session: Session | null = null;
  /** Requests that change the project or which run there is are answered one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  readonly #handlers: ProjectHandlers;
  readonly #compiled: CompileCache = new Map();
  #runs: Promise<Runs> | null = null;
  #trials: Promise<Trials> | null = null;
  #scenarios: Promise<Scenarios> | null = null;

  constructor(deps: StudioWorkerDeps) {
    this.#deps = deps;
    this.#handlers = {
      'list-projects': () => listProjects(deps.db),
      'create-project': async ({ name, files }) => {
        const id = projectId(deps.newId());
        await createProject(deps.db, id, name, files, deps.wallClock());
        return { id };
      },
      'open-project': ({ id }) => this.#open(id, false),
      'take-over': ({ id }) => this.#open(id, true),
      'close-project': async () => {
        await this.#close();
        return null;
      },
      'rename-project': async ({ id, name }) => {
        await renameProject(deps.db, id, name);
        return null;
      },
      'delete-project': async ({ id }) => {
        await this.#delete(id);
        return null;
      },
      'save-edits': async ({ id, edits }) => {
        const session = this.#writable();
        if (session.id !== id) {
          throw new RequestError('bad-request', 'The project that was edited is no longer open here.');
        }
        await saveEdits(deps.db, id, edits, deps.wallClock());
        session.project = applyEdits(session.project, edits);
        void this.#runs?.then((runs) => runs.projectChanged());
        void this.#trials?.then((trials) => trials.projectChanged());
        return null;
      },
    };
  }

  async answer(request: Request): Promise<Response> {
    try {
      const value = await this.#dispatch(request);
      return { type: 'response', request: request.request, ok: true, value };
    } catch (error) {
      return { type: 'response', request: request.request, ok: false, error: workerError(error) };
    }
  }

  /** The database is gone: the run stops, and the page is told what to do. */
  storageLost(reason: 'terminated' | 'newer-version'): void {
    const message =
      reason === 'newer-version'
        ? 'A newer Studio was opened in another tab and needs the storage. Reload this page to go on with the newer one.'
        : 'The browser closed the Studio’s storage. Export the project as a ZIP, then reload the page.';
    this.#session?.run?.host?.abandon(message);
    this.#deps.tell({ type: 'storage-problem', error: { code: 'storage-closed', message } });
  }

  #dispatch(request: Request): Promise<unknown> {
    if (ACTS.has(request.type)) {
      // An act on the run waits for a run that is being started or opened: pressed in that moment it would be lost.
      return this.#queue.then(() => this.#handle(request));
    }
    if (!EXCLUSIVE.has(request.type)) {
      return this.#handle(request);
    }
    const turn = this.#queue.then(() => this.#handle(request));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #handle(request: Request): Promise<unknown> {
    // Each handler takes the params of its own type: the union is taken apart by the tables.
    const handlers =
      request.type in this.#handlers
        ? this.#handlers
        : TRIALS.has(request.type)
          ? (await this.#forTrials()).handlers
          : SCENARIOS.has(request.type)
            ? (await this.#forScenarios()).handlers
            : (await this.#forRuns()).handlers;
    const handler = (handlers as Partial<Record<RequestType, (params: unknown) => Promise<unknown>>>)[request.type];
    if (handler === undefined) {
      throw new RequestError('bad-request', `The page asked for “${request.type}”, which this worker does not know. Reload the page.`);
    }
    return handler(request.params);
  }

  /** The runtime and the compiler are loaded when the first run is started or resumed. */
  #forRuns(): Promise<Runs> {
    this.#runs ??= import('./run-handlers.ts').then(({ createRuns }) =>
      createRuns({ deps: this.#sessionDeps(), session: () => this.#writable(), reader: () => this.#session }),
    );
    return this.#runs;
  }

  /** Observing needs the compiler and the runtime's records: loaded with the first such request. */
  #forTrials(): Promise<Trials> {
    const { db, sandboxes, time, tell } = this.#deps;
    this.#trials ??= import('./trial/trial-handlers.ts').then(({ createTrials }) =>
      createTrials({
        db,
        sandboxes,
        time,
        compiled: this.#compiled,
        tellFuzz: (progress) => tell({ type: 'fuzz-progress', ...progress }),
        session: () => this.#session,
      }),
    );
    return this.#trials;
  }

  /** The reader of scenarios and what plays them are loaded when the first one is played. */
  #forScenarios(): Promise<Scenarios> {
    const { sandboxes, runTime: time, tell } = this.#deps;
    this.#scenarios ??= import('./play/scenario-handlers.ts').then(({ createScenarios }) =>
      createScenarios({
        sandboxes,
        time,
        compiled: this.#compiled,
        remote: this.#remoteAccess(),
        tell: (progress) => tell({ type: 'scenario-progress', ...progress }),
        project: () => this.#session?.project ?? null,
      }),
    );
    return this.#scenarios;
  }

  #remoteAccess(): RemoteAccess {
    return { ...this.#deps.relay, isConfirmed: (url) => this.#session?.confirmedRemotes.has(url) === true };
  }

  #sessionDeps(): RunSessionDeps {
    const { db, sandboxes, runTime: time, newId, tell } = this.#deps;
    return {
      db,
      sandboxes,
      time,
      compiled: this.#compiled,
      newId,
      remote: this.#remoteAccess(),
      listener: {
        onStatus: (status) => tell({ type: 'run-status', status }),
        onProjection: (projection) => tell({ type: 'run-projection', projection }),
        onEnded: () => tell({ type: 'run-status', status: null }),
        onStorageFailure: (error) => {
          // The lost lock tells of it.
          if (!isTakenOver(error)) {
            tell({ type: 'storage-problem', error: workerError(error) });
          }
        },
      },
    };
  }

  #writable(): Session {
    if (this.#session === null) {
      throw new RequestError('not-found', 'No project is open.');
    }
    if (this.#session.lock === null) {
      throw new RequestError('read-only', READ_ONLY);
    }
    return this.#session;
  }

  async #open(id: ProjectId, steal: boolean): Promise<OpenedProject> {
    await this.#close();
    const lock = await acquireProjectLock(this.#deps.locks, id, { steal, patience: this.#deps.lockPatience, onLost: () => this.#lost(id) });
    const { record, project } = await readProject(this.#deps.db, id);
    const session: Session = { id, project, lock, run: null, confirmedRemotes: new Set(record.confirmedRemotes) };
    this.#session = session;
    const stored = await findRun(this.#deps.db, id);
    if (stored !== null) {
      try {
        session.run = await this.#openRun(stored, lock !== null);
      } catch (error) {
        // The project opens all the same; the run says why it cannot go on.
        this.#deps.tell({ type: 'storage-problem', error: workerError(error) });
      }
    }
    return { id, name: record.name, files: project.files, writable: lock !== null, run: session.run?.status() ?? null };
  }

  async #openRun(stored: RunRecord, writable: boolean): Promise<OpenRun> {
    if (writable) {
      const { resumeRun } = await import('./run-session.ts');
      return resumeRun(this.#sessionDeps(), stored);
    }
    const { openStoredRun } = await import('./stored-run.ts');
    return openStoredRun(this.#sessionDeps(), stored, RUNS_ELSEWHERE);
  }

  async #close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    void this.#runs?.then((runs) => runs.close());
    void this.#trials?.then((trials) => trials.close());
    void this.#scenarios?.then((scenarios) => scenarios.close());
    if (session !== null) {
      const host = session.run?.host;
      await host?.suspend().catch((error: unknown) => {
        if (!isTakenOver(error)) {
          throw error;
        }
        host.abandon(TAKEN_OVER);
      });
      session.lock?.release();
    }
  }

  async #delete(id: ProjectId): Promise<void> {
    if (this.#session?.id === id) {
      await this.#close();
    }
    const lock = await acquireProjectLock(this.#deps.locks, id, {
      steal: false,
      patience: this.#deps.lockPatience,
      onLost: () => undefined,
    });
    if (lock === null) {
      throw new RequestError('locked', 'This project is open in another tab. Close it there, then delete it.');
    }
    try {
      await deleteProject(this.#deps.db, id);
    } finally {
      lock.release();
    }
  }

  #lost(id: ProjectId): void {
    const session = this.#session;
    if (session?.id !== id) {
      return;
    }
    session.run?.host?.abandon(TAKEN_OVER);
    this.#session = { ...session, lock: null };
    this.#deps.tell({ type: 'lost-lock' });
  }
}

const EXCLUSIVE: ReadonlySet<RequestType> = new Set([
  'open-project',
  'take-over',
  'close-project',
  'delete-project',
  'save-edits',
  'start-run',
  'end-run',
  'apply-code',
  'confirm-remotes',
] satisfies RequestType[]);

const ACTS: ReadonlySet<RequestType> = new Set([
  'play',
  'pause',
  'step',
  'set-speed',
  'to-next-timer',
  'run-until',
  'send-record',
  'checkpoint-now',
  'crash',
  'decide',
] satisfies RequestType[]);

const TRIALS: ReadonlySet<RequestType> = new Set([
  'warm-bench',
  'try-function',
  'cancel-trial',
  'observe-call',
  'read-trial-input',
  'read-function-activity',
  'fuzz-function',
  'cancel-fuzz',
] satisfies TrialRequest[]);

const SCENARIOS: ReadonlySet<RequestType> = new Set(['play-scenario', 'compare-scenario', 'cancel-scenario'] satisfies ScenarioRequest[]);
