/** A project's exported server, built and running: what answers the real engine, as it would in production. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
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
  /** Ends the server and removes the folder. */
  stop(): Promise<void>;
}

/**
 * Exports to a temporary folder, builds there and serves on a free port of loopback.
 * @param packages `installed`: by npm ci from the registry, as a user would; `linked`: the repository's own, of the same versions
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
    } else {
      run('npm', ['ci', '--no-audit', '--no-fund'], folder);
    }
    run('npm', ['run', 'build'], folder);
    return await serve(folder, remove, environment);
  } catch (error) {
    await remove();
    throw error;
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  }
}

async function serve(folder: string, remove: () => Promise<void>, environment: Readonly<Record<string, string>>): Promise<ExportedServer> {
  const child = spawn(process.execPath, ['dist/server.cjs'], {
    cwd: folder,
    env: { ...process.env, ...environment, HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Also when this process ends in the middle of a test.
  const kill = (): void => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', kill);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
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
    throw new Error(`the exported server ended at once:\n${errors}`);
  }
  return {
    folder,
    port,
    async stop() {
      process.off('exit', kill);
      child.kill('SIGTERM');
      await ended;
      await remove();
    },
  };
}
