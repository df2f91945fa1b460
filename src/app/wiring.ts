/** Starts the worker that owns runtime and storage, and joins it with the stores and the sandbox's frames. */
import { exposeDiagnostics } from './diagnostics.ts';
import { useSession } from './session.ts';
import { createWorker, startSandboxFrames } from './slots.tsx';
import { setClient } from '../state/client.ts';
import { listenToWorker } from '../state/run-controller.ts';
import { connectWorker } from '../worker/client.ts';

export function startWorker(): void {
  const worker = createWorker();
  const client = connectWorker(worker);
  setClient(client);
  listenToWorker(client);
  startSandboxFrames(client);
  exposeDiagnostics(client);
  worker.addEventListener('error', (event) => {
    useSession.setState({ workerFailure: event.message === '' ? 'The Studio’s worker could not be started.' : event.message });
  });
  document.addEventListener('visibilitychange', () => client.tell({ type: 'visibility', visible: !document.hidden }));
}
