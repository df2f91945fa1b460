/** Builds the sandbox test page and serves it with the app's own server, headers included. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { sandboxPlugin } from '../../../src/sandbox/build/sandbox-plugin.ts';
import { createAppServer, listen } from '../../../scripts/serve.mjs';

export interface ServedPage {
  readonly url: string;
  /** Paths that browsers asked for, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function serveSandboxPage(): Promise<ServedPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'sandbox-page-'));
  await build({
    root: join(process.cwd(), 'test/support/sandbox-page'),
    configFile: false,
    logLevel: 'error',
    base: './',
    plugins: [sandboxPlugin()],
    worker: { format: 'es', plugins: () => [sandboxPlugin()] },
    build: { outDir, emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
  });
  const server = createAppServer(outDir);
  const requests: string[] = [];
  server.on('request', (request) => requests.push(request.url ?? ''));
  const port = await listen(server, 4790);
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
