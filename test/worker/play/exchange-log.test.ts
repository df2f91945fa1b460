import { describe, expect, it } from 'vitest';
import { typename, virtualTime } from '../../../src/base/ids.ts';
import type { CallReply, CallRequest } from '../../../src/protocol/call.ts';
import { exchangesDifference } from '../../../src/protocol/compare-exchanges.ts';
import { comparable, ExchangeLog } from '../../../src/worker/play/exchange-log.ts';

const TYPE = typename('greeter/greet');

function exchange(call: number, id: string, error: string): readonly [CallRequest, CallReply] {
  const request = { call, attempt: 1, typename: TYPE, id, at: virtualTime(0), seed: call, request: new Uint8Array(100) };
  const outcome = { type: 'threw' as const, error: { name: 'Error', message: error, stack: [], messageIndex: null } };
  return [request, { call, attempt: 1, outcome, extraMillis: 0, logs: [], fetches: [], code: '' }];
}

function logOf(limit: number, ...calls: readonly (readonly [call: number, id: string])[]): ExchangeLog {
  const log = new ExchangeLog(limit);
  calls.forEach(([call, id]) => log.add(...exchange(call, id, 'same')));
  return log;
}

describe('exchanges of two runs', () => {
  it('are compared in the order of their calls, whatever order they were answered in', () => {
    const log = logOf(1e6, [2, 'b'], [1, 'a'], [3, 'a']);
    expect(log.exchanges().map(({ call }) => call)).toEqual([1, 2, 3]);
    expect([log.count, log.isWhole]).toEqual([3, true]);
  });

  it('are told apart where one run made a call that the other did not', () => {
    const [ours, theirs] = comparable(logOf(1e6, [1, 'a'], [2, 'b']), logOf(1e6, [1, 'a']));
    expect(exchangesDifference(ours, theirs)).toMatchObject({ part: 'call', id: 'b', ordinal: 1 });
  });

  it('that were too many to be kept are no difference, on either side', () => {
    const all = [1, 2, 3, 4, 5, 6].map((call) => [call, call % 2 === 0 ? 'a' : 'b'] as const);
    const [whole, cut] = [logOf(1e6, ...all), logOf(700, ...all)];
    expect(cut.isWhole).toBe(false);
    expect(cut.exchanges().length).toBeLessThan(6);
    for (const [ours, theirs] of [comparable(whole, cut), comparable(cut, whole), comparable(cut, cut)]) {
      expect(ours.map(({ call }) => call)).toEqual(theirs.map(({ call }) => call));
      expect(exchangesDifference(ours, theirs)).toBeNull();
    }
  });
});
