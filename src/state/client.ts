/** The one worker client of the page, set once by the wiring in app/. */
import type { WorkerClient } from '../worker/client.ts';

let client: WorkerClient | null = null;

export function setClient(next: WorkerClient): void {
  client = next;
}

export function workerClient(): WorkerClient {
  if (client === null) {
    throw new Error('worker client used before wiring');
  }
  return client;
}
