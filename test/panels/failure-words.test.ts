import { describe, expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { DEFAULT_SETTINGS } from '../../src/model/simulation-settings.ts';
import { engineWould, failureWords } from '../../src/panels/run/failure-words.ts';
import type { PausedFailure } from '../../src/runtime/engine-api.ts';
import type { JobFailureCode } from '../../src/runtime/trace-event.ts';

const CODES = [
  'no-endpoint',
  'unknown-egress',
  'bad-egress-payload',
  'unknown-state',
  'state-type-mismatch',
  'state-expiration-changed',
  'duplicate-token',
  'cancel-without-token',
  'negative-delay',
  'call-budget-spent',
  'bad-transport-options',
  'record-without-key',
  'record-without-value',
  'injected-crash',
  'process-crash',
  'playground-port-in-use',
  'transaction-timeout-too-long',
  'transaction-timed-out',
  'checkpoint-expired',
] as const satisfies readonly JobFailureCode[];

const job = (code: JobFailureCode): PausedFailure['failure'] => ({ type: 'job', code, message: '' });
const call: PausedFailure['failure'] = { type: 'call', reason: { type: 'no-such-function' } };

describe('the words about a failure', () => {
  test.each(CODES)('%s has a title of its own, what happened and what to do, in whole sentences', (code) => {
    const words = failureWords(job(code));
    expect(words.title).not.toMatch(/\.$/);
    expect(words.what).toMatch(/^[A-Z].*\.$/);
    expect(words.todo).toMatch(/^[A-Z].*\.$/);
    expect(CODES.filter((other) => failureWords(job(other)).title === words.title)).toEqual([code]);
  });

  test('a wrong record is mended where it is produced, a wrong option in module.yaml, the rest in code', () => {
    expect(CODES.filter((code) => failureWords(job(code)).place === 'record')).toEqual(['record-without-key', 'record-without-value']);
    expect(CODES.filter((code) => failureWords(job(code)).place === 'module')).toEqual([
      'bad-transport-options',
      'playground-port-in-use',
      'transaction-timeout-too-long',
      'transaction-timed-out',
    ]);
  });

  const remote = { url: 'http://localhost:8000/', detail: 'The server answered with status 500. Its body is empty.' };

  test.each([
    { type: 'http-status', status: 500, remote },
    { type: 'http-status', status: 404, remote },
    { type: 'refused', remote },
    { type: 'dropped', remote },
    { type: 'no-answer', limitMillis: 120_000, remote },
    { type: 'bad-reply', message: 'invalid wire type', remote },
    { type: 'wrong-content-type', contentType: 'text/html', remote },
    { type: 'never-ready', times: 100, remote },
  ] as const)('what a server outside did ($type) is mended there, and blamed on no fault', (reason) => {
    const words = failureWords({ type: 'call', reason });
    expect(words.place).toBe('server');
    expect(words.title).not.toMatch(/\.$/);
    expect(words.todo).toMatch(/^[A-Z0-9].*\.$/);
    expect(`${words.what} ${words.todo}`).not.toContain('fault');
  });

  test('a time-out names its limit', () => {
    expect(failureWords({ type: 'call', reason: { type: 'timed-out', limitMillis: 5000 } }).what).toContain('5 s');
    // A promise that nothing settles is no matter of time.
    expect(failureWords({ type: 'call', reason: { type: 'timed-out', limitMillis: 0 } }).what).toContain('nothing can settle');
  });

  test.each(['loop', 'calls', 'await', 'statement'] as const)('a time-out whose place is known (%s) says what stays there', (type) => {
    const stall = { type, place: { path: filePath('functions/a.ts'), line: 3, column: 1 } };
    const words = failureWords({ type: 'call', reason: { type: 'timed-out', limitMillis: 5000, stall } });
    expect(words.title).not.toBe('The function did not come back');
    expect(words.what).toMatch(/^The .* the invocation was ended after 5 s\. /);
    expect(words.todo).toMatch(/^Look .*\.$/);
    expect(words.place).toBe('code');
  });

  test.each([
    { type: 'http-status', status: 503 },
    { type: 'refused' },
    { type: 'dropped' },
    { type: 'no-answer', limitMillis: 60_000 },
    { type: 'malformed' },
    { type: 'wrong-content-type', contentType: 'text/html' },
  ] as const)('a fault of the endpoint ($type) says what it was, in whole sentences, and that code is not to be mended', (reason) => {
    const words = failureWords({ type: 'call', reason });
    expect(words.title).toMatch(/^The endpoint /);
    expect(words.what).toMatch(/^[A-Z].*\.$/);
    expect(words.place).toBe('none');
    if (reason.type === 'http-status') {
      expect(words.title).toContain('503');
    }
    if (reason.type === 'no-answer') {
      expect(words.what).toContain('1 min');
    }
  });

  test('words of the worker become one sentence among the others', () => {
    const words = failureWords({ type: 'call', reason: { type: 'sandbox-lost', message: 'The worker ran out of memory' } });
    expect(words.what).toBe('The worker ran out of memory. Nothing that the call did has taken effect.');
  });
});

describe('what the engine would do', () => {
  test('without a completed checkpoint it restarts with empty state (S76)', () => {
    expect(engineWould(job('no-endpoint'), DEFAULT_SETTINGS, null)).toBe(
      'The job fails now and all functions restart after 1 s with empty state, since no checkpoint has completed, without limit.',
    );
  });

  test('with one it goes back to it, as often as the strategy says', () => {
    const settings = { ...DEFAULT_SETTINGS, restartStrategy: { type: 'fixed-delay', delayMillis: 500, attempts: 3 } as const };
    expect(engineWould(call, settings, 42)).toBe(
      'Retries with growing pauses until the endpoint’s call time is spent; then the job fails and all functions restart after 500 ms from checkpoint 42, at most 3 times.',
    );
  });

  test('the other strategies say how often, and how long they wait', () => {
    const rate = { type: 'failure-rate', maxFailures: 2, intervalMillis: 60_000, delayMillis: 1000 } as const;
    expect(engineWould(job('no-endpoint'), { ...DEFAULT_SETTINGS, restartStrategy: rate }, 1)).toBe(
      'The job fails now and all functions restart after 1 s from checkpoint 1, at most 2 times within 1 min.',
    );
    const growing = {
      type: 'exponential-delay',
      initialMillis: 1000,
      maxMillis: 60_000,
      multiplier: 2,
      resetAfterMillis: 3_600_000,
      jitter: 0.1,
    } as const;
    expect(engineWould(job('no-endpoint'), { ...DEFAULT_SETTINGS, restartStrategy: growing }, 1)).toBe(
      'The job fails now and all functions restart after a pause that grows from 1 s to 1 min from checkpoint 1, without limit.',
    );
  });

  test('without a restart strategy the job ends for good (S7)', () => {
    expect(engineWould(job('unknown-egress'), { ...DEFAULT_SETTINGS, restartStrategy: { type: 'none' } }, 42)).toBe(
      'The job fails now and ends for good, as no restart strategy is set.',
    );
  });
});
