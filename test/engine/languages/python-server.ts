/** The function server on the Python SDK: in a virtual environment with the versions of requirements.txt, checked by their hashes. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MissingTool } from '../driver/toolchain.ts';
import { cachedBuild } from './cached-build.ts';
import type { ServerCommand } from './language-server.ts';

const sources = fileURLToPath(new URL('python', import.meta.url));
/** What the SDK asks for. */
const OLDEST = [3, 8] as const;

export function pythonServer(environment: NodeJS.ProcessEnv = process.env): ServerCommand {
  const { python, version } = findPython(environment);
  const requirements = join(sources, 'requirements.txt');
  const folder = cachedBuild('python', [python, version, readFileSync(requirements)], (built) => {
    const made = spawnSync(python, ['-m', 'venv', built], { encoding: 'utf8' });
    if (made.status !== 0) {
      throw new MissingTool(
        `The tests of the Python SDK need Python's venv module: install it (Debian and Ubuntu: apt-get install python3-venv). ${made.stdout}${made.stderr}`,
      );
    }
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '--only-binary', ':all:'];
    const installed = spawnSync(join(built, 'bin', 'python'), [...pip, '-r', requirements], { encoding: 'utf8' });
    if (installed.status !== 0) {
      throw new MissingTool(`The Python SDK could not be installed:\n${installed.stderr}`);
    }
  });
  // -B: no compiled files beside the sources.
  return { command: join(folder, 'bin', 'python'), args: ['-B', join(sources, 'server.py')] };
}

export function findPython(environment: NodeJS.ProcessEnv): { readonly python: string; readonly version: string } {
  const found = ['python3', 'python'].flatMap((name) => {
    const { status, stdout } = spawnSync(name, ['-c', 'import sys; print(sys.executable, "%d.%d.%d" % sys.version_info[:3])'], {
      env: environment,
      encoding: 'utf8',
    });
    const match = status === 0 ? /^(.+) (\d+)\.(\d+)\.(\d+)$/m.exec(stdout) : null;
    const [, python, major, minor, patch] = match ?? [];
    return python !== undefined && Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]
      ? [{ python, version: `${major}.${minor}.${patch}` }]
      : [];
  });
  const [first] = found;
  if (first === undefined) {
    throw new MissingTool(
      `The tests of the Python SDK need Python ${OLDEST.join('.')} or newer as \`python3\` (Debian and Ubuntu: apt-get install python3 python3-venv).`,
    );
  }
  return first;
}
