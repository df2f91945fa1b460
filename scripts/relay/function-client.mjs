/**
 * Asks function servers over HTTP as StateFun's own clients do: POST of bytes, connections kept open, time and size limited,
 * no redirect followed. Used by the relay of `npm start` and by the command line. No dependency.
 */
import { setMaxListeners } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import { createGunzip, createInflate } from 'node:zlib';

/** S63: payload_max_bytes. */
export const ANSWER_LIMIT_BYTES = 32 * 1024 * 1024;

/** S5: what the engine's clients send; nothing else goes out. */
const HEADERS = {
  async: { 'user-agent': 'statefun', accept: 'application/octet-stream', 'accept-encoding': 'gzip,deflate' },
  okhttp: { 'user-agent': 'okhttp/3.14.6', 'accept-encoding': 'gzip' },
};

const ENDED = 'The connection ended before the answer did.';
const ENDED_WITHIN = 'The connection ended in the middle of the answer.';

/** @returns {import('./function-client.mjs').FunctionClient} */
export function createFunctionClient(limitBytes = ANSWER_LIMIT_BYTES) {
  const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
  return {
    async post(request) {
      const answer = await send(request, agents, limitBytes);
      if (answer.type !== 'stale') {
        return answer;
      }
      // A kept connection that the server closed meanwhile says nothing of the server: asked once more.
      const again = await send(request, agents, limitBytes);
      return again.type === 'stale' ? { type: 'dropped', message: ENDED } : again;
    },
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

function send({ url: text, transport, timeoutMillis, body, signal }, agents, limitBytes) {
  return new Promise((resolve) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !(url.protocol in agents)) {
      resolve({ type: 'refused', message: `${text} is no URL of http or https.` });
      return;
    }
    const secure = url.protocol === 'https:';
    const request = (secure ? https : http).request(url, {
      method: 'POST',
      agent: agents[url.protocol],
      headers: { 'content-type': 'application/octet-stream', 'content-length': body.length, ...HEADERS[transport] },
    });
    let connected = false;
    let begun = false;
    let settled = false;
    const settle = (answer) => {
      if (settled) {
        return;
      }
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      if (answer.type !== 'answered') {
        request.destroy();
      }
      resolve(answer);
    };
    const onTimeout = () =>
      settle(
        connected
          ? { type: 'no-answer', limitMillis: timeoutMillis }
          : { type: 'refused', message: `No connection to ${url.host} came about within ${timeoutMillis} ms.` },
      );
    // What has come by now is taken first: that this process was held up is no fault of the server.
    const timer = setTimeout(() => setImmediate(onTimeout), timeoutMillis);
    const onAbort = () => settle({ type: 'dropped', message: 'Given up.' });
    request.on('error', (error) => {
      if (!begun && request.reusedSocket) {
        settle({ type: 'stale' });
      } else {
        settle({ type: connected ? 'dropped' : 'refused', message: failureText(error, url) });
      }
    });
    request.on('socket', (socket) => {
      connected = request.reusedSocket;
      if (!connected) {
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          connected = true;
        });
      }
    });
    request.on('response', (response) => {
      begun = true;
      collect(response, limitBytes, settle);
    });
    // Many calls share the signal of their run.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) {
      onAbort();
      return;
    }
    request.end(body);
  });
}

function collect(response, limitBytes, settle) {
  const chunks = [];
  let length = 0;
  const dropped = (message) => settle({ type: 'dropped', message });
  const stream = unpacked(response);
  stream.on('data', (chunk) => {
    length += chunk.length;
    if (length > limitBytes) {
      dropped(`The answer is larger than ${limitBytes} bytes (payload_max_bytes of StateFun).`);
    } else {
      chunks.push(chunk);
    }
  });
  stream.on('error', (error) => dropped(stream === response ? ENDED_WITHIN : `The answer cannot be unpacked: ${error.message}.`));
  response.on('error', () => dropped(ENDED_WITHIN));
  response.on('close', () => {
    if (!response.complete) {
      dropped(ENDED_WITHIN);
    }
  });
  stream.on('end', () => {
    if (!response.complete) {
      dropped(ENDED_WITHIN);
      return;
    }
    const { 'content-type': contentType = null, location = null } = response.headers;
    settle({ type: 'answered', status: response.statusCode ?? 0, contentType, location, body: new Uint8Array(Buffer.concat(chunks)) });
  });
}

function unpacked(response) {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase();
  return encoding === 'gzip' ? response.pipe(createGunzip()) : encoding === 'deflate' ? response.pipe(createInflate()) : response;
}

function failureText(error, { host, hostname }) {
  switch (error.code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${host}: start the function server, or mend its URL.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `No host ${hostname} is known here: a name of the cluster? Give the URL by which this machine reaches the server.`;
    case 'ECONNRESET':
    case 'EPIPE':
      return ENDED;
    case 'EPROTO':
      return /wrong version number|packet length too long|unknown protocol/.test(error.message)
        ? `What listens at ${host} does not speak TLS: write http:// in place of https:// in the URL.`
        : `No TLS connection to ${host} came about (${/:(?:SSL routines:)[^:]*:([^:]+)/.exec(error.message)?.[1] ?? error.code}).`;
    default:
      return /CERT|SIGNATURE/.test(error.code ?? '')
        ? `The certificate of ${host} is not trusted here (${error.message}): name its authority's file in NODE_EXTRA_CA_CERTS when you start the Studio, or use http.`
        : error.message;
  }
}
