import { describe, expect, test } from 'vitest';
import { filePath, typename, virtualTime } from '../../src/base/ids.ts';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import { EVENT_LABELS, describeEvent, eventSentence } from '../../src/panels/run/describe-event.ts';
import { EVENT_GROUPS, eventOf } from '../../src/panels/run/trace-row.ts';
import { traceLine } from '../../src/runtime/trace-line.ts';
import type { TraceEvent, TraceEventType } from '../../src/runtime/trace-event.ts';

const at = virtualTime(1000);
const manager = { typename: typename('fraud/transaction-manager'), id: 'acct-1' };
const count = { typename: typename('fraud/fraud-count'), id: 'acct-1' };
const value = { typename: 'fraud.types/query', bytes: encodeUtf8('{"transaction":"tx-1"}') };
const base = { seq: 7, at };

const EVENTS: { readonly [Type in TraceEventType]: readonly [Extract<TraceEvent, { type: Type }>, string] } = {
  'record-produced': [
    { ...base, type: 'record-produced', source: 'feed', topic: 'transactions', partition: 2, offset: 8, key: 'acct-1', value, headers: [] },
    'Record from feed to transactions 2@8, fraud.types/query: key "acct-1", {"transaction":"tx-1"}',
  ],
  'record-routed': [
    { ...base, type: 'record-routed', ingress: typename('fraud/in'), topic: 'transactions', partition: 2, offset: 8, targets: 1 },
    'Routed from transactions 2@8 to fraud/in: to 1 target',
  ],
  'message-sent': [
    { ...base, type: 'message-sent', message: 3, from: { type: 'function', address: manager }, to: count, value, cause: 1, timer: null },
    'Message from fraud/transaction-manager acct-1 to fraud/fraud-count acct-1, fraud.types/query: {"transaction":"tx-1"}',
  ],
  'call-started': [
    { ...base, type: 'call-started', call: 9, attempt: 2, address: count, messages: [3, 4], bootstrap: true },
    'Call to fraud/fraud-count acct-1: call 9, batch of 2, attempt 2, first of its type, the subtask waits for the answer',
  ],
  'call-completed': [
    {
      ...base,
      type: 'call-completed',
      call: 9,
      attempt: 1,
      address: count,
      latencyMillis: 23,
      sent: 1,
      delayed: 2,
      egress: 0,
      mutations: 1,
      code: 'abc',
      logs: [],
      fetches: [{ method: 'GET', url: 'https://x', status: 200, latencyMillis: 5, stub: null }],
    },
    'Reply from fraud/fraud-count acct-1: call 9, after 23 ms, 1 state change, 1 message, 2 timers, 1 fetch',
  ],
  'state-registered': [
    {
      ...base,
      type: 'state-registered',
      call: 9,
      address: count,
      states: [{ name: 'count', typename: 'io.statefun.types/int', expiration: { mode: 'after-write', millis: 86_400_000 } }],
    },
    'State registered to fraud/fraud-count acct-1: count io.statefun.types/int, expires 1 d after write',
  ],
  'state-changed': [
    {
      ...base,
      type: 'state-changed',
      call: 9,
      address: count,
      name: 'count',
      value: { typename: 'io.statefun.types/int', bytes: Uint8Array.of(0x0d, 3, 0, 0, 0) },
    },
    'State to fraud/fraud-count acct-1, io.statefun.types/int: count = 3',
  ],
  'egress-written': [
    {
      ...base,
      type: 'egress-written',
      call: 9,
      address: manager,
      egress: typename('fraud/alerts'),
      topic: 'alerts',
      partition: 0,
      offset: 4,
      key: null,
      value,
    },
    'Egress from fraud/transaction-manager acct-1 to fraud/alerts alerts/0@4, fraud.types/query: no key, {"transaction":"tx-1"}',
  ],
  'timer-set': [
    {
      ...base,
      type: 'timer-set',
      timer: 5,
      call: 9,
      from: count,
      to: count,
      due: virtualTime(1000 + 30 * 86_400_000),
      token: 't"1',
      value,
    },
    'Timer set from fraud/fraud-count acct-1 to fraud/fraud-count acct-1, fraud.types/query: timer 5, due in 30 d, token "t\\"1", {"transaction":"tx-1"}',
  ],
  'timer-fired': [{ ...base, type: 'timer-fired', timer: 5 }, 'Timer fired from timer 5'],
  'timer-cancelled': [{ ...base, type: 'timer-cancelled', timer: 5, call: 9 }, 'Timer cancelled to timer 5: by call 9'],
  'call-failed': [
    {
      ...base,
      type: 'call-failed',
      call: 9,
      attempt: 1,
      address: count,
      reason: {
        type: 'threw',
        error: {
          name: 'TypeError',
          message: 'no\n  score',
          stack: [{ path: filePath('functions/a.ts'), line: 1, column: 1 }],
          messageIndex: 0,
        },
      },
      decision: 'retry',
      retryAfterMillis: 4,
      logs: [],
    },
    'Call failed from fraud/fraud-count acct-1: call 9, attempt 1. TypeError: no score. Retry in 4 ms',
  ],
  'job-failed': [
    {
      ...base,
      type: 'job-failed',
      code: 'no-endpoint',
      message: 'Cannot find a provider',
      address: null,
      call: null,
      place: null,
      decision: 'restart',
    },
    'Job failed from job: No endpoint serves this function. The job restarts. Cannot find a provider',
  ],
  'job-restarted': [
    { ...base, type: 'job-restarted', attempt: 2, checkpoint: null },
    'Job restarted to job: attempt 2, from nothing: no checkpoint has completed, state and timers are gone',
  ],
  'checkpoint-completed': [
    { ...base, type: 'checkpoint-completed', checkpoint: 3, addresses: 1, timers: 0, committed: 2 },
    'Checkpoint to checkpoint 3: 1 address, 0 timers, 2 records committed',
  ],
  'back-pressure': [
    { ...base, type: 'back-pressure', subtask: 0, held: true, rule: 'max-num-batch-requests', address: count },
    'Back-pressure to subtask 0: ingress held: a batch has reached maxNumBatchRequests at fraud/fraud-count acct-1',
  ],
  'fault-began': [
    {
      ...base,
      type: 'fault-began',
      target: { namespace: 'fraud', name: '*' },
      effect: { type: 'status', status: 503 },
      forMillis: 5000,
      calls: 3,
    },
    'Fault to fraud/*: answers have status 503, for 5 s, for at most 3 attempts',
  ],
  'code-applied': [
    { ...base, type: 'code-applied', code: '0123456789ab' },
    'Code applied to functions: code 01234567 from the next call on',
  ],
  'dropped-by-user': [
    { ...base, type: 'dropped-by-user', address: count, messages: [3, 4], record: null },
    'Dropped from you to fraud/fraud-count acct-1: 2 messages dropped, an act that StateFun does not have',
  ],
  'time-skipped': [{ ...base, type: 'time-skipped', to: virtualTime(1000 + 60_000) }, 'Time skipped from you: 1 min to the next timer'],
};

