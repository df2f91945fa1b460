/**
 * Serves a built Studio on loopback, with the response headers that its security rests on, and the relay beside it. No dependency.
 * The app may load code from its own origin only; the sandbox page may run its one inline script and workers made of
 * blobs, and has an opaque origin.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { createRelay } from './relay/relay.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

export const APP_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The sandbox page's policy, with the hash of the inline script that the built page really holds. */
function sandboxPolicy(dist) {
  const page = readFileSync(join(dist, 'sandbox.html'), 'utf8');
  const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1];
  if (script === undefined) {
    throw new Error('dist/sandbox.html has no inline script; build again');
  }
  const hash = createHash('sha256').update(script).digest('base64');
  return `sandbox allow-scripts; default-src 'none'; script-src 'sha256-${hash}'; worker-src blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'`;
}

function resolveFile(dist, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return null;
  }
  const file = normalize(join(dist, path.endsWith('/') ? `${path}index.html` : path));
  return file.startsWith(dist + sep) ? file : null;
}

function chooseEncoding(accepted) {
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
}

/** What the build wrote beside the file, or null. */
async function precompressed(encoding, file) {
  try {
    return encoding === 'br' ? await readFile(`${file}.br`) : null;
  } catch {
    return null;
  }
}

/** Brotli at 9 is within a few per cent of its best, at a tenth of the time. */
function compress(encoding, body) {
  return encoding === 'br'
    ? brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 } })
    : gzipSync(body, { level: 9 });
}

/**
 * @param {string} dist absolute path of the built app
 * @returns {import('node:http').Server}
 */
export function createAppServer(dist) {
  const sandbox = sandboxPolicy(dist);
  const compressed = new Map();
  const relay = createRelay();
  return createServer(async (request, response) => {
    if (relay.takes(request)) {
      relay.handle(request, response);
      return;
    }
    const headers = {
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, headers).end();
      return;
    }
    const file = resolveFile(dist, request.url ?? '/');
    let found = null;
    try {
      found = file !== null && (await stat(file)).isFile() ? file : null;
    } catch {
      found = null;
    }
    if (found === null) {
      response.writeHead(404, { ...headers, 'Content-Type': 'text/plain' }).end('Not found\n');
      return;
    }
    const type = TYPES[extname(found)] ?? 'application/octet-stream';
    headers['Content-Type'] = type;
    headers['Content-Security-Policy'] = found === join(dist, 'sandbox.html') ? sandbox : APP_POLICY;
    headers['Cache-Control'] = found.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache';
    let body = await readFile(found);
    const encoding = /text|json|svg|javascript/.test(type) ? chooseEncoding(request.headers['accept-encoding'] ?? '') : null;
    if (encoding !== null) {
      const key = `${encoding} ${found} ${body.length}`;
      if (!compressed.has(key)) {
        compressed.set(key, (await precompressed(encoding, found)) ?? compress(encoding, body));
      }
      body = compressed.get(key);
      headers['Content-Encoding'] = encoding;
      headers.Vary = 'Accept-Encoding';
    }
    headers['Content-Length'] = body.length;
    response.writeHead(200, headers);
    response.end(request.method === 'HEAD' ? undefined : body);
  });
}

/** Listens on loopback: on `port`, or when that is taken (and `strict` is false) on the next free one. */
export function listen(server, port, strict = false) {
  return new Promise((resolve, reject) => {
    const attempt = (candidate) => {
      server.once('error', (error) => {
        if (error.code === 'EADDRINUSE' && !strict && candidate < port + 20) {
          attempt(candidate + 1);
        } else {
          reject(error);
        }
      });
      server.listen(candidate, '127.0.0.1', () => {
        server.removeAllListeners('error');
        resolve(server.address().port);
      });
    };
    attempt(port);
  });
}
