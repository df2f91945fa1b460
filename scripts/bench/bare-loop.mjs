/** Runs the bare loop in a dedicated worker of a plain page, in the browser that runs the app too. */
import { join } from 'node:path';
import { root } from '../install.mjs';
import { servePlain } from './servers.mjs';

const PASSES = 3;
/** The SDK's generated classes expect Node's name for the global object. */
const SDK_GLOBAL = 'globalThis.global = globalThis;';

/** One script, made as the sandbox's own is: same bundler, same target, names kept. */
async function bundleWorker() {
  const { build } = await import('vite');
  const output = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: join(root, 'scripts/bench/bare-worker.mjs'), output: { format: 'iife', strict: true, intro: SDK_GLOBAL } },
    },
  });
  const [result] = Array.isArray(output) ? output : [output];
  return Buffer.from(result.output[0].code);
}

/** Length and bytes of each buffer, one after the other. */
function joined(buffers) {
  return Buffer.concat(
    buffers.flatMap((buffer) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(buffer.length);
      return [length, buffer];
    }),
  );
}

export async function createBareLoop(browser, packedRequests) {
  const server = await servePlain({
    '/': { type: 'text/html', body: Buffer.from('<!doctype html><title>Bare loop</title>') },
    '/worker.js': { type: 'text/javascript', body: await bundleWorker() },
    '/requests': { type: 'application/octet-stream', body: joined(packedRequests) },
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.address}/`);
  return {
    /** In a fresh worker: once to warm up, then timed. Milliseconds of each timed pass, and of the longest call in it. */
    async run() {
      const { results, error } = await page.evaluate(async (passes) => {
        const bytes = await (await fetch('/requests')).arrayBuffer();
        const view = new DataView(bytes);
        const packed = [];
        for (let at = 0; at < bytes.byteLength;) {
          const length = view.getUint32(at, true);
          packed.push(bytes.slice(at + 4, at + 4 + length));
          at += 4 + length;
        }
        const worker = new Worker('/worker.js');
        const answer = await new Promise((resolve) => {
          worker.onmessage = (event) => resolve(event.data);
          worker.onerror = (event) => resolve({ error: event.message });
          worker.postMessage({ packed, passes }, packed);
        });
        worker.terminate();
        return answer;
      }, PASSES);
      if (error !== undefined) {
        throw new Error(`the bare loop failed: ${error}`);
      }
      return results;
    },
    async close() {
      await context.close();
      await server.close();
    },
  };
}
