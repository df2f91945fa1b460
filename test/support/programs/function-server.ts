/** The function server of the real engine's cases: HTTP on loopback in front of the programs. Sleeps and faults are real. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { httpAnswer, interpret, ProgramMemory } from './interpret.ts';
import type { StateSpecs } from './interpret.ts';

export interface FunctionServer {
  readonly port: number;
  /** Later requests are answered by this code. */
  deploy(specs: StateSpecs): void;
  /** Ends every connection too. */
  close(): Promise<void>;
}

/** Serves every path; port 0 chooses a free one. */
export async function serveFunctions(specs: StateSpecs, port = 0): Promise<FunctionServer> {
  let current = specs;
  const memory = new ProgramMemory();
  /** How often a request has come. Its bytes name it: a new request of an address carries other messages. */
  const attempts = new Map<string, number>();
  const sockets = new Set<Socket>();
  const pauses = new Set<NodeJS.Timeout>();

  const answer = (request: Buffer, response: ServerResponse): void => {
    const key = request.toString('base64');
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    const answered = interpret(current, request, attempt, memory);
    const send = (): void => {
      const http = httpAnswer(answered);
      if (http.type === 'dropped') {
        response.socket?.destroy();
      } else if (http.type === 'response') {
        response.writeHead(http.status, {
          ...(http.contentType === null ? {} : { 'content-type': http.contentType }),
          'content-length': http.body.length,
        });
        response.end(http.body);
      }
    };
    if (answered.sleepMillis === 0) {
      send();
      return;
    }
    const pause = setTimeout(() => {
      pauses.delete(pause);
      send();
    }, answered.sleepMillis);
    pauses.add(pause);
  };

  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(Buffer.concat(chunks), response));
    request.on('error', () => response.destroy());
  });
  // A connection that Node closed between two requests would look like a fault of the function's.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A server that listens on TCP has an address of this form.
  const { port: bound } = server.address() as AddressInfo;
  return {
    port: bound,
    deploy(next) {
      current = next;
    },
    async close() {
      pauses.forEach((pause) => clearTimeout(pause));
      sockets.forEach((socket) => socket.destroy());
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
