import { beforeEach, describe, expect, test } from 'vitest';
import { filePath, runId } from '../../src/base/ids.ts';
import { err, ok } from '../../src/base/result.ts';
import { DEFAULT_SETTINGS } from '../../src/model/simulation-settings.ts';
import { setClient } from '../../src/state/client.ts';
import { useDocument } from '../../src/state/document-controller.ts';
import { canAdvance, listenToWorker, runActions, showRun } from '../../src/state/run-controller.ts';
import { useRun } from '../../src/state/run-store.ts';
import type { RunPhase, RunStatus } from '../../src/worker/contract.ts';
import { fakeClient } from '../support/fake-client.ts';
import type { FakeClient } from '../support/fake-client.ts';

const NOTES = filePath('notes.txt');

function status(phase: RunPhase, run = 'r1'): RunStatus {
  return {
    run: runId(run),
    phase,
    speed: 10,
    seed: 'seed',
    settings: DEFAULT_SETTINGS,
    failure: null,
    error: null,
    code: 'hash',
    codeProblems: [],
    recordOnly: false,
    report: { functions: [], problems: [] },
    notice: null,
  };
}

let client: FakeClient;
beforeEach(async () => {
  client = fakeClient();
  setClient(client);
  const created = await useDocument.getState().create('mine', new Map([[NOTES, 'one']]));
  if (created.ok) {
    await useDocument.getState().open(created.value);
  }
  showRun(null);
  useRun.getState().setError(null);
});

describe('run controller', () => {
  test('a run starts only after the edits before it are saved', async () => {
    client.answer('start-run', () => ok(status('playing')));
    client.hold();
    useDocument.getState().edit('Type', [{ type: 'text', path: NOTES, from: 0, to: 0, insert: 'x' }]);
    const started = runActions.start();
    expect(client.asked.at(-1)?.type).toBe('save-edits');
    client.release();
    expect((await started).ok).toBe(true);
    expect(client.asked.map((request) => request.type).slice(-2)).toEqual(['save-edits', 'start-run']);
    expect(useRun.getState().status?.run).toBe('r1');
  });

  test('with edits that could not be saved no run starts, and the reason is shown', async () => {
    client.answer('save-edits', () => err({ code: 'quota', message: 'full' }));
    useDocument.getState().edit('Type', [{ type: 'text', path: NOTES, from: 0, to: 0, insert: 'x' }]);
    await useDocument.getState().whenSaved();
    const started = await runActions.start();
    expect(started.ok).toBe(false);
    expect(useRun.getState().error?.code).toBe('storage-closed');
    expect(client.asked.some((request) => request.type === 'start-run')).toBe(false);
  });

  test('a refused act is kept until the next act that is not', async () => {
    client.answer('step', () => err({ code: 'no-run', message: 'There is no run.' }));
    await runActions.step();
    expect(useRun.getState().error).toEqual({ code: 'no-run', message: 'There is no run.' });
    client.answer('step', () => ok(null));
    await runActions.step();
    expect(useRun.getState().error).toBeNull();
  });

  test('play and pause follow the phase', async () => {
    client.answer('play', () => ok(null));
    client.answer('pause', () => ok(null));
    showRun(status('playing'));
    await runActions.togglePlay();
    expect(client.asked.at(-1)?.type).toBe('pause');
    showRun(status('stopped'));
    await runActions.togglePlay();
    expect(client.asked.at(-1)?.type).toBe('play');
  });

  test('reset keeps the chosen speed, and plays only if the run played', async () => {
    client.answer('start-run', () => ok(status('stopped', 'r2')));
    showRun(status('stopped'));
    await runActions.reset();
    expect(client.asked.at(-1)).toEqual({ type: 'start-run', params: { speed: 10, play: false } });
  });

  test('what the worker tells reaches the stores', () => {
    const stop = listenToWorker(client);
    client.emit({ type: 'run-status', status: status('idle') });
    expect(useRun.getState().status?.phase).toBe('idle');
    client.emit({ type: 'storage-problem', error: { code: 'storage-closed', message: 'gone' } });
    expect(useDocument.getState()).toMatchObject({ save: 'failed', saveMessage: 'gone' });
    client.emit({ type: 'lost-lock' });
    expect(useDocument.getState().save).toBe('read-only');
    stop();
    client.emit({ type: 'run-status', status: null });
    expect(useRun.getState().status?.phase).toBe('idle');
  });

  test('a run that waits for a decision, is over, or is only readable cannot be advanced', () => {
    const phases: readonly RunPhase[] = ['starting', 'playing', 'stopped', 'failed', 'idle', 'ended', 'read-only'];
    expect(phases.filter((phase) => canAdvance(status(phase)))).toEqual(['playing', 'stopped', 'idle']);
    expect(canAdvance(null)).toBe(false);
  });
});
