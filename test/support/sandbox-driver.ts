/** Starts real sandboxes in Node, and closes them when a test ends. */
import { afterEach } from 'vitest';
import { buildSandboxText } from '../../src/sandbox/build/build-sandbox-text.ts';
import { createNodeHost } from '../../src/sandbox/host/node-host.ts';
import type { Sandbox } from '../../src/sandbox/sandbox-api.ts';
import { compile } from './sandbox-calls.ts';
import type { Sources } from './sandbox-calls.ts';

const open: Sandbox[] = [];

afterEach(() => {
  for (const sandbox of open.splice(0)) {
    sandbox.close();
  }
});

export async function startSandbox(sources: Sources, invocationLimitMillis = 5000, loadLimitMillis = 10_000): Promise<Sandbox> {
  const { bundle } = await compile(sources);
  const sandbox = await createNodeHost(await buildSandboxText()).start(bundle, { invocationLimitMillis, loadLimitMillis });
  open.push(sandbox);
  return sandbox;
}
