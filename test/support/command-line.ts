/** Runs the command line as a user does: the program of bin/ in a process of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
const program = join(repository, 'bin/statefun-studio.mjs');

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** Resolves when standard output or error holds the text. */
  says(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

export function startCommand(args: readonly string[], cwd: string = repository): Started {
  const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  let waiting: { readonly text: string; readonly resolve: () => void }[] = [];
  const look = (): void => {
    waiting = waiting.filter(({ text, resolve }) => {
      const said = out.includes(text) || err.includes(text);
      if (said) {
        resolve();
      }
      return !said;
    });
  };
  // A character may come in two pieces.
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
    look();
  });
  const ended = once(child, 'close').then(([code]: unknown[]): Ended => ({ code: typeof code === 'number' ? code : null, out, err }));
  return {
    child,
    ended,
    says: (text) =>
      new Promise((resolve) => {
        waiting.push({ text, resolve });
        look();
      }),
  };
}

export function runCommand(...args: readonly string[]): Promise<Ended> {
  return startCommand(args).ended;
}

/** Writes files to a new temporary folder and gives its path. */
export async function folderWith(files: ReadonlyMap<string, string> | Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'statefun-cli-'));
  for (const [path, text] of files instanceof Map ? files : Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}
