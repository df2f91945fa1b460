/** What a crash brings back: state, requests, delayed messages, and egress records by each delivery semantic. */
import type { Program } from '../../support/programs/command.ts';
import type { CaseGroup, EngineCase, Step } from './case.ts';
import { moduleText } from './module-text.ts';
import { hold, namespacesOf, produce, record, release, settle, text, topicsOf, warm } from './steps.ts';

export const CRASHED: readonly Step[] = [
  { do: 'crash' },
  { do: 'until', event: { type: 'failed', times: 1 }, simulated: 200 },
  { do: 'until', event: { type: 'restarted', times: 1 }, simulated: 2000 },
];

const EGRESSES = ['exactly', 'atleast', 'none'];

function emitting(n: string): Program {
  return [
    { do: 'count', state: 'c' },
    ...EGRESSES.map((name): Program[number] => ({ do: 'emit', egress: `t/${name}`, topic: `out-${name}`, key: 'k', text: n })),
  ];
}

const visible = (topic: string, records: number, committed: boolean): Step => ({
  do: 'until',
  event: { type: 'egress', topic, records, committed },
  simulated: 200,
});

const delivery: EngineCase = {
  name: 'delivery',
  title:
    'S8, S71, S73, S78, S79: after a crash the records behind the checkpoint are handled again; each egress shows that by its delivery semantic',
  types: { 'cr/f': [text('c')] },
  egressTopics: EGRESSES.map((name) => `out-${name}`),
  steps: [
    ...warm('cr-f'),
    produce(...['r1', 'r2', 'r3'].map((n) => record('cr-f', 'k', n, emitting(n)))),
    settle,
    { do: 'checkpoint' },
    visible('out-exactly', 3, true),
    produce(...['r4', 'r5', 'r6'].map((n) => record('cr-f', 'k', n, emitting(n)))),
    settle,
    visible('out-exactly', 6, false),
    visible('out-atleast', 6, true),
    visible('out-none', 6, true),
    ...CRASHED,
    { do: 'until', event: { type: 'request', target: 'cr/f/k', n: 'r6', times: 2 }, simulated: 500 },
    settle,
    { do: 'checkpoint' },
    visible('out-exactly', 6, true),
    visible('out-exactly', 9, false),
    visible('out-atleast', 9, true),
    visible('out-none', 9, true),
    produce(record('cr-f', 'k', 'probe')),
    settle,
  ],
  compare: { requests: 'messages' },
  check: (seen) => {
    const last = seen.requests.findLast(({ target }) => target === 'cr/f/k');
    return last?.states === 'c=6' ? null : `counted ${last?.states}`;
  },
};

const inFlight: EngineCase = {
  name: 'in-flight',
  title: 'S71, S74, S75: a request in flight is stored and sent again first, then the batch behind it, then what is replayed',
  types: { 'if/g': [text('c')] },
  steps: [
    ...warm('if-g'),
    hold('if/g/k'),
    produce(record('if-g', 'k', 'inflight', [{ do: 'count', state: 'c' }])),
    settle,
    produce(record('if-g', 'k', 'q1', [{ do: 'count', state: 'c' }]), record('if-g', 'k', 'q2', [{ do: 'count', state: 'c' }])),
    settle,
    { do: 'checkpoint' },
    produce(record('if-g', 'k', 'q3', [{ do: 'count', state: 'c' }])),
    settle,
    { do: 'crash' },
    { do: 'until', event: { type: 'failed', times: 1 }, simulated: 200 },
    { do: 'until', event: { type: 'request', target: 'if/g/k', n: 'inflight', times: 2 }, simulated: 2000 },
    // The restored request asks for the states first, while everything waits (S66); then it is held again until q3 is read again.
    release('if/g/k'),
    hold('if/g/k'),
    { do: 'until', event: { type: 'restarted', times: 1 }, simulated: 500 },
    { do: 'until', event: { type: 'taken', target: 'if/g/k', n: 'q3', times: 2 }, simulated: 500 },
    release('if/g/k'),
    settle,
    produce(record('if-g', 'k', 'probe')),
    settle,
  ],
  check: (seen) => {
    const last = seen.requests.findLast(({ target }) => target === 'if/g/k');
    return last?.states === 'c=4' ? null : `counted ${last?.states}`;
  },
};

const later = (n: string, millis: number, token?: string): Program[number] => ({
  do: 'send-after',
  type: 'tc/g',
  id: n,
  millis,
  program: [],
  n,
  ...(token === undefined ? {} : { token }),
});

const timers: EngineCase = {
  name: 'timers-over-crash',
  title:
    'S51: a delayed message of the checkpoint fires again or when it was due, one set later comes by replay with a new due time, tokens stay known',
  types: { 'tc/f': [], 'tc/g': [] },
  steps: [
    ...warm('tc-f', 'tc-g'),
    produce(record('tc-f', 'k', 'before', [later('fires-twice', 1500), later('cancelled', 60_000, 't'), later('kept', 5000)])),
    settle,
    { do: 'checkpoint' },
    produce(record('tc-f', 'k', 'behind', [later('replayed', 4000)])),
    settle,
    { do: 'until', event: { type: 'request', target: 'tc/g/fires-twice', n: 'fires-twice' }, simulated: 1500 },
    settle,
    ...CRASHED,
    { do: 'until', event: { type: 'request', target: 'tc/g/fires-twice', n: 'fires-twice', times: 2 }, simulated: 500 },
    { do: 'until', event: { type: 'request', target: 'tc/f/k', n: 'behind', times: 2 }, simulated: 500 },
    produce(record('tc-f', 'k', 'cancels', [{ do: 'cancel', token: 't' }])),
    settle,
    { do: 'until', event: { type: 'request', target: 'tc/g/replayed', n: 'replayed' }, simulated: 4500 },
    { do: 'until', event: { type: 'request', target: 'tc/g/kept', n: 'kept' }, simulated: 500 },
    settle,
    produce(record('tc-f', 'k', 'same-token', [later('again', 10, 't')])),
    { do: 'until', event: { type: 'request', target: 'tc/g/again', n: 'again' }, simulated: 500 },
    settle,
  ],
  compare: { requests: 'messages' },
};

const CASES = [delivery, inFlight, timers];

export const crash: CaseGroup = {
  name: 'crash',
  module: moduleText(
    namespacesOf(CASES).map((namespace) => ({ functions: `${namespace}/*`, path: `/${namespace}` })),
    [{ id: 't/in', topics: Object.fromEntries(topicsOf(CASES).map((topic) => [topic, [topic.replace('-', '/')]])) }],
    [
      { id: 't/exactly', delivery: '    type: exactly-once\n    transactionTimeout: 10min\n' },
      { id: 't/atleast', delivery: '    type: at-least-once\n' },
      { id: 't/none', delivery: '    type: none\n' },
    ],
  ),
  config: { 'execution.checkpointing.interval': '1h' },
  topics: topicsOf(CASES).map((topic) => ({ topic })),
  egressTopics: EGRESSES.map((name) => ({ topic: `out-${name}` })),
  cases: CASES,
};
