/** The page's end of the contract: typed requests, and a subscription to what the worker tells. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { PageEvent, RequestType, Requests, Response, WorkerError, WorkerEvent } from './contract.ts';

export interface WorkerClient {
  ask<Type extends RequestType>(type: Type, params: Requests[Type]['in']): Promise<Result<Requests[Type]['out'], WorkerError>>;
  tell(event: PageEvent, transfer?: Transferable[]): void;
  /** Returns the function that ends the subscription. */
  listen(listener: (event: WorkerEvent) => void): () => void;
}

export function connectWorker(worker: Worker): WorkerClient {
  let last = 0;
  const waiting = new Map<number, (response: Response) => void>();
  const listeners = new Set<(event: WorkerEvent) => void>();
  worker.addEventListener('message', (event: MessageEvent<Response | WorkerEvent>) => {
    const message = event.data;
    if (message.type === 'response') {
      waiting.get(message.request)?.(message);
      waiting.delete(message.request);
      return;
    }
    for (const listener of listeners) {
      listener(message);
    }
  });
  return {
    ask<Type extends RequestType>(type: Type, params: Requests[Type]['in']) {
      last += 1;
      const request = last;
      return new Promise<Result<Requests[Type]['out'], WorkerError>>((resolve) => {
        waiting.set(request, (response) => {
          // The worker answers each request type with that type's `out`.
          resolve(response.ok ? ok(response.value as Requests[Type]['out']) : err(response.error));
        });
        worker.postMessage({ request, type, params });
      });
    },
    tell(event, transfer = []) {
      worker.postMessage(event, transfer);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
