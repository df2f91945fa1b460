/** Starts the worker that owns runtime and storage, and joins it with the stores and the sandbox's frames. */
import { exposeDiagnostics } from './diagnostics.ts';
import { keepLogpoints } from './logpoint-memory.ts';
import { keepWorkspace } from './workspace-memory.ts';
import { recall, remember } from './local-memory.ts';
import { useSession } from './session.ts';
import { createWorker, startSandboxFrames } from './slots.tsx';
import { listenToInput } from '../state/behind-keys.ts';
import { setClient } from '../state/client.ts';
import { keepVerdicts } from '../state/scenario-memory.ts';
import { setSmallMemory } from '../state/small-memory.ts';
import { listenToWorker } from '../state/run-controller.ts';
import { connectWorker } from '../worker/client.ts';

export function startWorker(): void {
  const worker = createWorker();
  const client = connectWorker(worker);
  setClient(client);
  listenToWorker(client);
  startSandboxFrames(client);
  setSmallMemory({ recall, remember });
  keepLogpoints();
  keepWorkspace();
  keepVerdicts();
  listenToInput(document, afterFrame, () => client.tell({ type: 'user-busy' }));
  exposeDiagnostics(client);
  worker.addEventListener('error', (event) => {
    useSession.setState({ workerFailure: event.message === '' ? 'The Studio’s worker could not be started.' : event.message });
  });
}

/** A task that is asked for in a frame runs when the frame has been made. */
function afterFrame(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run));
}
