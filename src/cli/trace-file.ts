/** Where a trace is written, line by line, no faster than it can be: a slow disk or reader holds the run back. */
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { systemMessage } from './system-message.ts';

export interface TraceSink {
  write(lines: readonly string[]): Promise<void> | void;
  /** Why nothing more can be written, or null. */
  failure(): string | null;
  close(): Promise<void>;
}

/** @param path a file that is made or written over; `-` is standard output */
export async function openTrace(path: string, stdout: Writable): Promise<Result<TraceSink, string>> {
  if (path === '-') {
    return ok(sinkOf(stdout, async () => undefined, path));
  }
  try {
    // Opening says less: a folder is no file, a pipe is fine.
    if ((await stat(path)).isDirectory()) {
      return err(`${path}: it is a folder, not a file`);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
      return err(systemMessage(error, path));
    }
  }
  const stream = createWriteStream(path, { highWaterMark: 1 << 20 });
  try {
    await once(stream, 'open');
  } catch (error) {
    return err(systemMessage(error, path));
  }
  return ok(
    sinkOf(
      stream,
      async () => {
        stream.end();
        await finished(stream);
      },
      path,
    ),
  );
}

function sinkOf(stream: Writable, end: () => Promise<void>, path: string): TraceSink {
  let failure: string | null = null;
  let released: () => void = () => undefined;
  stream.on('error', (error) => {
    failure ??= systemMessage(error, path);
    released();
  });
  stream.on('drain', () => released());
  return {
    write(lines) {
      if (failure !== null || lines.length === 0 || stream.write(`${lines.join('\n')}\n`)) {
        return;
      }
      return new Promise((resolve) => {
        released = resolve;
      });
    },
    failure: () => failure,
    async close() {
      if (failure === null) {
        try {
          await end();
        } catch (error) {
          failure ??= systemMessage(error, path);
        }
      }
    },
  };
}
