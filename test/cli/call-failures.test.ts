import { describe, expect, it } from 'vitest';
import { filePath, typename, virtualTime } from '../../src/base/ids.ts';
import { CallFailures, groupLines } from '../../src/worker/play/call-failures.ts';
import type { CallFailed, CallFailureReason } from '../../src/runtime/trace-event.ts';

function failed(name: string, id: string, reason: CallFailureReason): CallFailed {
  const address = { typename: typename(name), id };
  const base = { seq: 1, at: virtualTime(0), type: 'call-failed', call: 1, attempt: 1 } as const;
  return { ...base, address, reason, decision: 'retry', retryAfterMillis: 1, logs: [] };
}

function threw(message: string, line: number): CallFailureReason {
  const stack = [{ path: filePath('functions/a.ts'), line, column: 3 }];
  return { type: 'threw', error: { name: 'Error', message, stack, messageIndex: 0 } };
}

describe('failed calls', () => {
  it('are one group by function and place in the code, whatever the messages say', () => {
    const failures = new CallFailures();
    failures.note(failed('a/b', '1', threw('no 1', 7)));
    failures.note(failed('a/b', '2', threw('no 2', 7)));
    failures.note(failed('a/b', '2', threw('no 2', 9)));
    failures.note(failed('a/c', '2', { type: 'http-status', status: 503 }));
    failures.note(failed('a/c', '2', { type: 'http-status', status: 500 }));
    expect(groupLines(failures.groups(), failures.leftOut())).toEqual([
      'a/b threw Error: no 1 (functions/a.ts:7:3), 2 attempts',
      'a/b threw Error: no 2 (functions/a.ts:9:3), 1 attempt',
      'a/c: the endpoint answered with status 503, as a fault has it, 1 attempt',
      'a/c: the endpoint answered with status 500, as a fault has it, 1 attempt',
    ]);
  });

  it('are told apart in 20 groups at most, and counted beyond', () => {
    const failures = new CallFailures();
    for (let line = 1; line <= 23; line += 1) {
      failures.note(failed('a/b', '1', threw('no', line)));
    }
    failures.note(failed('a/b', '1', threw('no', 1)));
    expect(failures.groups()).toHaveLength(20);
    expect(failures.groups()[0]).toMatchObject({ attempts: 2, place: { line: 1 } });
    expect(groupLines(failures.groups(), failures.leftOut()).at(-1)).toBe('and 3 attempts that failed otherwise');
  });
});
