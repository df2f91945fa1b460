/** Facts that fail nothing: handshake, batches, order, delays, expiration, ingress and endpoints. One job serves them all. */
import { bootstrapBlocks, batches, firstAlone, localPastLimit, pairOrder, selfSend, smallBatches } from './calm-batches.ts';
import { addedState, expiration, handshake, incomplete, mutations, shapes, touchedWhenBuilt } from './calm-states.ts';
import { dueWhileBusy, timers } from './calm-timers.ts';
import type { CaseGroup, EngineCase } from './case.ts';
import { moduleText } from './module-text.ts';
import { namespacesOf, produce, record, settle, topicsOf } from './steps.ts';

const ingress: EngineCase = {
  name: 'ingress',
  title: 'S82, S83, S84, S85, S86: keys, empty values, value types, several targets, one topic in two ingresses and twice in one',
  types: { 'in/m1': [], 'in/m2': [], 'in/m3': [], 'in/early': [], 'in/later': [] },
  steps: [
    produce({ topic: 'in-multi', key: 'k', value: '' }, { topic: 'in-multi', key: '', value: '[ ]' }),
    settle,
    produce({ topic: 'in-twice', key: 'ключ', value: '[]' }),
    settle,
  ],
  compare: { requests: 'messages' },
};

const endpoints: EngineCase = {
  name: 'endpoints',
  title: 'S91, S93: a pattern with the name beats the namespace’s, and each {function.name} in a template is replaced',
  types: { 'ep/plain': [], 'ep/special': [] },
  steps: [produce(record('ep-plain', 'k', 'one'), record('ep-special', 'k', 'two')), settle],
  checkEngine: ({ exchanges }) => {
    // Records of two topics: the order is free (S39).
    const urls = exchanges.map(({ url }) => url).toSorted();
    return urls.join(' ') === '/spec/special/special?x=1 /wild/plain' ? null : urls.join(' ');
  },
};

const egress: EngineCase = {
  name: 'egress-keys',
  title: 'S81: an egress record with an empty key has none in Kafka',
  types: { 'eg/f': [] },
  egressTopics: ['out-keys'],
  steps: [
    produce(
      record('eg-f', 'x', 'emits', [
        { do: 'emit', egress: 't/out', topic: 'out-keys', key: '', text: 'no key' },
        { do: 'emit', egress: 't/out', topic: 'out-keys', key: 'k', text: 'with key' },
      ]),
    ),
    settle,
    { do: 'until', event: { type: 'egress', topic: 'out-keys', records: 2, committed: true }, simulated: 500 },
    { do: 'until', event: { type: 'egress', topic: 'out-keys', records: 2, committed: false }, simulated: 500 },
  ],
};

const CASES = [
  batches,
  firstAlone,
  handshake,
  incomplete,
  addedState,
  bootstrapBlocks,
  selfSend,
  mutations,
  shapes,
  pairOrder,
  smallBatches,
  localPastLimit,
  timers,
  dueWhileBusy,
  expiration,
  touchedWhenBuilt,
  ingress,
  endpoints,
  egress,
];
const SHARED_TOPICS = ['in-multi', 'in-twice'];
const OWN_ENDPOINTS = ['small', 'ep'];

export const calm: CaseGroup = {
  name: 'calm',
  module: moduleText(
    [
      ...namespacesOf(CASES)
        .filter((namespace) => !OWN_ENDPOINTS.includes(namespace))
        .map((namespace) => ({ functions: `${namespace}/*`, path: `/${namespace}` })),
      { functions: 'small/*', more: '  maxNumBatchRequests: 3\n' },
      { functions: 'ep/*', path: '/wild/{function.name}' },
      { functions: 'ep/special', path: '/spec/{function.name}/{function.name}?x=1' },
    ],
    [
      {
        id: 't/in',
        topics: {
          ...Object.fromEntries(
            topicsOf(CASES)
              .filter((topic) => !SHARED_TOPICS.includes(topic))
              .map((topic) => [topic, [topic.replace('-', '/')]]),
          ),
          'in-multi as plainstring': ['in/m1', 'in/m2', 'in/m1'],
          'in-twice as t/Early': ['in/early'],
          'in-twice as t/Later': ['in/later'],
        },
      },
      { id: 't/in-2', topics: { 'in-multi as other/V2': ['in/m3'] } },
    ],
    [{ id: 't/out', delivery: '    type: at-least-once\n' }],
  ),
  config: { 'execution.checkpointing.interval': '1h' },
  topics: topicsOf(CASES).map((topic) => ({ topic })),
  egressTopics: [{ topic: 'out-keys' }],
  cases: CASES,
};
