/** The retry table of both transports: which answers are sent again, which fail the job, and when a call's time is up. */
import type { FaultEffect } from '../../../src/runtime/engine-api.ts';
import type { CaseGroup, EngineCase, Step } from './case.ts';
import { SOON_RESTARTED } from './job-config.ts';
import { ASYNC_SHORT, moduleText, OKHTTP_SHORT } from './module-text.ts';
import { asyncSpent, okhttpSpent, triesOf } from './spent-calls.ts';
import type { Tries } from './spent-calls.ts';
import { pass, produce, record, settle, text, timeOf, topicsOf, warm } from './steps.ts';

const status = (code: number): FaultEffect => ({ type: 'status', status: code });
const fault = (type: string, effect: FaultEffect, calls: number | null, forMillis: number | null = null): Step => {
  const [namespace = '', name = ''] = type.split('/');
  return { do: 'fault', fault: { target: { namespace, name }, effect, calls, forMillis } };
};
const topicOf = (type: string): string => type.replace('/', '-');

/** Each effect hits so many attempts of a type of its own; then the call succeeds. */
function retried(
  name: string,
  title: string,
  namespace: string,
  effects: Readonly<Record<string, readonly [FaultEffect, number]>>,
): EngineCase {
  const types = Object.keys(effects).map((effect) => `${namespace}/${effect}`);
  return {
    name,
    title,
    types: Object.fromEntries(types.map((type) => [type, []])),
    steps: [
      ...warm(...types.map(topicOf)),
      ...Object.entries(effects).map(([effect, [what, calls]]) => fault(`${namespace}/${effect}`, what, calls)),
      produce(...types.map((type) => record(topicOf(type), 'k', 'hit'))),
      // Longer than okhttp reads.
      { do: 'pass', millis: 1500 },
      settle,
    ],
    compare: { requests: 'batches', tries: true },
  };
}

/** A call that fails the job, from the fault that it meets to its success in the next attempt of the job. */
function failingCall(type: string, hit: Step, untilFailed: number, ...pause: readonly Step[]): readonly Step[] {
  return [
    ...warm(topicOf(type)),
    { do: 'checkpoint' },
    hit,
    produce(record(topicOf(type), 'k', 'hit')),
    { do: 'until', event: { type: 'failed', times: 1 }, simulated: untilFailed },
    ...pause,
    { do: 'until', event: { type: 'restarted', times: 1 }, simulated: 1500 },
    { do: 'until', event: { type: 'request', target: `${type}/k`, n: 'hit', times: 2 }, simulated: 500 },
    settle,
  ];
}

/** One bad answer fails the job; the record that is read again is handled. */
function fatal(name: string, title: string, type: string, effect: FaultEffect, simulated = 500): EngineCase {
  return {
    name,
    title,
    types: { [type]: [] },
    steps: failingCall(type, fault(type, effect, 1), simulated),
    compare: { requests: 'batches', tries: true },
  };
}

/** Every attempt gets a 500 until the call's time is up. */
function spent(name: string, title: string, type: string, check: (tries: Tries) => string | null): EngineCase {
  return {
    name,
    title,
    types: { [type]: [] },
    steps: failingCall(type, fault(type, status(500), null, 3500), 3200, pass(800)),
    compare: { requests: 'multiset' },
    check: (seen) => check(triesOf(seen, `${type}/k`)),
  };
}

const noEffect: EngineCase = {
  name: 'empty-success',
  title: 'S61: an answer without a body is a success without effects, with both transports',
  types: { 'as/none': [text('c')], 'ok/none': [text('c')] },
  steps: [
    ...warm('as-none', 'ok-none'),
    fault('as/none', status(200), 1),
    fault('ok/none', status(200), 1),
    produce(...['as-none', 'ok-none'].map((topic) => record(topic, 'k', 'lost', [{ do: 'count', state: 'c' }]))),
    settle,
    produce(...['as-none', 'ok-none'].map((topic) => record(topic, 'k', 'probe'))),
    settle,
  ],
  compare: { requests: 'batches' },
};

const batchRetried: EngineCase = {
  name: 'batch-retried',
  title: 'S31, S69, S70: a handler that throws fails the whole batch with it, and exactly that batch is sent again',
  types: { 'as/batch': [text('c')] },
  steps: [
    ...warm('as-batch'),
    { do: 'hold', target: 'as/batch/k' },
    produce(record('as-batch', 'k', 'first')),
    settle,
    produce(
      record('as-batch', 'k', 'm1', [{ do: 'count', state: 'c' }]),
      record('as-batch', 'k', 'm2', [
        { do: 'count', state: 'c' },
        { do: 'fail', message: 'no', attempts: 6 },
      ]),
      record('as-batch', 'k', 'm3', [{ do: 'count', state: 'c' }]),
    ),
    settle,
    { do: 'release', target: 'as/batch/k' },
    settle,
    produce(record('as-batch', 'k', 'probe')),
    settle,
  ],
  compare: { tries: true },
};

