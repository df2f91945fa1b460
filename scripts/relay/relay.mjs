/**
 * The relay: lets the Studio's page reach function servers that its user confirmed, since a browser will not. Part of the server that
 * `npm start` runs. ARCHITECTURE.md names what it guards against. No dependency.
 *
 * L1 It answers the Studio's own page only: on loopback, for its own host and origin, with a header that no other page can send unasked.
 * L2 A session lives as long as the response that opened it, and its token is known to that page alone.
 * L3 Requests go to addresses that the session registered, which the page does when the user has confirmed them; no redirect is followed.
 * L4 What goes out is a POST of bytes with the headers of StateFun's own client, and nothing of the browser's.
 * L5 Sizes, times and numbers are bounded; when a session ends, all that it asked for is given up.
 */
import { randomBytes } from 'node:crypto';
import { createFunctionClient } from './function-client.mjs';
import { frame, readFrames } from './frames.mjs';
import { expand, targetProblem } from './target.mjs';

const PREFIX = '/relay/';
const REQUEST_LIMIT_BYTES = 32 * 1024 * 1024;
const LIMITS = { sessions: 32, targets: 64, calls: 256, targetBytes: 8192, batchBytes: REQUEST_LIMIT_BYTES + 1024 * 1024 };
const LONGEST_MILLIS = 86_400_000;

const ANSWER_HEADERS = {
  'Content-Type': 'application/octet-stream',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/** Why a request is refused: a status, and a line for whoever looks. */
class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** @returns {import('./relay.mjs').Relay} */
export function createRelay() {
  const sessions = new Map();
  return {
    takes: (request) => (request.url ?? '').startsWith(PREFIX),
    handle(request, response) {
      answer(sessions, request, response).catch((error) => {
        if (!response.headersSent) {
          const status = error instanceof Refusal ? error.status : 500;
          // What is still to come of the request is not read.
          response
            .writeHead(status, { ...ANSWER_HEADERS, Connection: 'close' })
            .end(error instanceof Refusal ? error.message : 'internal error');
        } else {
          response.destroy();
        }
        request.resume();
      });
    },
  };
}

async function answer(sessions, request, response) {
  guard(request);
  const act = request.url.slice(PREFIX.length);
  if (act === 'session') {
    openSession(sessions, response);
    return;
  }
  const session = sessions.get(request.headers['x-relay-token'] ?? '');
  if (session === undefined) {
    throw new Refusal(401, 'no such session');
  }
  if (act === 'targets') {
    register(session, (await read(request, LIMITS.targetBytes)).toString('utf8'));
  } else if (act === 'calls') {
    startCalls(session, await read(request, LIMITS.batchBytes));
  } else {
    throw new Refusal(404, 'no such act');
  }
  response.writeHead(204, ANSWER_HEADERS).end();
}

/** L1 */
function guard({ method, headers, socket }) {
  if (method !== 'POST') {
    throw new Refusal(405, 'POST only');
  }
  if (!isLoopback(socket.remoteAddress)) {
    throw new Refusal(403, 'from this machine only');
  }
  const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${socket.localPort}`);
  if (!hosts.includes(headers.host)) {
    throw new Refusal(403, 'unknown host');
  }
  if (headers.origin !== `http://${headers.host}`) {
    throw new Refusal(403, 'other origin');
  }
  if (!['same-origin', undefined].includes(headers['sec-fetch-site']) || !['empty', undefined].includes(headers['sec-fetch-dest'])) {
    throw new Refusal(403, 'not asked by a script of this page');
  }
  if (headers['x-statefun-studio'] !== 'relay' || headers['content-type'] !== 'application/octet-stream') {
    throw new Refusal(403, 'not asked by the Studio');
  }
}

function isLoopback(address = '') {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** L2 */
function openSession(sessions, response) {
  if (sessions.size >= LIMITS.sessions) {
    throw new Refusal(503, 'too many sessions: close other tabs of the Studio');
  }
  const token = randomBytes(32).toString('base64url');
  const session = { response, targets: new Set(), underWay: 0, ended: new AbortController(), client: createFunctionClient() };
  sessions.set(token, session);
  response.on('close', () => {
    sessions.delete(token);
    session.ended.abort();
    session.client.close();
  });
  response.writeHead(200, ANSWER_HEADERS);
  response.write(frame({ token }));
}

/** L3 */
function register(session, url) {
  const problem = targetProblem(url);
  if (problem !== null) {
    throw new Refusal(400, problem);
  }
  if (session.targets.size >= LIMITS.targets) {
    throw new Refusal(429, 'too many addresses');
  }
  session.targets.add(url);
}

/** All of a batch is checked before any of it goes out. */
function startCalls(session, bytes) {
  const frames = readFrames(bytes);
  if (frames === null) {
    throw new Refusal(400, 'cannot be read');
  }
  if (session.underWay + frames.length > LIMITS.calls) {
    throw new Refusal(429, 'too many requests under way');
  }
  const calls = frames.map(({ meta, body }) => ({ ...checked(session, meta), body }));
  for (const { id, ...call } of calls) {
    session.underWay += 1;
    session.client.post({ ...call, signal: session.ended.signal }).then(({ body, ...head }) => {
      session.underWay -= 1;
      if (!session.ended.signal.aborted) {
        session.response.write(frame({ id, answer: head }, body));
      }
    });
  }
}

function checked({ targets }, meta) {
  const { id, target, name, transport, timeoutMillis } = typeof meta === 'object' && meta !== null ? meta : {};
  if (!Number.isSafeInteger(id) || !['async', 'okhttp'].includes(transport)) {
    throw new Refusal(400, 'cannot be read');
  }
  if (!Number.isSafeInteger(timeoutMillis) || timeoutMillis < 1 || timeoutMillis > LONGEST_MILLIS) {
    throw new Refusal(400, 'no such time limit');
  }
  if (!targets.has(target)) {
    throw new Refusal(403, 'not a confirmed address');
  }
  const url = expand(target, name);
  if (url === null) {
    throw new Refusal(400, 'no such function name');
  }
  return { id, url, transport, timeoutMillis };
}

function read(request, limit) {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      reject(new Refusal(413, 'too large'));
      return;
    }
    const chunks = [];
    let length = 0;
    request.on('data', (chunk) => {
      length += chunk.length;
      if (length > limit) {
        reject(new Refusal(413, 'too large'));
        request.removeAllListeners('data');
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
