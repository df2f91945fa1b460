/** Talks to a JVM of the test partner over its control port: requests with answers, and events. */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

export type ControlEvent = Readonly<Record<string, unknown>> & { readonly event: string };

export interface ControlClient {
  ask(what: string, parameters?: object): Promise<unknown>;
  /** Every event from now on; the function returned ends it. */
  listen(listener: (event: ControlEvent) => void): () => void;
  /** Rejects, with one clear line, when the process has gone; never resolves. */
  readonly gone: Promise<never>;
  close(): void;
}

interface Waiting {
  readonly what: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (problem: Error) => void;
}

export async function connectControl(name: string, port: number, log: string): Promise<ControlClient> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', () => reject(new Error(`The ${name} does not answer any more. Its log is ${log}.`)));
  });
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: ControlEvent) => void>();
  let next = 1;
  let closed: Error | null = null;
  let tellGone: (problem: Error) => void = () => undefined;
  const gone = new Promise<never>((_, reject) => {
    tellGone = reject;
  });
  gone.catch(() => undefined);
  const end = (): void => {
    if (closed === null) {
      closed = new Error(`The ${name} died. Its log is ${log}.`);
      tellGone(closed);
    }
    for (const { reject } of waiting.values()) {
      reject(closed);
    }
    waiting.clear();
  };
  socket.on('error', end);
  socket.on('close', end);

  const lines = createInterface({ input: socket });
  // It passes on what the socket tells too.
  lines.on('error', end);
  lines.on('line', (line) => {
    // Both sides of the control lines are this project's own.
    const said = JSON.parse(line) as { id?: number; ok?: unknown; error?: string } & ControlEvent;
    if (said.id === undefined) {
      listeners.forEach((listener) => listener(said));
      return;
    }
    const asked = waiting.get(said.id);
    waiting.delete(said.id);
    if (said.error === undefined) {
      asked?.resolve(said.ok);
    } else {
      asked?.reject(new Error(`The ${name} could not ${asked.what}: ${said.error}`));
    }
  });

  return {
    gone,
    ask(what, parameters = {}) {
      if (closed !== null) {
        return Promise.reject(closed);
      }
      const id = next;
      next += 1;
      return new Promise((resolve, reject) => {
        waiting.set(id, { what, resolve, reject });
        socket.write(`${JSON.stringify({ ...parameters, id, do: what })}\n`);
      });
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = new Error(`The connection to the ${name} was closed.`);
      socket.destroy();
    },
  };
}
