/** How the worker gets sandboxes: it asks the page, which owns the iframe, and is handed a port. */
import type { PageEvent, WorkerEvent } from './contract.ts';

export interface OpenedPort {
  readonly port: MessagePort;
  close(): void;
  /** Resolves with a message when the sandbox behind the port is gone; also after `close`, when it was gone before. */
  readonly failed: Promise<string>;
}

export interface SandboxPorts {
  open(parts: readonly string[]): Promise<OpenedPort>;
}

export interface PagePorts extends SandboxPorts {
  onPageEvent(event: Extract<PageEvent, { type: 'sandbox-port' | 'sandbox-failed' }>): void;
}

export function createPagePorts(tell: (event: WorkerEvent) => void): PagePorts {
  let last = 0;
  const waiting = new Map<number, { resolve(port: OpenedPort): void; reject(error: Error): void }>();
  const failures = new Map<number, (message: string) => void>();
  return {
    open(parts) {
      last += 1;
      const sandbox = last;
      return new Promise((resolve, reject) => {
        waiting.set(sandbox, { resolve, reject });
        tell({ type: 'sandbox-wanted', sandbox, parts });
      });
    },
    onPageEvent(event) {
      const { sandbox } = event;
      const asked = waiting.get(sandbox);
      waiting.delete(sandbox);
      if (event.type === 'sandbox-failed') {
        asked?.reject(new Error(event.message));
        failures.get(sandbox)?.(event.message);
        failures.delete(sandbox);
        return;
      }
      const failed = new Promise<string>((resolve) => failures.set(sandbox, resolve));
      asked?.resolve({
        port: event.port,
        failed,
        close() {
          // `failed` stays open: the page may find that the sandbox was gone before it was let go.
          event.port.close();
          tell({ type: 'sandbox-unwanted', sandbox });
        },
      });
    },
  };
}