const inCheckpoint: EngineCase = {
  name: 'failing-request-in-checkpoint',
  title: 'S66, S67: while a call is retried others go on and checkpoints complete; restored, it holds up everything until it succeeds',
  types: { 'as/stuck': [], 'as/other': [] },
  steps: [
    ...warm('as-stuck', 'as-other'),
    fault('as/stuck', status(500), null, 6500),
    produce(record('as-stuck', 'k', 'hit')),
    { do: 'until', event: { type: 'request', target: 'as/stuck/k', n: 'hit' }, simulated: 200 },
    produce(record('as-other', 'k', 'goes-on')),
    { do: 'until', event: { type: 'applied', target: 'as/other/k' }, simulated: 200 },
    { do: 'checkpoint' },
    { do: 'until', event: { type: 'failed', times: 1 }, simulated: 3500 },
    { do: 'pass', millis: 1000 },
    produce(record('as-other', 'k', 'waits')),
    { do: 'until', event: { type: 'restarted', times: 1 }, simulated: 4000 },
    settle,
  ],
  compare: { requests: 'multiset', except: { 'as/other/k': 'batches' } },
  check: (seen) => {
    const waited = timeOf(seen, 'waits') - timeOf(seen, 'hit');
    return waited >= 6000 && seen.checkpoints.length >= 1 ? null : `waited ${waited} ms, ${seen.checkpoints.length} checkpoints`;
  },
};

const CASES: readonly EngineCase[] = [
  retried('async-retries', 'S61, S62: with async every answer but a good one is sent again', 'as', {
    s500: [status(500), 3],
    s503: [status(503), 2],
    s404: [status(404), 3],
    s302: [status(302), 2],
    s429: [status(429), 2],
    malformed: [{ type: 'malformed' }, 2],
    wrong: [{ type: 'content-type', contentType: 'application/json' }, 2],
    dropped: [{ type: 'dropped' }, 2],
  }),
  retried('okhttp-retries', 'S61, S62: with okhttp 5xx, 408, 409, 420, 429, 499 and broken connections are sent again', 'ok', {
    s500: [status(500), 3],
    s503: [status(503), 2],
    s409: [status(409), 2],
    s420: [status(420), 2],
    s429: [status(429), 3],
    s499: [status(499), 2],
    dropped: [{ type: 'dropped' }, 2],
    silent: [{ type: 'no-answer' }, 1],
  }),
  noEffect,
  batchRetried,
  fatal('okhttp-404', 'S61, S65: with okhttp another 4xx fails the job at once', 'ok/f404', status(404)),
  fatal('okhttp-302', 'S61: so does a redirection without a place', 'ok/f302', status(302)),
  fatal('okhttp-content-type', 'S61: so does a wrong content type', 'ok/ftype', { type: 'content-type', contentType: 'application/json' }),
  fatal('okhttp-malformed', 'S61: so does what is no FromFunction', 'ok/fbody', { type: 'malformed' }),
  fatal('async-silent', 'S61, S63: with async an attempt without an answer takes the whole time', 'as/silent', { type: 'no-answer' }, 3500),
  spent(
    'async-spent',
    'S62: with async the pauses double from 4 ms on, and the job fails when the time is over, without a last attempt',
    'as/spent',
    asyncSpent,
  ),
  spent('okhttp-spent', 'S62: with okhttp they double from 10 ms on, and the last attempt is at the deadline', 'ok/spent', okhttpSpent),
  inCheckpoint,
];

export const transports: CaseGroup = {
  name: 'transports',
  module: moduleText(
    [
      { functions: 'as/*', path: '/async', more: ASYNC_SHORT },
      { functions: 'ok/*', path: '/okhttp', more: OKHTTP_SHORT },
    ],
    [{ id: 't/in', topics: Object.fromEntries(topicsOf(CASES).map((topic) => [topic, [topic.replace('-', '/')]])) }],
  ),
  config: SOON_RESTARTED,
  topics: topicsOf(CASES).map((topic) => ({ topic })),
  egressTopics: [],
  cases: CASES,
};
