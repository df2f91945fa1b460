/** Builds the app into dist/ unless dist/ is already the build of these sources. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { constants, brotliCompressSync } from 'node:zlib';
import { join } from 'node:path';
import { root } from './install.mjs';

export const dist = join(root, 'dist');
const stamp = join(dist, '.source-hash');
const SOURCES = ['src', 'public', 'scripts', 'index.html', 'sandbox.html', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'];

function sourceHash() {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) {
      return;
    }
    const entries = SOURCES.includes(path) && /\.\w+$/.test(path) ? null : readdirSync(full, { withFileTypes: true });
    if (entries === null) {
      hash.update(`${path}\0`).update(readFileSync(full));
      return;
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        add(child);
      } else {
        hash.update(`${child}\0`).update(readFileSync(join(root, child)));
      }
    }
  };
  SOURCES.forEach(add);
  return hash.digest('hex');
}

export function ensureBuilt() {
  const hash = sourceHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    return;
  }
  console.log('Building the app (vite build).');
  // What plugins warn of is for whoever works on the Studio, who sees it with `npm run build`.
  const result = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) {
    console.error('The build failed; see its message above.');
    process.exit(1);
  }
  precompress();
  writeFileSync(stamp, hash);
}

/** The first load is below. Larger files (the editor and its workers) come when first needed; the best compression of them would take half a minute. */
const BEST_BELOW = 1_250_000;

/** Writes `.br` beside every script and style, so that the server sends them small without work of its own. */
function precompress() {
  const assets = join(dist, 'assets');
  for (const name of readdirSync(assets)) {
    if (/\.(js|css)$/.test(name)) {
      const body = readFileSync(join(assets, name));
      const quality = body.length < BEST_BELOW ? constants.BROTLI_MAX_QUALITY : 5;
      writeFileSync(
        join(assets, `${name}.br`),
        brotliCompressSync(body, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: quality,
            [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
            [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
          },
        }),
      );
    }
  }
}
