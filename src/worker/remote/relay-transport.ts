/** Requests to function servers from the browser: through the relay of the server that the Studio came from, and only to confirmed URLs. */
import { onGivenUp } from './give-up.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpTransport } from './remote-caller.ts';
import { RelaySession } from './relay-session.ts';
import type { Fetch } from './relay-session.ts';

export const NO_RELAY =
  'This copy of the Studio is served without its relay, so a browser cannot reach function servers. Run npm start in a clone of the Studio on this machine, or use statefun-studio simulate --remote.';

export interface RelayOptions {
  /** The relay's address, with a slash at its end. */
  readonly base: string;
  readonly fetch: Fetch;
  /** Whether the user has confirmed a URL, `{function.name}` in it or not. */
  readonly isConfirmed: (template: string) => boolean;
}

export function createRelayTransport({ base, fetch, isConfirmed }: RelayOptions): HttpTransport {
  let session: Promise<RelaySession | null> | null = null;
  let closed = false;
  const open = async (): Promise<RelaySession | null> => {
    const known = await session;
    if (known === null || known.ended) {
      session = RelaySession.open(fetch, base);
    }
    const opened = await session;
    if (closed) {
      opened?.close();
    }
    return opened;
  };
  // One after the other: calls that come together share the session that the first of them opens.
  let turn: Promise<RelaySession | null> = Promise.resolve(null);
  return {
    now: () => performance.now(),
    async post({ target, body, signal }): Promise<HttpAnswer> {
      if (!isConfirmed(target.template)) {
        return { type: 'refused', message: `Calls to ${target.template} were not confirmed on this machine yet.` };
      }
      turn = turn.then(open, open);
      const opened = await turn;
      if (opened === null) {
        return { type: 'refused', message: NO_RELAY };
      }
      return new Promise((resolve) => {
        const letGo = onGivenUp(signal, () => resolve({ type: 'dropped', message: 'Given up.' }));
        void opened.call({
          target,
          body,
          resolve(answer) {
            letGo();
            resolve(answer);
          },
        });
      });
    },
    close() {
      closed = true;
      void session?.then((opened) => opened?.close());
    },
  };
}

/** Whether the server that the Studio came from has a relay. */
export async function hasRelay({ base, fetch }: Pick<RelayOptions, 'base' | 'fetch'>): Promise<boolean> {
  const session = await RelaySession.open(fetch, base);
  session?.close();
  return session !== null;
}
