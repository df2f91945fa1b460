/**
 * Stands between the engine and a function server and writes down every exchange. It can hold back the answers of an address, so that what
 * arrives meanwhile is known, and misbehave as an endpoint may.
 */
import { Agent, createServer, request as requestUpstream } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { decodeToFunction, splitTypename } from '../../../src/protocol/wire-codec.ts';
import type { InvocationRequest } from '../../../src/protocol/messages.ts';
import type { EndpointFault } from '../../../src/runtime/engine-api.ts';
import type { AddressText, Exchange } from '../recording.ts';

export interface SeenExchange {
  readonly n: number;
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
  readonly decoded: InvocationRequest;
  readonly target: AddressText;
  status: number | null;
  contentType: string | null;
  response: Buffer | 'dropped' | 'none';
  answeredAt: number | null;
}

export interface RecordingProxy {
  readonly port: number;
  readonly exchanges: readonly SeenExchange[];
  /** Called after every request, and after every answer with its exchange. */
  onChange(listener: (answered: SeenExchange | null) => void): void;
  /** Answers to requests that come from now on wait for the release. What came before stays free, or held until its own release. */
  hold(target: AddressText): void;
  release(target: AddressText): void;
  held(target: AddressText): boolean;
  fault(fault: EndpointFault): void;
  close(): Promise<void>;
}

interface Hold {
  over: boolean;
  readonly waiting: (() => void)[];
}

interface LiveFault {
  readonly fault: EndpointFault;
  readonly until: number;
  calls: number;
}

/** `upstream`: port of the function server on loopback. Paths are kept. */
export async function recordExchanges(upstream: number, port = 0): Promise<RecordingProxy> {
  const agent = new Agent({ keepAlive: true });
  const exchanges: SeenExchange[] = [];
  const holding = new Map<AddressText, Hold>();
  const faults: LiveFault[] = [];
  const sockets = new Set<Socket>();
  const pauses = new Set<NodeJS.Timeout>();
  let changed: (answered: SeenExchange | null) => void = () => undefined;

  const answer = (exchange: SeenExchange, response: ServerResponse, status: number, headers: object, body: Buffer): void => {
    exchange.status = status;
    exchange.response = body;
    exchange.contentType = 'content-type' in headers ? String(headers['content-type']) : null;
    exchange.answeredAt = Date.now();
    changed(exchange);
    response.writeHead(status, { ...headers, 'content-length': body.length });
    response.end(body);
  };
  const drop = (exchange: SeenExchange, response: ServerResponse): void => {
    exchange.response = 'dropped';
    exchange.answeredAt = Date.now();
    response.socket?.destroy();
    changed(exchange);
  };

  const forward = (exchange: SeenExchange, response: ServerResponse, extraMillis: number): void => {
    const hold = holding.get(exchange.target);
    const sent = requestUpstream(
      { host: '127.0.0.1', port: upstream, method: 'POST', path: exchange.url, agent, headers: forwarded(exchange.headers) },
      (came) => {
        const chunks: Buffer[] = [];
        came.on('data', (chunk: Buffer) => chunks.push(chunk));
        came.on('end', () => {
          const type = came.headers['content-type'];
          const headers = type === undefined ? {} : { 'content-type': type };
          const give = (): void => answer(exchange, response, came.statusCode ?? 500, headers, Buffer.concat(chunks));
          const whenFree = (): void => {
            if (hold === undefined || hold.over) {
              give();
            } else {
              hold.waiting.push(give);
            }
          };
          later(extraMillis, whenFree);
        });
        came.on('error', () => drop(exchange, response));
      },
    );
    sent.on('error', () => drop(exchange, response));
    sent.end(exchange.bytes);
  };
  const later = (millis: number, act: () => void): void => {
    if (millis === 0) {
      act();
      return;
    }
    const pause = setTimeout(() => {
      pauses.delete(pause);
      act();
    }, millis);
    pauses.add(pause);
  };

  const misbehave = (exchange: SeenExchange, response: ServerResponse): boolean => {
    const { namespace, name } = splitTypename(exchange.decoded.target.typename);
    const live = faults.find(
      ({ fault, until, calls }) =>
        calls > 0 && Date.now() < until && fault.target.namespace === namespace && ['*', name].includes(fault.target.name),
    );
    if (live === undefined) {
      return false;
    }
    live.calls -= 1;
    const { effect } = live.fault;
    switch (effect.type) {
      case 'refused':
      case 'dropped':
        drop(exchange, response);
        return true;
      case 'no-answer':
        return true;
      case 'status':
        // S61: a success without effects, where the type is right.
        answer(exchange, response, effect.status, { 'content-type': 'application/octet-stream' }, Buffer.alloc(0));
        return true;
      case 'malformed':
        answer(exchange, response, 200, { 'content-type': 'application/octet-stream' }, Buffer.from([0xff, 0xff, 0xff]));
        return true;
      case 'content-type':
        answer(exchange, response, 200, { 'content-type': effect.contentType }, Buffer.alloc(0));
        return true;
      case 'slow':
        forward(exchange, response, effect.millis);
        return true;
    }
  };

  const server = createServer((incoming: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const decoded = decodeToFunction(bytes);
      if (!decoded.ok) {
        throw new Error(`The engine sent what is no ToFunction: ${decoded.error}`);
      }
      const { target } = decoded.value;
      const exchange: SeenExchange = {
        n: exchanges.length + 1,
        at: Date.now(),
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        bytes,
        decoded: decoded.value,
        target: `${target.typename}/${target.id}`,
        status: null,
        contentType: null,
        response: 'none',
        answeredAt: null,
      };
      exchanges.push(exchange);
      changed(null);
      if (!misbehave(exchange, response)) {
        forward(exchange, response, 0);
      }
    });
  });
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    // A server that listens on TCP has an address of this form.
    port: (server.address() as AddressInfo).port,
    exchanges,
    onChange(listener) {
      changed = listener;
    },
    hold(target) {
      if (!holding.has(target)) {
        holding.set(target, { over: false, waiting: [] });
      }
    },
    release(target) {
      const hold = holding.get(target);
      if (hold !== undefined) {
        holding.delete(target);
        hold.over = true;
        hold.waiting.forEach((give) => give());
      }
    },
    held: (target) => holding.has(target),
    fault(fault) {
      faults.push({
        fault,
        until: fault.forMillis === null ? Infinity : Date.now() + fault.forMillis,
        calls: fault.calls ?? Infinity,
      });
    },
    async close() {
      pauses.forEach((pause) => clearTimeout(pause));
      agent.destroy();
      sockets.forEach((socket) => socket.destroy());
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function forwarded(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const { host: _host, connection: _connection, 'accept-encoding': _encoding, ...others } = headers;
  return others;
}

/** As the recording keeps it, times from `start` on. */
export function exchangeOf(seen: SeenExchange, start: number, n: number): Exchange {
  return {
    n,
    at: seen.at - start,
    url: seen.url,
    request: seen.bytes.toString('base64'),
    status: seen.status,
    contentType: seen.contentType,
    response: typeof seen.response === 'string' ? seen.response : seen.response.toString('base64'),
    answeredAt: seen.answeredAt === null ? null : seen.answeredAt - start,
  };
}
