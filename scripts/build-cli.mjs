/**
 * Builds the command line into dist-cli/<hash of its sources>/, unless that is there. Each build appears whole, and a
 * running command keeps its own while the next one builds. Nothing is written to standard output, which is the command's.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const builds = join(root, 'dist-cli');
/** Holds the hash of the newest build; its time is when the sources were last seen to be those. */
const current = join(builds, 'current');
const FOLDERS = ['analysis', 'base', 'cli', 'commands', 'export', 'model', 'module-yaml', 'protocol', 'runtime', 'sandbox', 'scenario'];
const SOURCES = [...[...FOLDERS, 'storage', 'worker'].map((name) => `src/${name}`), 'scripts/relay'];
const FILES = ['package.json', 'package-lock.json', 'vite.cli.config.ts', 'scripts/build-cli.mjs'];
const KEEP_MILLIS = 15 * 60_000;

/** @returns {string} path of the built entry; ends the process where it cannot be built */
export function builtCommandLine() {
  const known = existsSync(current) ? readFileSync(current, 'utf8') : null;
  if (known !== null && existsSync(entryOf(known))) {
    // A package without sources has just the build.
    if (!existsSync(join(root, 'src')) || newestSource() < statSync(current).mtimeMs) {
      return entryOf(known);
    }
  }
  const started = new Date();
  const hash = sourceHash();
  if (!existsSync(entryOf(hash))) {
    build(hash);
  }
  if (hash !== known) {
    const draft = `${current}.${process.pid}`;
    writeFileSync(draft, hash);
    renameSync(draft, current);
    removeOld(hash);
  }
  utimesSync(current, started, started);
  return entryOf(hash);
}

function entryOf(hash) {
  return join(builds, hash, 'main.js');
}

function build(hash) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  if (!existsSync(vite)) {
    fail('The packages are not installed. Run npm ci in the folder of StateFun Studio first.');
  }
  console.error('Building the command line (once after each change of its sources).');
  const draft = join(builds, `draft-${process.pid}`);
  const result = spawnSync(
    process.execPath,
    [vite, 'build', '--config', 'vite.cli.config.ts', '--outDir', draft, '--emptyOutDir', '--logLevel', 'error'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  if (result.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    fail('The command line could not be built; see the message above.');
  }
  try {
    renameSync(draft, join(builds, hash));
  } catch {
    // Another command built the same at the same time.
    rmSync(draft, { recursive: true, force: true });
  }
}

function fail(message) {
  console.error(message);
  process.exit(3);
}

/** Builds that nothing was started from for a while. */
function removeOld(hash) {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name);
    if (name !== hash && path !== current && Date.now() - statSync(path).mtimeMs > KEEP_MILLIS) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

function sourceFiles() {
  const files = SOURCES.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).map((entry) => ({
      path: join(entry.parentPath, entry.name),
      folder: entry.isDirectory(),
    })),
  );
  return [...files, ...FILES.map((name) => ({ path: join(root, name), folder: false }))];
}

/** Folders count too: their time tells of files that went. */
function newestSource() {
  return Math.max(...sourceFiles().map(({ path }) => statSync(path).mtimeMs));
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const { path, folder } of sourceFiles().toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    if (!folder) {
      hash
        .update(`${path.slice(root.length)}\0`)
        .update(readFileSync(path))
        .update('\0');
    }
  }
  return hash.digest('hex').slice(0, 16);
}
