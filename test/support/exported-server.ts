/** A project's server, exported and built or its own, running: what answers the real engine, as it would in production. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { writeFolder } from '../../src/cli/write-folder.ts';
import { exportProject } from '../../src/export/export-project.ts';
import type { Project } from '../../src/model/project.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface ExportedServer {
  /** The exported folder. */
  readonly folder: string;
  readonly port: number;
  /** Resolves with all that standard error holds once it holds the text. */
  says(text: string): Promise<string>;
  /** SIGTERM, without waiting. */
  end(): void;
  /** Ends the server and removes the folder. */
  stop(): Promise<void>;
}

/**
 * Exports to a temporary folder, builds there and serves on a free port of loopback.
 * @param packages `installed`: as a user would, by `npm ci` from the registry and `npm start`; `linked`: the repository's own, of the same versions,
 * and what was built is started without npm
 * @param environment variables for the server
 */
export async function startExportedServer(
  files: Project['files'],
  packages: 'installed' | 'linked',
  environment: Readonly<Record<string, string>> = {},
): Promise<ExportedServer> {
  const exported = exportProject({ files }, 'exported');
  if (!exported.ok) {
    throw new Error(JSON.stringify(exported.error));
  }
  const folder = await mkdtemp(join(tmpdir(), 'statefun-exported-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const written = await writeFolder(folder, exported.value.files, false);
    if (!written.ok) {
      throw new Error(written.error.message);
    }
    if (packages === 'linked') {
      await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
      run('npm', ['run', scriptOf(folder, 'build')], folder);
      return await serve([process.execPath, 'dist/server.cjs'], folder, remove, environment);
    }
    run('npm', ['ci', '--no-audit', '--no-fund'], folder);
    return await serve(['npm', 'run', scriptOf(folder, 'start')], folder, remove, environment);
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A project that has a server of its own, started as its package.json says, with the repository's packages. */
export async function startOwnServer(project: string): Promise<ExportedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'statefun-own-server-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await cp(project, folder, { recursive: true });
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
    return await serve(['npm', 'start'], folder, remove, {});
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The export's script of that name, which steps aside for one of the project's own. */
function scriptOf(folder: string, name: 'build' | 'start'): string {
  const { scripts = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  const aside = `statefun:${name}`;
  return aside in scripts ? aside : name;
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  }
}

async function serve(
  [command, ...args]: readonly [string, ...string[]],
  folder: string,
  remove: () => Promise<void>,
  environment: Readonly<Record<string, string>>,
): Promise<ExportedServer> {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment, HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of their own: npm, its shell and the server get the signal together.
    detached: true,
  });
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid !== undefined) {
      process.kill(-child.pid, name);
    }
  };
  // Also when this process ends in the middle of a test.
  const kill = (): void => {
    try {
      signal('SIGKILL');
    } catch {
      // It has ended by itself.
    }
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', kill);
  let errors = '';
  let heard: (() => void) | null = null;
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
    heard?.();
  });
  const ended = once(child, 'exit');
  const port = await Promise.race([
    ended.then(() => null),
    (async () => {
      for await (const line of createInterface({ input: child.stdout })) {
        const match = /on port (\d+)$/.exec(line);
        if (match !== null) {
          return Number(match[1]);
        }
      }
      return null;
    })(),
  ]);
  if (port === null) {
    process.off('exit', kill);
    throw new Error(`the server ended at once:\n${errors}`);
  }
  return {
    folder,
    port,
    says: (text) =>
      new Promise((resolve) => {
        heard = () => {
          if (errors.includes(text)) {
            heard = null;
            resolve(errors);
          }
        };
        heard();
      }),
    end: () => signal('SIGTERM'),
    async stop() {
      process.off('exit', kill);
      if (child.exitCode === null) {
        signal('SIGTERM');
      }
      await ended;
      await remove();
    },
  };
}
