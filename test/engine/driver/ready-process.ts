/**
 * A child of this process that serves: a JVM of the test partner, a function server. It is ready when it says so on its standard output, in a
 * line of JSON; it ends when its standard input does, so even a killed runner leaves none behind. Its standard error stream goes to a log file.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A cold start on a busy machine of two cores takes half a minute. */
const READY_WITHIN_MILLIS = 180_000;
const END_WITHIN_MILLIS = 5_000;

export interface ReadyProcess {
  readonly name: string;
  readonly pid: number;
  /** Where it listens: on this port of loopback. */
  readonly port: number;
  readonly log: string;
  /** What it said of itself when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** Its exit code or signal once it has ended, null before. */
  ended(): string | null;
  end(): Promise<void>;
  /** At once, for when this process ends. */
  kill(): void;
}

export async function startReady(name: string, command: string, args: readonly string[], log: string): Promise<ReadyProcess> {
  const logFile = openSync(log, 'w');
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', logFile] });
  closeSync(logFile);
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) {
    throw new Error('A child process with pipes has none.');
  }
  stdin.on('error', () => undefined);
  const ready = await readyLine(name, child, stdout, log).catch((problem: unknown) => {
    child.kill('SIGKILL');
    throw problem;
  });
  let outcome: string | null = null;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      outcome = signal ?? `code ${code}`;
      resolve();
    });
  });
  return {
    name,
    pid: child.pid ?? 0,
    port: Number(ready['port']),
    log,
    ready,
    ended: () => outcome,
    async end() {
      stdin.end();
      const late = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MILLIS);
      await ended;
      clearTimeout(late);
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}

async function readyLine(name: string, child: ChildProcess, stdout: Readable, log: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => {
      clearTimeout(late);
      reject(new Error(`The ${name} did not come up: ${what}. Its log is ${log}${lastWords(log)}`));
    };
    const late = setTimeout(() => fail(`nothing was heard of it for ${READY_WITHIN_MILLIS / 1000} s`), READY_WITHIN_MILLIS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`it ended with ${signal ?? `code ${code}`}`));
    createInterface({ input: stdout }).on('line', (line) => {
      const said = objectOf(line);
      if (said?.['event'] === 'ready') {
        clearTimeout(late);
        child.removeAllListeners('exit');
        resolve(said);
      }
    });
  });
}

function objectOf(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : null;
  } catch {
    return null;
  }
}

/** The first exception that a log tells of. */
export function lastWords(log: string): string {
  const lines = readFileSync(log, 'utf8').split('\n');
  const exception = lines.find((line) => /(Exception|Error|error):? /.test(line));
  return exception === undefined ? '.' : `: ${exception.trim().slice(0, 300)}`;
}