describe('one line about each trace event', () => {
  test.each(Object.entries(EVENTS))('%s', (_, [event, sentence]) => {
    expect(eventSentence(describeEvent(event))).toBe(sentence);
  });

  test.each(Object.entries(EVENTS))('%s reads the same from its line in the trace', (_, [event, sentence]) => {
    const row = { seq: event.seq, at: event.at, type: event.type, line: traceLine(event) };
    expect(eventSentence(describeEvent(eventOf(row)))).toBe(sentence);
  });

  test('a record without targets is marked, as it is dropped by a rule', () => {
    const [routed] = EVENTS['record-routed'];
    expect(describeEvent({ ...routed, targets: 0 })).toMatchObject({ tone: 'warn', detail: 'dropped: the router has no targets' });
  });

  test('every event has a label and can be found by a group of the filter', () => {
    const grouped = new Set(EVENT_GROUPS.flatMap((group) => group.types));
    expect(Object.keys(EVENT_LABELS).filter((type) => !grouped.has(type as TraceEventType))).toEqual([]);
  });

  test('a value that was cut in its line ends with an ellipsis', () => {
    const [sent] = EVENTS['message-sent'];
    const long = { ...sent, value: { typename: 'x/y', bytes: encodeUtf8('a'.repeat(600)) } };
    const row = { seq: 1, at, type: long.type, line: traceLine(long) };
    expect(describeEvent(eventOf(row)).detail).toBe(`${'a'.repeat(512)}…`);
  });
});

test('a record with an empty value says so', () => {
  const empty = { typename: 'fraud.types/query', bytes: new Uint8Array(0) };
  const event = { ...EVENTS['record-produced'][0], key: null, value: empty };
  expect(describeEvent(event).detail).toBe('no key, empty value');
});
