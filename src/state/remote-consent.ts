/**
 * Asks before the Studio calls a function server for the first time, one URL after the other. An act that the worker refuses for
 * want of it waits for the answer, and is then tried again.
 */
import { create } from 'zustand';
import type { RemoteStatus } from '../worker/contract.ts';
import { workerClient } from './client.ts';

interface Question {
  readonly remote: RemoteStatus;
  answer(allowed: boolean): void;
}

interface RemoteConsent {
  readonly question: Question | null;
  /** How many URLs were allowed since the page was opened. */
  readonly allowed: number;
}

export const useRemoteConsent = create<RemoteConsent>()(() => ({ question: null, allowed: 0 }));

/** True once the user has allowed every URL of the project that was not allowed before. */
export async function askForRemotes(): Promise<boolean> {
  const status = await workerClient().ask('remote-status', {});
  if (!status.ok) {
    return false;
  }
  const open = status.value.remotes.filter(({ confirmed }) => !confirmed);
  const urls = new Map(open.map((remote) => [remote.url, remote]));
  for (const [url, remote] of urls) {
    const allowed = await new Promise<boolean>((resolve) => {
      useRemoteConsent.setState({ question: { remote, answer: resolve } });
    });
    useRemoteConsent.setState({ question: null });
    if (!allowed || !(await workerClient().ask('confirm-remotes', { urls: [url] })).ok) {
      return false;
    }
    useRemoteConsent.setState(({ allowed: before }) => ({ allowed: before + 1 }));
  }
  return urls.size > 0;
}
