/**
 * The requests about scenarios. Each play is a run of its own from the files of that moment, in sandboxes of its own: the open run is not
 * touched, nothing is stored, and what it held is let go of when it is over.
 */
import type { FilePath } from '../../base/ids.ts';
import type { Project } from '../../model/project.ts';
import { textFile } from '../../model/project.ts';
import type { Engine } from '../../runtime/engine-api.ts';
import type { CompileCache } from '../../sandbox/compile/compile-bundle.ts';
import type { SandboxHost } from '../../sandbox/sandbox-api.ts';
import type { RequestType, Requests } from '../contract.ts';
import { createRelayTransport } from '../remote/relay-transport.ts';
import { projectRemotes, requireRemotes } from '../remote/project-remotes.ts';
import type { RemoteAccess } from '../remote/project-remotes.ts';
import type { RealTime } from '../run-host-api.ts';
import type { RemoteChoice } from '../run-setup.ts';
import type { ScenarioComparison, ScenarioProgress, ScenarioRequests, ScenarioVerdict, ScenarioWarnings } from '../scenario-contract.ts';
import { RequestError } from '../worker-error.ts';
import { compareRuns } from './compare-runs.ts';
import { playFile, readScenario } from './play-file.ts';
import { openPlayProject } from './play-project.ts';
import type { PlayPlace } from './play-project.ts';

export type ScenarioRequest = Extract<RequestType, keyof ScenarioRequests>;
export type ScenarioHandlers = { readonly [Type in ScenarioRequest]: (params: Requests[Type]['in']) => Promise<Requests[Type]['out']> };

export interface ScenarioContext {
  readonly sandboxes: SandboxHost;
  readonly time: RealTime;
  readonly compiled: CompileCache;
  readonly remote: RemoteAccess;
  readonly tell: (progress: ScenarioProgress) => void;
  readonly project: () => Project | null;
}

export interface Scenarios {
  readonly handlers: ScenarioHandlers;
  close(): void;
}

/** Real ms between two words about how far it is. */
const TELL_EVERY = 100;

export function createScenarios(context: ScenarioContext): Scenarios {
  const { sandboxes, time, compiled, remote } = context;
  const place: PlayPlace = { sandboxes, compiled, transport: () => createRelayTransport(remote), nextTurn: () => time.breathe() };
  let playing = new AbortController();

  const begin = (path: FilePath) => {
    const project = context.project();
    if (project === null) {
      throw new RequestError('not-found', 'No project is open.');
    }
    const text = textFile(project, path);
    if (text === null) {
      throw new RequestError('not-found', `There is no text file ${path} in the project.`);
    }
    playing.abort();
    playing = new AbortController();
    return { files: project.files, source: { path, text }, signal: playing.signal };
  };
  const open = (files: Project['files'], remotes?: RemoteChoice) =>
    openPlayProject(files, place, {
      remotes,
      async admit(config) {
        await requireRemotes(remote, config);
        return [];
      },
    });

  const play = async (path: FilePath): Promise<ScenarioVerdict> => {
    const { files, source, signal } = begin(path);
    const begun = time.now();
    const progress = new Progress(path, context);
    let warnings: ScenarioWarnings = { project: [], scenario: [] };
    const played = await playFile(source, files, {
      open,
      signal,
      onWarnings: (project, scenario) => (warnings = { project, scenario }),
      onProgress: ({ done, steps, clock }) => progress.update({ clock, steps: { done, of: steps } }),
      onFailure: () => progress.update({ failures: progress.now.failures + 1 }),
      onTrace: (_, engine, startAt) => progress.follow(engine, startAt),
    });
    return played.ok
      ? { ...played.value, type: 'played', warnings, realMillis: Math.round(time.now() - begun) }
      : { type: 'not-played', why: played.error };
  };

  const compare = async (path: FilePath, functions: readonly string[] | null): Promise<ScenarioComparison> => {
    const { files, source, signal } = begin(path);
    const chosen = projectRemotes({ files }).filter((each) => functions === null || functions.includes(each.functions));
    if (chosen.length === 0) {
      const which = functions === null || functions.length === 0 ? 'No function' : functions.join(', ');
      throw new RequestError('bad-request', `${which} is remote in this project: switch functions or their endpoint to remote first.`);
    }
    const scenario = readScenario(source);
    if (!scenario.ok) {
      return { type: 'not-played', why: { type: 'scenario', problems: scenario.error } };
    }
    const progress = new Progress(path, context);
    const compared = await compareRuns(
      files,
      { type: 'scenario', scenario: scenario.value },
      {
        open: (remotes) => open(files, remotes),
        remotes: () => chosen,
        signal,
        watch(side, startAt) {
          progress.update({ side, clock: 0, messages: 0 });
          return { note: (_, engine) => progress.follow(engine, startAt), over: () => undefined };
        },
      },
    );
    return compared.ok
      ? { ...compared.value, type: 'compared' }
      : { type: 'not-played', why: { type: 'project', problems: compared.error } };
  };

  return {
    handlers: {
      'play-scenario': ({ path }) => play(path),
      'compare-scenario': ({ path, functions }) => compare(path, functions),
      'cancel-scenario': async () => {
        playing.abort();
        return null;
      },
    },
    close: () => playing.abort(),
  };
}

/** Tells the first word at once, and then not too often. */
class Progress {
  readonly #context: Pick<ScenarioContext, 'time' | 'tell'>;
  #told = -Infinity;
  now: ScenarioProgress;

  constructor(path: FilePath, context: Pick<ScenarioContext, 'time' | 'tell'>) {
    this.#context = context;
    this.now = { path, side: null, clock: 0, messages: 0, steps: null, failures: 0 };
  }

  update(part: Partial<ScenarioProgress>): void {
    this.now = { ...this.now, ...part };
    const real = this.#context.time.now();
    if (real - this.#told >= TELL_EVERY) {
      this.#told = real;
      this.#context.tell(this.now);
    }
  }

  follow(engine: Pick<Engine, 'metrics'>, startAt: number): void {
    const { now, messages } = engine.metrics();
    this.update({ clock: Math.max(0, now - startAt), messages });
  }
}
