/** Installs the packages of package-lock.json when they are not there yet. Only Node itself is needed to run this. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'node_modules', '.installed-lock-hash');
const guard = join(root, '.install-guard');
const MINIMUM = [20, 19];
const GUARD_POLL_MS = 500;

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
    console.error(`Node ${MINIMUM.join('.')} or newer is needed; this is ${process.versions.node}.`);
    process.exit(1);
  }
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash();
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Holds a directory as a lock, so that two commands started at once do not install into each other. */
function withGuard(work) {
  let told = false;
  for (;;) {
    try {
      mkdirSync(guard);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
      if (isStale()) {
        rmSync(guard, { recursive: true, force: true });
        continue;
      }
      if (!told) {
        console.log('Another command is installing packages; waiting for it.');
        told = true;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, GUARD_POLL_MS);
    }
  }
  try {
    writeFileSync(join(guard, 'pid'), String(process.pid));
    work();
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

/** A guard whose owner is gone, or that never got a pid, is left over from a killed command. */
function isStale() {
  try {
    return !isAlive(Number(readFileSync(join(guard, 'pid'), 'utf8')));
  } catch {
    try {
      return Date.now() - statSync(guard).mtimeMs > 10_000;
    } catch {
      return false;
    }
  }
}

export function ensureInstalled() {
  requireNode();
  if (isInstalled()) {
    return;
  }
  let failed = false;
  withGuard(() => {
    if (isInstalled()) {
      return;
    }
    console.log('Installing packages (npm ci); this happens once for each change of package-lock.json.');
    const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    failed = result.status !== 0;
    if (!failed) {
      writeFileSync(stamp, lockHash());
    }
  });
  // Only here: an exit inside would leave the guard behind.
  if (failed) {
    console.error('npm ci failed; see its message above.');
    process.exit(1);
  }
}
