/** The requests that concern the run of the open project. */
import { ApplyAhead } from './apply/apply-ahead.ts';
import { NextCode } from './apply/next-code.ts';
import { findRun } from '../storage/run-storage.ts';
import type { Engine } from '../runtime/engine-api.ts';
import type { RequestType, Requests } from './contract.ts';
import { applyCode, endRun, resumeRun, startRun } from './run-session.ts';
import type { RunSessionDeps } from './run-session.ts';
import { confirmRemotes } from '../storage/project-storage.ts';
import { compareRecorded } from './remote/compare-recorded.ts';
import { createRelayTransport, hasRelay } from './remote/relay-transport.ts';
import { projectRemotes, remoteStatus, requireRemotes } from './remote/project-remotes.ts';
import { engineOf, hostOf } from './open-run.ts';
import type { OpenRun } from './open-run.ts';
import type { RunHost } from './run-host.ts';
import { readMessage } from './message-detail.ts';
import type { ScenarioRequest } from './play/scenario-handlers.ts';
import type { Session } from './studio-worker.ts';
import type { TrialRequest } from './trial/trial-handlers.ts';
import { RequestError } from './worker-error.ts';

export type RunRequest = Exclude<
  RequestType,
  | TrialRequest
  | ScenarioRequest
  | 'list-projects'
  | 'create-project'
  | 'open-project'
  | 'take-over'
  | 'close-project'
  | 'rename-project'
  | 'delete-project'
  | 'save-edits'
>;
export type RunHandlers = { readonly [Type in RunRequest]: (params: Requests[Type]['in']) => Promise<Requests[Type]['out']> };

export interface RunHandlerContext {
  readonly deps: RunSessionDeps;
  /** The open project, writable; throws a RequestError otherwise. */
  session(): Session;
  reader(): Session | null;
}

export interface Runs {
  readonly handlers: RunHandlers;
  /** The project's files are other ones now: what Ctrl+S will want is made ready again. */
  projectChanged(): void;
  close(): void;
}

export function createRuns(context: RunHandlerContext): Runs {
  const { deps } = context;
  const ahead = new ApplyAhead({
    next: new NextCode(deps.sandboxes),
    time: deps.time,
    compiled: deps.compiled,
    session: () => context.reader(),
  });
  return {
    handlers: runHandlers(context, ahead),
    projectChanged: () => ahead.projectChanged(),
    close: () => void ahead.want(false),
  };
}

function runHandlers(context: RunHandlerContext, ahead: ApplyAhead): RunHandlers {
  const { deps } = context;
  const run = (): OpenRun => {
    const open = context.reader()?.run ?? null;
    if (open === null) {
      throw new RequestError('no-run', 'There is no run. Simulate starts one.');
    }
    return open;
  };
  const done = async (work: Promise<void>): Promise<null> => {
    await work;
    return null;
  };
  /** A run whose functions moved elsewhere asks before it calls there. */
  const consented = async (): Promise<void> => {
    const { remote, record } = run();
    if (remote !== null) {
      remote.useSettings(projectRemotes(context.session().project));
      await requireRemotes(deps.remote, { module: record.config.module, remotes: remote.settings() });
    }
  };
  const host = (): RunHost => hostOf(run());
  const engine = (): Engine => engineOf(run());
  return {
    'start-run': async ({ speed, play }) => {
      const session = context.session();
      const before = session.run;
      ahead.runChanged();
      // The old run ends first: it and the new one must not write at once.
      await before?.host?.suspend();
      session.run = null;
      try {
        session.run = await startRun(deps, session.id, session.project, speed, play);
      } catch (error) {
        // What cannot start replaces nothing: the run there was stands where it stood.
        const stored = before === null ? null : await findRun(deps.db, session.id);
        session.run = stored === null ? null : await resumeRun(deps, { ...stored, control: { ...stored.control, playing: false } });
        throw error;
      }
      return session.run.status();
    },
    'end-run': async () => {
      const session = context.session();
      ahead.runChanged();
      if (session.run !== null) {
        await endRun(deps, session.run, session.id);
        session.run = null;
        deps.listener.onEnded();
      }
      return null;
    },
    play: async () => {
      await consented();
      return done(host().play());
    },
    pause: () => done(host().pause()),
    step: () => done(host().step()),
    'set-speed': ({ speed }) => done(host().setSpeed(speed)),
    'to-next-timer': () => done(host().toNextTimer()),
    'run-until': ({ at }) => done(host().runUntil(at)),
    'send-record': ({ record }) => done(host().input({ type: 'produce', record })),
    'checkpoint-now': () => done(host().input({ type: 'checkpoint' })),
    crash: () => done(host().input({ type: 'crash' })),
    decide: async ({ decision }) => {
      if (decision === 'retry') {
        await consented();
      }
      return done(host().decide(decision));
    },
    'remote-status': async () => {
      const project = context.reader()?.project ?? { files: new Map() };
      return { relay: await hasRelay(deps.remote), remotes: remoteStatus(project, deps.remote) };
    },
    'compare-recorded': async ({ functions, from }) => {
      const open = run();
      const { module } = open.record.config;
      const remote = projectRemotes(context.session().project).find((setting) => setting.functions === functions);
      if (remote === undefined) {
        throw new RequestError('bad-request', `${functions} is not remote in this project: switch it in its form first.`);
      }
      await requireRemotes(deps.remote, { module, remotes: [remote] });
      const transport = createRelayTransport(deps.remote);
      try {
        return await compareRecorded(deps.db, open, remote, from, transport);
      } finally {
        transport.close();
      }
    },
    'confirm-remotes': async ({ urls }) => {
      const session = context.session();
      await confirmRemotes(deps.db, session.id, urls);
      urls.forEach((url) => session.confirmedRemotes.add(url));
      return null;
    },
    'warm-apply': async ({ open }) => {
      await ahead.want(open);
      return null;
    },
    'apply-code': ({ agreed }) => applyCode(deps, ahead, run(), context.session().project, agreed),
    audit: () => Promise.resolve(engine().audit()),
    'read-trace': ({ filter, from, count }) => run().trace.read(filter, from, count, run().length()),
    'trace-hash': () => Promise.resolve(host().recorder().traceHash()),
    'read-message': ({ seq }) => readMessage(deps.db, run(), seq),
    'read-addresses': ({ typename, search, from, count }) => Promise.resolve(findAddresses(engine(), typename, search, from, count)),
    'read-timers': ({ from, count }) => Promise.resolve(engine().timers(from, count)),
    'read-topics': () => Promise.resolve(engine().topics()),
    'read-records': ({ topic, from, count }) => Promise.resolve(engine().records(topic, from, count)),
    'read-console': ({ from, count }) => run().console.read(from, count, run().length()),
  };
}

function findAddresses(
  engine: Engine,
  typename: Requests['read-addresses']['in']['typename'],
  search: string | null,
  from: number,
  count: number,
): Requests['read-addresses']['out'] {
  if (search === null || search === '') {
    return engine.addresses(typename, from, count);
  }
  const { total } = engine.addresses(typename, 0, 0);
  const found = engine.addresses(typename, 0, total).rows.filter((row) => row.address.id.includes(search));
  return { total: found.length, rows: found.slice(from, from + count) };
}
