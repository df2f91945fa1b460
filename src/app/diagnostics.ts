/**
 * `globalThis.statefunStudio.ask`: the page's own requests to its worker, for tests and for a look from the browser's
 * console. A script in the page can do nothing with it that clicks cannot do: the requests are those of the buttons and
 * panels, and the worker checks each as it does theirs.
 */
import type { WorkerClient } from '../worker/client.ts';

export interface Diagnostics {
  readonly ask: WorkerClient['ask'];
}

declare global {
  var statefunStudio: Diagnostics;
}

export function exposeDiagnostics({ ask }: WorkerClient): void {
  globalThis.statefunStudio = { ask };
}
