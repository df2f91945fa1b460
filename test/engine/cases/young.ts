/** Crashes that no checkpoint helps: before the first one, and of the process. */
import type { Program } from '../../support/programs/command.ts';
import type { CaseGroup, EngineCase } from './case.ts';
import { CRASHED } from './crash.ts';
import { moduleText } from './module-text.ts';
import { produce, record, settle, text } from './steps.ts';

const counted = (n: string): Program => [
  { do: 'count', state: 'c' },
  { do: 'emit', egress: 't/exactly', topic: 'out-young', key: 'k', text: n },
];

const beforeFirst: EngineCase = {
  name: 'before-first-checkpoint',
  title: 'S76: a crash before the first checkpoint forgets everything; `earliest` reads all again, `latest` has lost it',
  types: { 'ya/f': [text('c')], 'ya/l': [text('c')], 'ya/t': [] },
  steps: [
    produce(
      record('ya-f', 'k', 'one', [
        { do: 'count', state: 'c' },
        { do: 'send-after', type: 'ya/t', id: 't', millis: 2500, program: [], n: 'timer' },
      ]),
      record('ya-l', 'k', 'lost', [
        { do: 'count', state: 'c' },
        { do: 'send-after', type: 'ya/t', id: 'never', millis: 2500, program: [], n: 'never' },
      ]),
    ),
    settle,
    ...CRASHED,
    { do: 'until', event: { type: 'request', target: 'ya/f/k', n: 'one', times: 3 }, simulated: 500 },
    settle,
    produce(record('ya-l', 'k', 'after')),
    settle,
    { do: 'until', event: { type: 'request', target: 'ya/t/t', n: 'timer' }, simulated: 3000 },
    settle,
    produce(record('ya-f', 'k', 'probe')),
    settle,
  ],
};

const ofProcess: EngineCase = {
  name: 'process-crash',
  title: 'S77: a process that is started anew without a savepoint reads all again, and read_committed readers see its output twice',
  types: { 'yb/f': [text('c')] },
  egressTopics: ['out-young'],
  steps: [
    produce(record('yb-f', 'k', 'one', counted('one')), record('yb-f', 'k', 'two', counted('two'))),
    settle,
    { do: 'checkpoint' },
    { do: 'until', event: { type: 'egress', topic: 'out-young', records: 2, committed: true }, simulated: 200 },
    { do: 'process-crash' },
    { do: 'until', event: { type: 'restarted', times: 1 }, simulated: 2000 },
    { do: 'until', event: { type: 'request', target: 'yb/f/k', n: 'two', times: 2 }, simulated: 500 },
    settle,
    { do: 'checkpoint' },
    { do: 'until', event: { type: 'egress', topic: 'out-young', records: 4, committed: true }, simulated: 200 },
    { do: 'until', event: { type: 'egress', topic: 'out-young', records: 4, committed: false }, simulated: 200 },
    produce(record('yb-f', 'k', 'probe')),
    settle,
  ],
  compare: { requests: 'messages' },
  check: (seen) => {
    const last = seen.requests.findLast(({ target }) => target === 'yb/f/k');
    return last?.states === 'c=2' ? null : `counted ${last?.states}`;
  },
};

export const young: CaseGroup = {
  name: 'young',
  module: moduleText(
    [
      { functions: 'ya/*', path: '/ya' },
      { functions: 'yb/*', path: '/yb' },
    ],
    [
      { id: 't/in', topics: { 'ya-f': ['ya/f'], 'yb-f': ['yb/f'] } },
      { id: 't/latest', topics: { 'ya-l': ['ya/l'] }, startup: 'latest' },
    ],
    [{ id: 't/exactly', delivery: '    type: exactly-once\n    transactionTimeout: 10min\n' }],
  ),
  config: { 'execution.checkpointing.interval': '1h' },
  topics: ['ya-f', 'ya-l', 'yb-f'].map((topic) => ({ topic })),
  egressTopics: [{ topic: 'out-young' }],
  cases: [beforeFirst, ofProcess],
};
