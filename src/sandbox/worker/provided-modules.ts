/** The modules beside the project's own files that code may import; names are those of `compile/resolve-imports.ts`. */
import { Buffer } from './fast-buffer.ts';
import { freeze } from './primordials.ts';
import { sdkModule } from './sdk.ts';

/** A file that also starts a server (as in production) loads; its server never listens. */
function createServer(): object {
  const server: Record<string, () => unknown> = {};
  for (const method of ['listen', 'close', 'on', 'once', 'setTimeout', 'unref', 'ref']) {
    server[method] = () => server;
  }
  server['address'] = () => null;
  return server;
}

export function providedModule(name: string): object | null {
  switch (name) {
    case 'apache-flink-statefun':
      return sdkModule;
    case 'node:http':
      return freeze({ createServer });
    case 'node:buffer':
      return freeze({ Buffer });
    case 'node:timers/promises':
      return freeze({
        setTimeout: (delay: number, value: unknown) =>
          new Promise((resolve) => {
            setTimeout(() => resolve(value), delay);
          }),
      });
    default:
      return null;
  }
}
