/** The built app as `npm start` serves it, with a log of what went over the wire; and a plain page without any policy. */
import { createServer } from 'node:http';
import { createAppServer, listen } from '../serve.mjs';

const FIRST_PORT = 4373;

export async function serveApp(dist) {
  const server = createAppServer(dist);
  let log = [];
  server.prependListener('request', (request, response) => {
    const { writeHead } = response;
    response.writeHead = (status, headers) => {
      log.push({
        path: new URL(request.url, 'http://localhost').pathname,
        status,
        type: headers['Content-Type'],
        encoding: headers['Content-Encoding'] ?? 'none',
        bytes: Number(headers['Content-Length'] ?? 0),
      });
      return writeHead.call(response, status, headers);
    };
  });
  const port = await listen(server, FIRST_PORT);
  return {
    address: `http://127.0.0.1:${port}`,
    requests: () => log.length,
    /** What was answered since the last time. */
    takeLog() {
      const taken = log;
      log = [];
      return taken;
    },
    close: () => closeServer(server),
  };
}

/** @param files path to `{ type, body }`; `body` may be changed later. */
export async function servePlain(files) {
  const server = createServer((request, response) => {
    const file = files[request.url];
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.body.length, 'Cache-Control': 'no-store' }).end(file.body);
  });
  const port = await listen(server, FIRST_PORT + 30);
  return { address: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

function closeServer(server) {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(resolve);
  });
}
