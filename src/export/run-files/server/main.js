/**
 * Serves the project's functions to StateFun: every spec {typename, specs, fn} that a file in functions/ exports or binds.
 * Listens on the ports that module.yaml's endpoints name, or on PORT; on all addresses, or on HOST.
 */
import { createServer } from 'node:http';
import { StateFun } from 'apache-flink-statefun';
import { bindTo, binds } from './binds.js';
import { functionFiles, ports } from './project.js';

/** Longer than the engine keeps an idle connection, so that it is never the server that closes one which is about to be used. */
const KEEP_ALIVE_MILLIS = 650_000;

function fail(message) {
  console.error(message);
  process.exit(1);
}

function isSpec(value) {
  return value !== null && typeof value === 'object' && typeof value.fn === 'function' && typeof value.typename === 'string';
}

/** The handler answers a bare 500 for whatever a function throws: here it can still be told. */
function observed({ typename, fn, ...rest }) {
  const note = (context, error) => {
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

function findFunctions() {
  const found = new Map();
  const seen = new Set();
  const add = (value, path) => {
    if (!isSpec(value) || seen.has(value)) {
      return;
    }
    seen.add(value);
    const earlier = found.get(value.typename);
    if (earlier !== undefined) {
      fail(`${path}: '${value.typename}' is already defined in ${earlier.path}; give one of them another typename.`);
    }
    found.set(value.typename, { spec: value, path });
  };
  for (const { path, exports } of functionFiles) {
    for (const value of [exports, ...Object.values(exports)]) {
      for (const item of Array.isArray(value) ? value : [value]) {
        add(item, path);
      }
    }
  }
  for (const spec of binds) {
    add(spec, 'functions/');
  }
  return [...found.values()];
}

function portsToUse() {
  const asked = process.env.PORT;
  if (asked === undefined || asked === '') {
    return ports;
  }
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    fail(`PORT is a number from 0 to 65535, not ${JSON.stringify(asked)}.`);
  }
  return [port];
}

const statefun = new StateFun();
const functions = findFunctions();
for (const { spec } of functions) {
  bindTo(statefun, observed(spec));
}
const answer = statefun.handler();

const servers = portsToUse().map((port) => {
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(405, { Allow: 'POST' }).end();
      return;
    }
    void answer(request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MILLIS;
  server.headersTimeout = KEEP_ALIVE_MILLIS + 10_000;
  server.on('error', (error) => {
    fail(
      error.code === 'EADDRINUSE' || error.code === 'EACCES'
        ? `Port ${port} cannot be used (${error.code}); set PORT to another.`
        : error.message,
    );
  });
  server.listen(port, process.env.HOST, () => {
    console.log(`Serving ${functions.map(({ spec }) => spec.typename).join(', ')} on port ${server.address().port}`);
  });
  return server;
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const server of servers) {
      server.close();
      server.closeIdleConnections();
    }
    // Calls that are under way are answered; a function that never ends is not waited for.
    setTimeout(() => process.exit(0), 5_000).unref();
  });
}
