/** Sandboxes as Node worker threads: the same script and the same determinism, but no security boundary. */
import { Worker } from 'node:worker_threads';
import type { SandboxHost } from '../sandbox-api.ts';
import { PORT_NAME, REJECTED_NAME } from '../wire.ts';
import { startSession } from './sandbox-session.ts';
import { failureText } from './worker-link.ts';
import type { WorkerLink } from './worker-link.ts';

/** The worker's port, and word of rejections that nothing handles (they do not end the worker; they do not in browsers either). */
const PRELUDE =
  `globalThis[${JSON.stringify(PORT_NAME)}] = require('node:worker_threads').parentPort;` +
  `const rejected = globalThis[${JSON.stringify(REJECTED_NAME)}] = { listen: () => undefined };` +
  `process.on('unhandledRejection', (reason) => rejected.listen(reason)); process.on('uncaughtException', () => undefined);`;

/** Heap that a worker may fill before it is ended. */
const MAX_HEAP_MB = 512;
/** Of what calls leave behind, little lives long: more room would only take memory from the run. */
const YOUNG_HEAP_MB = 12;

/** @param harness the text that `buildSandboxText` made */
export function createNodeHost(harness: string): SandboxHost {
  return {
    start: (bundle, options) => startSession({ open: async (parts) => openWorker(parts), harness, prelude: PRELUDE }, bundle, options),
  };
}

function openWorker(parts: readonly string[]): WorkerLink {
  const worker = new Worker(parts.join(''), {
    eval: true,
    env: {},
    argv: [],
    execArgv: [],
    name: 'statefun-sandbox',
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
  });
  let closed = false;
  const failed = new Promise<string>((resolve) => {
    worker.on('error', (error: Error & { code?: string }) => resolve(describe(error)));
    worker.on('exit', () => {
      if (!closed) {
        resolve('The sandbox ended by itself');
      }
    });
  });
  return {
    send: (message, transfer) => worker.postMessage(message, transfer as ArrayBuffer[]),
    listen: (listener) => {
      worker.removeAllListeners('message');
      worker.on('message', listener);
    },
    close: () => {
      closed = true;
      worker.removeAllListeners('message');
      void worker.terminate();
    },
    failed,
  };
}

function describe(error: Error & { readonly code?: string }): string {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return `The sandbox ran out of memory (${MAX_HEAP_MB} MB)`;
  }
  const line = /^\[worker eval\]:(\d+)/.exec(error.stack ?? '')?.[1];
  return failureText(`${error.name}: ${error.message}`, Number(line ?? 0), 1);
}
