/** A browser in Node beside the server of the Studio, whose relay takes calls to function servers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAppServer, listen } from '../../scripts/serve.mjs';
import { nodeBrowser } from './studio-in-node.ts';
import type { NodeBrowser } from './studio-in-node.ts';

export interface RelayedBrowser {
  readonly browser: NodeBrowser;
  close(): Promise<void>;
}

export async function relayedBrowser(): Promise<RelayedBrowser> {
  const dist = await mkdtemp(join(tmpdir(), 'statefun-relayed-'));
  await writeFile(join(dist, 'sandbox.html'), '<script>1</script>');
  const app = createAppServer(dist);
  const origin = `http://127.0.0.1:${await listen(app, 0)}`;
  return {
    browser: nodeBrowser({
      base: `${origin}/relay/`,
      fetch: (url, init) => fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), origin } }),
    }),
    async close() {
      app.closeAllConnections();
      await new Promise((resolve) => {
        app.close(resolve);
      });
      await rm(dist, { recursive: true });
    },
  };
}
