/** The same functions on the official JavaScript SDK: what the other languages are compared with. The examples' own files, served as they are. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StateFun } from 'apache-flink-statefun';
import { Greet } from '../../../src/examples/greeter/project/functions/greet.ts';
import { Model } from '../../../src/examples/fraud-detection/project/functions/model.ts';
import { Sink } from './javascript/sink.ts';

export interface ReferenceServer {
  readonly port: number;
  close(): Promise<void>;
}

export async function startReference(): Promise<ReferenceServer> {
  const statefun = new StateFun();
  statefun.bind(Greet);
  statefun.bind(Model);
  statefun.bind(Sink);
  const server = createServer(statefun.handler());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // A server that listens on TCP has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
