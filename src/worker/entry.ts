/** Entry of the app's worker: gives StudioWorker what the browser has, and passes messages. */
import { openDatabase } from '../storage/database.ts';
import type { PageEvent, Request, Response, WorkerEvent } from './contract.ts';
import { considerateTime } from './considerate-time.ts';
import { createRealTime } from './real-time.ts';
import { lazySandboxHost } from './lazy-sandbox-host.ts';
import { createPagePorts } from './sandbox-ports.ts';
import { StudioWorker } from './studio-worker.ts';
import { workerError } from './worker-error.ts';

const tell = (event: WorkerEvent | Response): void => self.postMessage(event);
const ports = createPagePorts(tell);
/** With more processors than these, page, worker and sandboxes have one each. */
const FEW_PROCESSORS = 4;
const time = createRealTime();
const runTime = considerateTime(time);
let started: StudioWorker | null = null;

const worker = openDatabase({ onClosed: (reason) => started?.storageLost(reason) }).then((db) => {
  started = new StudioWorker({
    db,
    sandboxes: lazySandboxHost(ports),
    locks: navigator.locks,
    // A browser lets a worker that is busy end by itself for two seconds.
    lockPatience: 2000,
    time,
    runTime,
    wallClock: () => Date.now(),
    newId: () => crypto.randomUUID(),
    tell,
    relay: { base: new URL('/relay/', location.origin).href, fetch: (url, init) => fetch(url, init) },
  });
  return started;
});

self.addEventListener('message', (event: MessageEvent<Request | PageEvent>) => {
  const message = event.data;
  if (message.type === 'sandbox-port' || message.type === 'sandbox-failed') {
    ports.onPageEvent(message);
  } else if (message.type === 'user-busy') {
    if (navigator.hardwareConcurrency <= FEW_PROCESSORS) {
      runTime.userBusy();
    }
  } else {
    worker.then(
      async (studio) => tell(await studio.answer(message)),
      (error: unknown) => tell({ type: 'response', request: message.request, ok: false, error: workerError(error) }),
    );
  }
});
