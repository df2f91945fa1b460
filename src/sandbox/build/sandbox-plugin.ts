/** Gives the app the sandbox: the worker's script as a module with its text, and sandbox.html beside the app's page. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { SANDBOX_PAGE, sandboxPageHtml, sandboxPolicyHeader } from '../page/sandbox-page.ts';
import { buildBootText, buildSandboxText } from './build-sandbox-text.ts';

const MODULE = 'virtual:sandbox-worker-text';
/** The leading zero keeps other plugins from taking it for a file. */
const RESOLVED = `\0${MODULE}`;

export interface SandboxPage {
  readonly html: string;
  /** The value of its Content-Security-Policy header. */
  readonly policy: string;
}

export async function buildSandboxPage(): Promise<SandboxPage> {
  const boot = (await buildBootText()).trim();
  if (boot.includes('</script')) {
    throw new Error('the boot script must not hold a closing script tag');
  }
  const hash = createHash('sha256').update(boot).digest('base64');
  return { html: sandboxPageHtml(boot, hash), policy: sandboxPolicyHeader(hash) };
}

export function sandboxPlugin(): Plugin {
  return {
    name: 'statefun-studio-sandbox',
    resolveId: (id) => (id === MODULE ? RESOLVED : null),
    async load(id) {
      return id === RESOLVED ? `export const sandboxWorkerText = ${JSON.stringify(await buildSandboxText())};` : null;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        if (path !== `/${SANDBOX_PAGE}`) {
          next();
          return;
        }
        const answer = ({ html, policy }: SandboxPage): ServerResponse =>
          response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy }).end(html);
        void buildSandboxPage().then(answer, next);
      });
    },
    async generateBundle() {
      // The app and its workers are bundled apart; only the app's own environment has pages.
      if (this.environment.config.isWorker !== true) {
        this.emitFile({ type: 'asset', fileName: SANDBOX_PAGE, source: (await buildSandboxPage()).html });
      }
    },
  };
}
