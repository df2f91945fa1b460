/** What a command writes to, and how it is told to end. Commands know no process: tests give them a terminal of their own. */
import type { Writable } from 'node:stream';

export interface Terminal {
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Standard error is a terminal that someone looks at: show progress. */
  readonly watched: boolean;
  /** Aborted by Ctrl+C: end with what was done so far. */
  readonly signal: AbortSignal;
}

export function print(stream: Writable, text: string): void {
  stream.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function printJson(stream: Writable, value: unknown): void {
  print(stream, JSON.stringify(value, null, 2));
}
