/** Function servers on loopback: real ones with the official SDK, and such as misbehave. */
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { StateFun } from 'apache-flink-statefun';
import type { FunctionOpts } from 'apache-flink-statefun';
import { encodeFromFunction } from '../../src/protocol/wire-codec.ts';

export interface RemoteServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly port: number;
  /** Requests so far. */
  readonly seen: readonly SeenRequest[];
  stop(): Promise<void>;
}

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

export async function startHttp(listener: RequestListener, port = 0): Promise<RemoteServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    listener(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    origin: `http://127.0.0.1:${bound}`,
    port: bound,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Serves the functions as their authors would in production. */
export function startSdkServer(functions: readonly FunctionOpts[], port = 0): Promise<RemoteServer> {
  const statefun = new StateFun();
  functions.forEach((each) => statefun.bind(each));
  return startHttp(statefun.handler(), port);
}

/** Reads the request to its end, as a server does, then answers. */
export function answering(answer: (response: ServerResponse) => void): RequestListener {
  return (request, response) => {
    request.resume();
    request.on('end', () => answer(response));
  };
}

const BINARY = { 'content-type': 'application/octet-stream' };

export const MISBEHAVIOUR = {
  html: answering((response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Welcome to nginx</title></html>'),
  ),
  'not-found': answering((response) => response.writeHead(404, { 'content-type': 'text/plain' }).end('no such path')),
  'server-error': answering((response) => response.writeHead(503).end()),
  redirect: answering((response) => response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end()),
  'broken-protobuf': answering((response) => response.writeHead(200, BINARY).end(Buffer.from([0xff, 0xff, 0xff]))),
  hang: answering(() => undefined),
  'closes-mid-answer': answering((response) => {
    response.writeHead(200, { ...BINARY, 'content-length': 1000 });
    response.write(Buffer.alloc(10), () => response.destroy());
  }),
  huge: answering((response) => {
    response.writeHead(200, BINARY);
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) {
        // As much as the connection takes.
      }
    };
    response.on('drain', more);
    more();
  }),
  'html-as-bytes': answering((response) => response.writeHead(200, BINARY).end('<html>\n<title>Welcome to nginx</title></html>')),
  incomplete: answering((response) =>
    response
      .writeHead(200, BINARY)
      .end(encodeFromFunction({ type: 'incomplete', missing: [{ name: 'visits', typename: 'io.statefun.types/int', expiration: null }] })),
  ),
} satisfies Readonly<Record<string, RequestListener>>;

/** A port of loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
