/**
 * The sandbox worker's script: loads the SDK, waits for the bundle (the script's trailing part calls the harness with it),
 * locks the realm down, runs the project's modules, and then answers batches over its port.
 */
import { hash32 } from '../../base/random.ts';
import { PORT_NAME, REJECTED_NAME, START_NAME } from '../wire.ts';
import type { BatchMessage, ModuleTable, WorkerMessage } from '../wire.ts';
import { beginCall } from './call-record.ts';
import { describeThrown } from './describe-thrown.ts';
import { discover } from './discover.ts';
import { hop } from './hop.ts';
import { lockDown, sealGlobals } from './lockdown.ts';
import type { ModuleBody } from './modules.ts';
import { NativePromise, promiseThen } from './primordials.ts';
import { createProbe } from './probe.ts';
import { createServer } from './serve.ts';
import { createStallProbe } from './stall-probe.ts';
import type { Server } from './serve.ts';
import { installStacks, placesOfError, setFiles } from './stack-places.ts';
import { cancelAllTimers } from './virtual-clock.ts';
import { setStubs } from './virtual-fetch.ts';

interface PortLike {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

const scope = globalThis as unknown as Record<string, unknown>;
const waiting: { message: WorkerMessage; transfer: Transferable[] }[] = [];
let post: ((message: WorkerMessage, transfer: Transferable[]) => void) | null = null;
let server: Server | null = null;
let queue: Promise<unknown> = NativePromise.resolve();

function send(message: WorkerMessage, transfer: Transferable[] = []): void {
  if (post === null) {
    waiting.push({ message, transfer });
  } else {
    post(message, transfer);
  }
}

function connect(port: PortLike): void {
  post = port.postMessage.bind(port) as (message: WorkerMessage, transfer: Transferable[]) => void;
  for (const { message, transfer } of waiting) {
    post(message, transfer);
  }
  port.onmessage = (event) => {
    const message = event.data as BatchMessage;
    // The host sends batches only once the report has come.
    queue = promiseThen(queue, () => server?.serve(message, send));
  };
}

async function start(table: ModuleTable, bodies: readonly ModuleBody[]): Promise<void> {
  setFiles(table.files);
  installStacks();
  lockDown();
  // Module code runs at virtual time 0, before any call.
  beginCall(0, hash32(table.hash));
  const probe = table.observed === undefined ? null : createProbe(table.observed);
  const stalls =
    table.stalls === undefined
      ? null
      : createStallProbe(table.stalls.points, table.stalls.afterMillis, (stall, point, sure) => send({ type: 'at', stall, point, sure }));
  const watching = probe?.given ?? stalls?.given ?? null;
  const { report, functions, stubs } = discover(table, bodies, (file) => send({ type: 'loading', file }), watching);
  await hop();
  cancelAllTimers();
  sealGlobals();
  setStubs(stubs);
  const outliving = functions.map(({ file }) => table.files[file]?.async ?? true);
  server = createServer(functions, outliving, hop, probe, stalls);
  send({ type: 'loaded', report });
}

/** Told so often in the life of a worker. */
const MAX_REJECTIONS = 20;
let rejections = 0;

function noteRejection(reason: unknown): void {
  rejections += 1;
  if (rejections <= MAX_REJECTIONS) {
    send({ type: 'rejected', error: { ...describeThrown(reason), stack: placesOfError(reason), messageIndex: null } });
  }
}

const rejected = scope[REJECTED_NAME] as { listen: (reason: unknown) => void } | undefined;
if (rejected !== undefined) {
  rejected.listen = noteRejection;
} else {
  globalThis.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    noteRejection(event.reason);
  });
}

const given = scope[PORT_NAME] as PortLike | undefined;
if (given !== undefined) {
  connect(given);
} else {
  scope['onmessage'] = (event: MessageEvent) => {
    const [port] = event.ports;
    if (port !== undefined && post === null) {
      connect(port);
    }
  };
}
scope[START_NAME] = (table: ModuleTable, bodies: readonly ModuleBody[]): void => {
  Reflect.deleteProperty(scope, START_NAME);
  void promiseThen(start(table, bodies), undefined, (error) => send({ type: 'broken', message: describeThrown(error).message }));
};
