/**
 * The acts on a run, and what the worker tells about it. Each act resolves when the worker answered; a refusal is in
 * `useRun().error` and in the result.
 */
import { err } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { VirtualTime } from '../base/ids.ts';
import type { FailureDecision, UserRecord } from '../runtime/engine-api.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { RequestType, Requests, RunStatus, Speed, WorkerError } from '../worker/contract.ts';
import { workerClient } from './client.ts';
import { useDocument } from './document-controller.ts';
import { askForRemotes } from './remote-consent.ts';
import { publishProjection, useRun } from './run-store.ts';

/** The speed of the next start: what the user chose last. */
let chosenSpeed: Speed = 1;

/** Passes the worker's events on to the stores. Returns the function that stops it. */
export function listenToWorker(client: WorkerClient): () => void {
  return client.listen((event) => {
    switch (event.type) {
      case 'run-status':
        showRun(event.status);
        return;
      case 'run-projection':
        publishProjection(event.projection);
        return;
      case 'lost-lock':
        useDocument.getState().lostLock();
        return;
      case 'storage-problem':
        useDocument.getState().storageFailed(event.error);
        return;
      case 'sandbox-wanted':
      case 'sandbox-unwanted':
        // The page frames of the sandbox answer these.
        return;
    }
  });
}

/** The run of a project just opened, or null when there is none or it ended. */
export function showRun(status: RunStatus | null): void {
  if (status === null || useRun.getState().status?.run !== status.run) {
    publishProjection(null);
  }
  if (status !== null) {
    chosenSpeed = status.speed;
  }
  useRun.getState().setStatus(status);
}

async function act<Type extends RequestType>(
  type: Type,
  params: Requests[Type]['in'],
): Promise<Result<Requests[Type]['out'], WorkerError>> {
  let answer = await workerClient().ask(type, params);
  if (!answer.ok && answer.error.code === 'unconfirmed-remotes' && (await askForRemotes())) {
    answer = await workerClient().ask(type, params);
  }
  useRun.getState().setError(answer.ok ? null : answer.error);
  return answer;
}

/** Runs work on the saved project, so what is on its way to storage goes first. */
async function actOnSaved<Type extends RequestType>(
  type: Type,
  params: Requests[Type]['in'],
): Promise<Result<Requests[Type]['out'], WorkerError>> {
  const { save, whenSaved } = useDocument.getState();
  if (!(await whenSaved())) {
    const error: WorkerError =
      save === 'read-only'
        ? { code: 'read-only', message: 'This project is read-only here. Take it over to run it.' }
        : { code: 'storage-closed', message: 'The last edits are not saved, so a run would not see them. Save again first.' };
    useRun.getState().setError(error);
    return err(error);
  }
  return act(type, params);
}

export const runActions = {
  async start(play = true): Promise<Result<RunStatus, WorkerError>> {
    const answer = await actOnSaved('start-run', { speed: chosenSpeed, play });
    if (answer.ok) {
      showRun(answer.value);
    }
    return answer;
  },
  async stop() {
    const answer = await act('end-run', {});
    if (answer.ok) {
      showRun(null);
    }
    return answer;
  },
  play: () => act('play', {}),
  pause: () => act('pause', {}),
  togglePlay: () => (useRun.getState().status?.phase === 'playing' ? act('pause', {}) : act('play', {})),
  step: () => act('step', {}),
  setSpeed(speed: Speed) {
    chosenSpeed = speed;
    return act('set-speed', { speed });
  },
  toNextTimer: () => act('to-next-timer', {}),
  runUntil: (at: VirtualTime) => act('run-until', { at }),
  /** Starts over with the project's settings and code of now; plays on if it played. */
  reset: () => runActions.start(useRun.getState().status?.phase === 'playing'),
  sendRecord: (record: UserRecord) => act('send-record', { record }),
  checkpointNow: () => act('checkpoint-now', {}),
  /** The job loses all tasks at once, as when its machines die. */
  crash: () => act('crash', {}),
  decide: (decision: FailureDecision) => act('decide', { decision }),
  /** One part of a comparison of recorded answers with those of a server; see the contract. */
  compareRecorded: (functions: string, from: number) => actOnSaved('compare-recorded', { functions, from }),
  /** `agreed`: also if the job fails over it. */
  applyCode: (agreed: boolean) => actOnSaved('apply-code', { agreed }),
};

/** True when Play, Step and their like do something: the run is neither over nor only readable nor waiting for an answer. */
export function canAdvance(status: RunStatus | null): boolean {
  return status !== null && (status.phase === 'playing' || status.phase === 'stopped' || status.phase === 'idle');
}
