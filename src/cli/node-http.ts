/** Requests to function servers from Node, for `simulate`, `test` and `compare`. */
import { createFunctionClient } from '../../scripts/relay/function-client.mjs';
import type { HttpTransport } from '../worker/remote/remote-caller.ts';

export function createNodeTransport(limitBytes?: number): HttpTransport {
  const client = createFunctionClient(limitBytes);
  return {
    now: () => performance.now(),
    post: ({ target: { url, transport, timeoutMillis }, body, signal }) => client.post({ url, transport, timeoutMillis, body, signal }),
    close: () => client.close(),
  };
}
