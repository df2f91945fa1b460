/**
 * Logpoints on a run that has happened: recorded calls are executed once more, the newest first, and what the logpoints print is shown as
 * observed. Nothing of the run changes.
 */
import { create } from 'zustand';
import type { Typename } from '../base/ids.ts';
import { workerClient } from './client.ts';
import { useDocument } from './document-controller.ts';
import { useView } from './document-store.ts';
import { activeLogpoints, noteLogpointProblems, useLogpoints } from './logpoints-store.ts';
import { observedLines } from './printed-lines.ts';
import { useRun } from './run-store.ts';
import { useTrials } from './trials-store.ts';

export interface ObservingState {
  /** Null while nothing is observed. */
  readonly progress: { readonly typename: Typename; readonly done: number; readonly total: number } | null;
  /** What the last round came to. */
  readonly outcome: string | null;
}

export const useObserving = create<ObservingState>()(() => ({ progress: null, outcome: null }));

let round = 0;

export function cancelObserving(): void {
  round += 1;
  useObserving.setState({ progress: null });
}

/** Observes the call of one event and prints what its logpoints say. */
export async function observeEvent(seq: number): Promise<void> {
  await observeEach(null, [seq]);
}

const NEWEST = 20;

/** Shows where it is printed, and observes the newest calls. */
export async function printNewest(typename: Typename, limit = NEWEST): Promise<void> {
  showPrinted();
  await observeCalls(typename, limit);
}

export function showPrinted(): void {
  useTrials.getState().showConsole('trials');
  useView.getState().setDock(true, 'console');
}

// What the last round came to says nothing of a logpoint that was added since.
useLogpoints.subscribe((state, before) => {
  if (state.logpoints.length > before.logpoints.length) {
    useObserving.setState({ outcome: null });
  }
});

/** Observes the newest recorded calls of a function, at most `limit`. */
export async function observeCalls(typename: Typename, limit: number): Promise<void> {
  round += 1;
  useObserving.setState({ progress: { typename, done: 0, total: limit }, outcome: null });
  const mine = round;
  const seqs = await newestCalls(typename, limit);
  if (mine !== round) {
    return;
  }
  if (typeof seqs === 'string') {
    useObserving.setState({ progress: null, outcome: seqs });
    return;
  }
  await observeEach(typename, seqs);
}

/** Starts of calls, the newest first; or why they cannot be read. */
async function newestCalls(typename: Typename, limit: number): Promise<readonly number[] | string> {
  const filter = { types: ['call-started'] as const, name: typename, id: null, text: null };
  const first = await workerClient().ask('read-trace', { filter, from: 0, count: 1 });
  if (!first.ok) {
    return first.error.message;
  }
  const from = Math.max(0, first.value.total - limit);
  const answer = await workerClient().ask('read-trace', { filter, from, count: limit });
  return answer.ok ? answer.value.rows.map(({ seq }) => seq).toReversed() : answer.error.message;
}

async function observeEach(typename: Typename | null, seqs: readonly number[]): Promise<void> {
  round += 1;
  const mine = round;
  const logpoints = useLogpoints.getState().logpoints;
  const wanted = activeLogpoints(logpoints);
  const run = useRun.getState().status?.run;
  let printed = 0;
  let different = 0;
  let failed: string | null = null;
  const report = (done: number) => {
    if (typename !== null) {
      useObserving.setState({ progress: { typename, done, total: seqs.length } });
    }
  };
  report(0);
  for (const [index, seq] of seqs.entries()) {
    const { files } = useDocument.getState().project;
    const answer = await workerClient().ask('observe-call', { recorded: { seq }, logpoints: wanted });
    if (mine !== round || useRun.getState().status?.run !== run) {
      return;
    }
    if (answer.ok) {
      const { input, result, difference, changedFiles } = answer.value;
      const lines = observedLines(input, answer.value, seq);
      noteLogpointProblems(logpoints, result.logpointProblems);
      useTrials.getState().print(lines);
      printed += lines.filter(({ kind }) => kind === 'logpoint').length;
      different += difference === null ? 0 : 1;
      if (index === 0) {
        const chosen = { source: 'recorded', chosen: true, seq, files } as const;
        useTrials.getState().show({ ...chosen, typename: input.typename, input, result, difference, changedFiles });
      }
    } else {
      // A call that a fault kept from the function has no request: the others have.
      failed = answer.error.message;
    }
    report(index + 1);
  }
  useObserving.setState({ progress: null, outcome: outcomeWords(seqs.length, printed, different, failed) });
}

function outcomeWords(calls: number, printed: number, different: number, failed: string | null): string {
  if (calls === 0) {
    return 'The run has no call of this function yet.';
  }
  const words = [`${calls} ${calls === 1 ? 'call' : 'calls'} observed, ${printed} ${printed === 1 ? 'line' : 'lines'} printed.`];
  if (different > 0) {
    words.push(`${different} answered otherwise than recorded: the function is not deterministic.`);
  }
  if (failed !== null) {
    words.push(failed);
  }
  return words.join(' ');
}
