/** The command line as a process: its streams, its signals, its exit code. */
import { writeSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { EXIT } from './exit-codes.ts';
import { PROGRAM } from './help.ts';
import { runCommandLine } from './main.ts';
import { systemErrorCode, systemMessage } from './system-message.ts';
import type { Terminal } from './terminal.ts';

/**
 * How much garbage V8 lets pile up before it collects, in per cent of what lives. It would take more than twice of that with a
 * million records in memory; this costs some time and keeps a run within a gigabyte.
 */
const HEAP_GROWING_PERCENT = 20;

/** For a bug of ours, as sysexits.h has it. */
const SOFTWARE = 70;

/** Runs and ends the process. A second Ctrl+C ends it at once. */
export async function start(args: readonly string[]): Promise<never> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  const interrupt = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (interrupt.signal.aborted) {
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }
    interrupt.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  for (const [stream, name] of [
    [process.stdout, 'standard output'],
    [process.stderr, 'standard error'],
  ] as const) {
    stream.on('error', (error) => endUnwritable(error, name));
  }
  const terminal: Terminal = {
    stdout: process.stdout,
    stderr: process.stderr,
    watched: process.stderr.isTTY === true,
    signal: interrupt.signal,
  };
  let code: number;
  try {
    code = await runCommandLine(args, terminal);
  } catch (error) {
    console.error('This is a bug in StateFun Studio:', error);
    code = SOFTWARE;
  }
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(code);
}

function endUnwritable(error: Error, name: string): never {
  if (systemErrorCode(error) === 'EPIPE') {
    // Whoever read us has seen enough, as with `| head`.
    process.exit(EXIT.ok);
  }
  try {
    writeSync(process.stderr.fd, `${PROGRAM}: ${systemMessage(error, name)}\n`);
  } catch {
    // The exit code has to do.
  }
  process.exit(EXIT.input);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
