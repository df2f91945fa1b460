import { describe, expect, it } from 'vitest';
import { filePath, typename, virtualTime } from '../../src/base/ids.ts';
import { callFailureText } from '../../src/runtime/call-failure-text.ts';
import type { CallFailed, CallFailureReason } from '../../src/runtime/trace-event.ts';
import { FailureLog } from '../../src/scenario/expect/failure-log.ts';
import type { FailureExpectation } from '../../src/scenario/scenario.ts';
import { ActivityIndex } from '../../src/worker/function-activity.ts';
import { CallFailures, groupLines } from '../../src/worker/play/call-failures.ts';

const PLACE = { path: filePath('functions/a.ts'), line: 7, column: 3 };
const ERROR = { name: 'RangeError', message: 'seven', stack: [PLACE], messageIndex: 0 };
const WORKER = typename('lab/worker');

const NO_FAILURES: FailureExpectation = {
  type: 'failures',
  place: { line: 1, column: 1, offset: 0 },
  level: 'none',
  kind: null,
  function: null,
  id: null,
  message: null,
  count: { atLeast: 0, atMost: 0 },
};

const SAID: readonly (readonly [string, CallFailureReason])[] = [
  ['RangeError: seven', { type: 'threw', error: ERROR }],
  ['did not return within 1.5 s', { type: 'timed-out', limitMillis: 1500 }],
  [
    'did not return within 300 ms of real time: a loop goes on and on',
    { type: 'timed-out', limitMillis: 300, stall: { type: 'loop', place: PLACE } },
  ],
  ['waits for a promise that nothing can settle: no timer and no request is left', { type: 'timed-out', limitMillis: 0 }],
  ['The worker died.', { type: 'sandbox-lost', message: 'The worker died.' }],
  ['no code defines it', { type: 'no-such-function' }],
  ['answered 100 times that states are missing which it has', { type: 'never-ready', times: 100 }],
  ['The reply is cut off', { type: 'bad-reply', message: 'The reply is cut off' }],
  ['the endpoint answered with status 503, as a fault has it', { type: 'http-status', status: 503 }],
  ['the endpoint refused the connection, as a fault has it', { type: 'refused' }],
  ['the endpoint dropped the connection, as a fault has it', { type: 'dropped' }],
  ['the endpoint did not answer within 2 min of virtual time, as a fault has it', { type: 'no-answer', limitMillis: 120_000 }],
  ['the endpoint answered with content type text/html, as a fault has it', { type: 'wrong-content-type', contentType: 'text/html' }],
  ['the endpoint answered something that is no FromFunction, as a fault has it', { type: 'malformed' }],
  [
    'http://localhost:8000/: Its body is empty.',
    { type: 'http-status', status: 500, remote: { url: 'http://localhost:8000/', detail: 'Its body is empty.' } },
  ],
];

describe('why a call failed', () => {
  it.each(SAID)('is “%s”', (text, reason) => {
    expect(callFailureText(reason)).toBe(text);
  });

  it.each(SAID)('is said the same above the function, on the command line and by a scenario: “%s”', (text, reason) => {
    const event: CallFailed = {
      seq: 1,
      at: virtualTime(0),
      type: 'call-failed',
      call: 1,
      attempt: 1,
      address: { typename: WORKER, id: 'a' },
      reason,
      decision: 'retry',
      retryAfterMillis: 1,
      logs: [],
    };
    const activity = new ActivityIndex(null);
    activity.add(event);
    const groups = new CallFailures();
    groups.note(event);
    const log = new FailureLog(0);
    log.note(event);
    const found = log.check(NO_FAILURES);
    expect(activity.of(WORKER).lastError?.error).toBe(text);
    expect(groupLines(groups.groups(), 0)).toEqual([expect.stringContaining(text)]);
    expect(found?.diff).toEqual([{ mark: '+', text: expect.stringContaining(`lab/worker / a: ${text} (`) }]);
  });
});
