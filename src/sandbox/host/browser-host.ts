/**
 * Sandboxes for the app's worker, which has no page of its own: the page starts them and hands over their ports. This module
 * holds the sandbox's whole script, and is loaded when the first simulation starts.
 */
import { sandboxWorkerText } from 'virtual:sandbox-worker-text';
import type { SandboxHost } from '../sandbox-api.ts';
import { startSession } from './sandbox-session.ts';
import type { WorkerLink } from './worker-link.ts';

export interface OpenedSandboxPort {
  readonly port: MessagePort;
  close(): void;
  /** Resolves with a message when the sandbox behind the port is gone; also after `close`, when it was gone before. */
  readonly failed: Promise<string>;
}

export interface SandboxPorts {
  open(parts: readonly string[]): Promise<OpenedSandboxPort>;
}

export function createBrowserHost(ports: SandboxPorts): SandboxHost {
  const open = async (parts: readonly string[]): Promise<WorkerLink> => linkOf(await ports.open(parts));
  return { start: (bundle, options) => startSession({ open, harness: sandboxWorkerText, prelude: '' }, bundle, options) };
}

function linkOf({ port, close, failed }: OpenedSandboxPort): WorkerLink {
  return {
    send: (message, transfer) => port.postMessage(message, transfer),
    listen: (listener) => {
      port.onmessage = (event: MessageEvent<unknown>) => listener(event.data);
      // What cannot be read by structured cloning is no answer either.
      port.onmessageerror = () => listener(null);
    },
    close,
    failed,
  };
}
