/** The modules beside the project's own files that code may import; names are those of `model/resolve-import.ts`. */
import { Buffer } from './fast-buffer.ts';
import { freeze } from './primordials.ts';
import { protobufModule } from './protobuf-modules.ts';
import { sdkModule } from './sdk.ts';

/** A file that also starts a server (as in production) loads; its server never listens. */
function createServer(): object {
  const server: Record<string, unknown> = { listening: false };
  for (const method of [
    'listen',
    'close',
    'closeAllConnections',
    'closeIdleConnections',
    'on',
    'once',
    'off',
    'setTimeout',
    'unref',
    'ref',
  ]) {
    server[method] = () => server;
  }
  server['addListener'] = server['on'];
  server['address'] = () => null;
  return server;
}

function request(): never {
  throw new TypeError('http.request goes nowhere in the simulation: call services with fetch, which the stubs in stubs/ answer.');
}

const httpModule = freeze({ createServer, request, get: request, METHODS: freeze(['GET', 'POST']), STATUS_CODES: freeze({}) });

export function providedModule(name: string): object | null {
  switch (name) {
    case 'apache-flink-statefun':
      return sdkModule;
    case 'node:http':
      return httpModule;
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
      return protobufModule(name);
  }
}
