/** The app's worker in Node: the same StudioWorker over an in-memory IndexedDB and the Node sandbox. A "tab" may be killed at any moment. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Result } from '../../src/base/result.ts';
import { err, ok } from '../../src/base/result.ts';
import { buildSandboxText } from '../../src/sandbox/build/build-sandbox-text.ts';
import { createNodeHost } from '../../src/sandbox/host/node-host.ts';
import type { SandboxHost } from '../../src/sandbox/sandbox-api.ts';
import { openDatabase } from '../../src/storage/database.ts';
import type { RequestType, Requests, RunPhase, RunProjection, RunStatus, WorkerError, WorkerEvent } from '../../src/worker/contract.ts';
import type { LockManagerLike } from '../../src/worker/project-lock.ts';
import { createRealTime } from '../../src/worker/real-time.ts';
import type { RealTime } from '../../src/worker/run-host-api.ts';
import { StudioWorker } from '../../src/worker/studio-worker.ts';

export interface NodeTab {
  ask<Type extends RequestType>(type: Type, params: Requests[Type]['in']): Promise<Result<Requests[Type]['out'], WorkerError>>;
  /** As `ask`, and throws what it refuses. */
  get<Type extends RequestType>(type: Type, params: Requests[Type]['in']): Promise<Requests[Type]['out']>;
  readonly events: readonly WorkerEvent[];
  /** Every sandbox that was started, in order. */
  readonly sandboxes: readonly StartedSandbox[];
  status(): RunStatus | null;
  projection(): RunProjection | null;
  /** Resolves at the next status with one of the phases, or at once when the run is in one. */
  phase(...phases: readonly RunPhase[]): Promise<RunStatus>;
  /** Resolves once a projection passes. */
  projected(test: (projection: RunProjection) => boolean): Promise<RunProjection>;
  /** Resolves once what the run has done until now is on disk and shown: its phase is told before. */
  shown(): Promise<void>;
  /** Resolves once the worker has told such an event. */
  told(type: WorkerEvent['type']): Promise<void>;
  /** The tab's process ends: nothing is finished, nothing more is written. */
  kill(): void;
}

export interface StartedSandbox {
  readonly code: string;
  closed: boolean;
}

type RelayAddress = ConstructorParameters<typeof StudioWorker>[0]['relay'];

const NO_RELAY: RelayAddress = { base: 'http://127.0.0.1:1/relay/', fetch: () => Promise.reject(new Error('there is no relay')) };

/** What outlives tabs: the disk, and the locks of the browser. */
export interface NodeBrowser {
  open(time?: RealTime): Promise<NodeTab>;
}

export function nodeBrowser(relay: RelayAddress = NO_RELAY, options: { readonly lossIsTold: boolean } = { lossIsTold: true }): NodeBrowser {
  const disk = new IDBFactory();
  const locks = createLocks(options.lossIsTold);
  let ids = 0;
  return {
    async open(time = createRealTime()) {
      const alive = { value: true };
      const harness = await buildSandboxText();
      const sandboxes: StartedSandbox[] = [];
      const host = noting(createNodeHost(harness), sandboxes);
      const events: WorkerEvent[] = [];
      const watchers = new Set<() => void>();
      globalThis.indexedDB = disk;
      const db = await openDatabase({ onClosed: () => undefined });
      const held = locks.forTab();
      const worker = new StudioWorker({
        db,
        sandboxes: host,
        locks: held.locks,
        lockPatience: 100,
        time,
        runTime: time,
        wallClock: () => 0,
        newId: () => `id-${(ids += 1)}`,
        relay,
        tell(event) {
          if (alive.value) {
            events.push(event);
            for (const watcher of watchers) {
              watcher();
            }
          }
        },
      });
      let request = 0;
      const ask = async <Type extends RequestType>(type: Type, params: Requests[Type]['in']) => {
        request += 1;
        // The union of requests is built member by member; here type and params belong together by signature.
        const response = await worker.answer({ request, type, params } as Parameters<StudioWorker['answer']>[0]);
        return response.ok ? ok(response.value as Requests[Type]['out']) : err(response.error);
      };
      const latest = <Type extends WorkerEvent['type']>(type: Type) =>
        events.findLast((event): event is Extract<WorkerEvent, { type: Type }> => event.type === type);
      const until = <T>(look: () => T | null) =>
        new Promise<T>((resolve) => {
          const check = () => {
            const found = look();
            if (found !== null) {
              watchers.delete(check);
              resolve(found);
            }
          };
          watchers.add(check);
          check();
        });
      const get: NodeTab['get'] = async (type, params) => {
        const answer = await ask(type, params);
        if (!answer.ok) {
          throw new Error(`${type}: ${answer.error.code} ${answer.error.message}`);
        }
        return answer.value;
      };
      const status = () => latest('run-status')?.status ?? null;
      const projection = () => latest('run-projection')?.projection ?? null;
      const projected: NodeTab['projected'] = (test) =>
        until(() => {
          const now = projection();
          return now !== null && test(now) ? now : null;
        });
      return {
        ask,
        get,
        events,
        sandboxes,
        status,
        projection,
        phase: (...phases) =>
          until(() => {
            const now = status();
            return now !== null && phases.includes(now.phase) ? now : null;
          }),
        projected,
        async shown() {
          const { run } = status() ?? {};
          const { events: length } = await get('trace-hash', {});
          await projected((each) => each.run === run && each.traceLength >= length);
        },
        async told(type) {
          await until(() => latest(type) ?? null);
        },
        kill() {
          alive.value = false;
          db.close();
          held.drop();
        },
      };
    },
  };
}

function noting(host: SandboxHost, started: StartedSandbox[]): SandboxHost {
  return {
    async start(bundle, options) {
      const entry: StartedSandbox = { code: bundle.hash, closed: false };
      started.push(entry);
      const sandbox = await host.start(bundle, options);
      const close = sandbox.close.bind(sandbox);
      return Object.assign(sandbox, {
        close() {
          entry.closed = true;
          close();
        },
      });
    },
  };
}

/** Exclusive locks with `signal` and `steal`, as the Web Locks API has them. A tab that is busy hears late that it lost one, or never. */
function createLocks(lossIsTold: boolean) {
  const owners = new Map<string, { readonly tab: object; lose(): void }>();
  const waiting = new Map<string, (() => void)[]>();
  const letGo = (name: string) => {
    owners.delete(name);
    waiting.get(name)?.shift()?.();
  };
  return {
    forTab() {
      const tab = {};
      const locks: LockManagerLike = {
        async request(name, options, callback) {
          const owner = owners.get(name);
          if (owner !== undefined && options.steal !== true) {
            await new Promise<void>((resolve, reject) => {
              const queue = waiting.get(name) ?? [];
              waiting.set(name, queue);
              queue.push(resolve);
              options.signal?.addEventListener('abort', () => {
                const place = queue.indexOf(resolve);
                if (place >= 0) {
                  queue.splice(place, 1);
                  reject(options.signal?.reason);
                }
              });
            });
          } else if (lossIsTold) {
            owner?.lose();
          }
          return new Promise((resolve, reject) => {
            const mine = { tab, lose: () => reject(new DOMException('stolen', 'AbortError')) };
            owners.set(name, mine);
            void Promise.resolve(callback({ name, mode: 'exclusive' })).then((value) => {
              if (owners.get(name) === mine) {
                letGo(name);
              }
              resolve(value);
            });
          });
        },
      };
      return {
        locks,
        drop() {
          for (const [name, owner] of owners) {
            if (owner.tab === tab) {
              letGo(name);
            }
          }
        },
      };
    },
  };
}
