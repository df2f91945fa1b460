/**
 * Made by the export of StateFun Studio. Serves the project's functions to StateFun, with the official SDK.
 *
 * Listens on the ports that the endpoints of module.yaml name, and answers at the paths that they name; GET /health is for probes.
 * Environment: PORT (one port instead), HOST (one address instead of all), ANY_PATH=1 (behind a proxy that changes paths),
 * MAX_REQUEST_MB (64 unless set).
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer } from 'node:http';
import { StateFun } from 'apache-flink-statefun';
import { bindTo, listenOn } from './binds.js';
import { findFunctions } from './find-functions.js';
import { HEALTH, isServed, pathOf } from './paths.js';
import { ports } from './project.js';
import { readTarget } from './request.js';

/** Longer than the engine keeps an idle connection, so that it is never the server that closes one which is about to be used. */
const KEEP_ALIVE_MILLIS = 650_000;
/** How long calls that are under way may take when the server is asked to end. */
const STOP_MILLIS = 20_000;
/** How long a request that is too large is still read: a caller that writes when the connection closes does not see the answer. */
const LINGER_MILLIS = 2000;
const MEGABYTE = 1024 * 1024;

const { specs, clash } = findFunctions();
if (clash !== null) {
  fail(clash);
}
const limit = number('MAX_REQUEST_MB', 64, 1, 2000) * MEGABYTE;
const anyPath = process.env.ANY_PATH === '1';
const statefun = new StateFun();
/** Holds, for the request that is being answered, whether its function threw. */
const calls = new AsyncLocalStorage();
for (const spec of specs) {
  bindTo(statefun, observed(spec));
}
const known = new Set(specs.map(({ typename }) => typename));
const handler = statefun.handler();
let stopping = false;

function fail(message) {
  console.error(message);
  process.exit(1);
}

function number(name, otherwise, from, to) {
  const text = process.env[name] ?? '';
  const value = text === '' ? otherwise : Number(text);
  return Number.isInteger(value) && value >= from && value <= to
    ? value
    : fail(`${name} is a whole number from ${from} to ${to}, not ${JSON.stringify(text)}.`);
}

/** The SDK answers a bare 500 for whatever a function throws: here it can still be told. */
function observed({ typename, fn, ...rest }) {
  const note = (context, error) => {
    const call = calls.getStore();
    if (call !== undefined) {
      call.threw = true;
    }
    console.error(`${typename} ${context.self?.id ?? ''}:`, error);
    throw error;
  };
  return {
    ...rest,
    typename,
    fn(context, message) {
      try {
        const result = fn(context, message);
        return result instanceof Promise ? result.catch((error) => note(context, error)) : result;
      } catch (error) {
        return note(context, error);
      }
    },
  };
}

/** Answers without StateFun, in one line for the caller and one for the log. */
function refuse(request, response, status, message) {
  const from = request.socket.remoteAddress ?? 'somebody';
  console.error(`${status} for ${request.method} ${JSON.stringify(request.url.slice(0, 200))} from ${from}: ${message}`);
  const text = Buffer.from(`${message}\n`);
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': text.length };
  if (status !== 413) {
    response.writeHead(status, headers).end(text);
    return;
  }
  response.writeHead(status, { ...headers, Connection: 'close' }).write(text);
  const timer = setTimeout(end, LINGER_MILLIS);
  function end() {
    clearTimeout(timer);
    response.end();
  }
  request.once('close', end).resume();
}

/** Null where it is larger than the limit. */
function bodyOf(request) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    let size = 0;
    const take = (chunk) => {
      size += chunk.length;
      if (size > limit) {
        request.off('data', take);
        resolve(null);
      } else {
        chunks.push(chunk);
      }
    };
    request.on('data', take);
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

async function answer(request, response) {
  const path = pathOf(request.url);
  if (path === HEALTH && (request.method === 'GET' || request.method === 'HEAD')) {
    response.writeHead(stopping ? 503 : 200, { 'Content-Type': 'text/plain; charset=utf-8' }).end(stopping ? 'stopping\n' : 'ok\n');
    return;
  }
  if (!isServed(path, anyPath)) {
    refuse(request, response, 404, 'No endpoint of module.yaml names this path.');
    return;
  }
  if (request.method !== 'POST') {
    response.writeHead(405, { Allow: 'POST' }).end();
    return;
  }
  const body = Number(request.headers['content-length'] ?? 0) > limit ? null : await bodyOf(request);
  if (body === null) {
    refuse(request, response, 413, `The request is larger than ${limit / MEGABYTE} MB (MAX_REQUEST_MB).`);
    return;
  }
  const target = readTarget(body);
  if (target === null) {
    refuse(request, response, 400, `These ${body.length} bytes are no request of StateFun.`);
    return;
  }
  if (!known.has(target.typename)) {
    refuse(request, response, 500, `No function ${JSON.stringify(target.typename)} is served here.`);
    return;
  }
  const call = { threw: false };
  await calls.run(call, () => handler([body], response));
  if (response.statusCode === 500 && !call.threw) {
    console.error(`500 for ${target.typename} ${JSON.stringify(target.id)}: its request or its answer is not as the SDK expects it.`);
  }
}

const servers = portsToUse().map((port) => {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      // The caller went away, or the socket broke.
      console.error(`A request could not be answered: ${error instanceof Error ? error.message : error}`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MILLIS;
  server.headersTimeout = KEEP_ALIVE_MILLIS + 10_000;
  server.on('clientError', (error, socket) => {
    console.error(`400 for what is no HTTP request: ${error.code ?? error.message}`);
    if (socket.writable) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    }
  });
  server.on('error', (error) => {
    fail(
      error.code === 'EADDRINUSE' || error.code === 'EACCES'
        ? `Port ${port} cannot be used (${error.code}); set PORT to another.`
        : error.message,
    );
  });
  listenOn(server, port, process.env.HOST, () => {
    console.log(`Serving ${[...known].join(', ')} on port ${server.address().port}`);
  });
  return server;
});

function portsToUse() {
  return (process.env.PORT ?? '') === '' ? ports : [number('PORT', 0, 0, 65_535)];
}

process.on('unhandledRejection', (error) => {
  console.error('A function did not wait for something that failed:', error);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    stopping = true;
    for (const server of servers) {
      server.close();
      server.closeIdleConnections();
    }
    // Calls that are under way are answered; a function that never ends is not waited for.
    setTimeout(() => process.exit(0), STOP_MILLIS).unref();
  });
}
