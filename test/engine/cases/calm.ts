/** Facts that fail nothing: handshake, batches, order, delays, expiration, ingress and endpoints. One job serves them all. */
import type { StateSpec } from '../../../src/protocol/messages.ts';
import type { Program } from '../../support/programs/command.ts';
import type { CaseGroup, CaseRecord, EngineCase, Step } from './case.ts';
import { moduleText } from './module-text.ts';
import type { Seen } from './observation.ts';

export const TEXT = 'io.statefun.types/string';
export const text = (name: string, expiration: StateSpec['expiration'] = null): StateSpec => ({ name, typename: TEXT, expiration });
const settle: Step = { do: 'settle' };
const record = (topic: string, key: string, n: string, value: Program = []): CaseRecord => ({ topic, key, n, value });
const produce = (...records: readonly CaseRecord[]): Step => ({ do: 'produce', records });
const pass = (millis: number): Step => ({ do: 'pass', millis });
const hold = (target: string): Step => ({ do: 'hold', target });
const release = (target: string): Step => ({ do: 'release', target });
/** Each type's first call is over, which holds everything up (S14). */
const warm = (...topics: readonly string[]): readonly Step[] => [produce(...topics.map((topic) => record(topic, 'warm', 'warm'))), settle];

const batches: EngineCase = {
  name: 'batches',
  title: 'S25, S30: what arrives while a request is in flight goes out as one batch, in order of arrival, whoever sent it',
  types: { 'ba/f': [], 'ba/g': [text('log')] },
  steps: [
    ...warm('ba-f', 'ba-g'),
    hold('ba/g/k'),
    produce(record('ba-g', 'k', 'b0', [{ do: 'append', state: 'log', text: '0' }])),
    settle,
    produce(record('ba-g', 'k', 'b1'), record('ba-g', 'k', 'b2'), record('ba-g', 'k', 'b3')),
    settle,
    produce(
      record('ba-f', 'x', 'two', [
        { do: 'send', type: 'ba/g', id: 'k', program: [], n: 'from-f-1' },
        { do: 'send', type: 'ba/g', id: 'k', program: [], n: 'from-f-2' },
      ]),
    ),
    settle,
    produce(record('ba-g', 'k', 'b4'), record('ba-g', 'k', 'b5')),
    settle,
    release('ba/g/k'),
    settle,
    produce(record('ba-g', 'k', 'probe')),
    settle,
  ],
};

const firstAlone: EngineCase = {
  name: 'first-alone',
  title: 'S25: of several messages that reach an idle address at once the first goes alone and the rest follow together',
  types: { 'fa/f': [], 'fa/g': [] },
  steps: [
    ...warm('fa-f', 'fa-g'),
    hold('fa/g/k'),
    produce(
      record('fa-f', 'x', 'three', [
        { do: 'send', type: 'fa/g', id: 'k', program: [], n: 'one' },
        { do: 'send', type: 'fa/g', id: 'k', program: [], n: 'two' },
        { do: 'send', type: 'fa/g', id: 'k', program: [], n: 'three' },
      ]),
    ),
    settle,
    release('fa/g/k'),
    settle,
  ],
};

const NAMES = ['visits', 'last', 'extra', 'c', 'y', 'w', 'i', 'n', 'balance', 'owner', 'history', 'flags'];

const handshake: EngineCase = {
  name: 'handshake',
  title: 'S9, S10, S11, S12, S13, S15: the first request of a type has no states, the same goes again with one entry each in HashMap order',
  types: { 'hs/f': NAMES.map((name) => text(name)), 'hs/g': [] },
  steps: [
    produce(
      record('hs-f', 'first', 'one', [
        { do: 'set', state: 'last', to: 'L' },
        { do: 'set', state: 'y', to: '' },
      ]),
    ),
    settle,
    produce(record('hs-f', 'first', 'two')),
    settle,
    produce(record('hs-f', 'second', 'three')),
    settle,
    produce(record('hs-g', 'first', 'four'), record('hs-g', 'second', 'five')),
    settle,
  ],
};

const incomplete: EngineCase = {
  name: 'incomplete',
  title: 'S16: an answer that misses states is legal at any time, and the same batch goes out again',
  types: { 'ic/f': [text('a')] },
  steps: [
    ...warm('ic-f'),
    produce(record('ic-f', 'k', 'again', [{ do: 'first', times: 3, label: 'ic', program: [{ do: 'incomplete' }] }])),
    settle,
    produce(record('ic-f', 'k', 'probe')),
    settle,
  ],
  compare: { tries: true },
};

const addedState: EngineCase = {
  name: 'added-state',
  title: 'S17, S18: a state that the code adds is asked for and sent to all addresses from then on; one that it drops is still sent',
  types: { 'ad/f': [text('a')] },
  steps: [
    produce(record('ad-f', 'k', 'one', [{ do: 'set', state: 'a', to: '1' }]), record('ad-f', 'other', 'two')),
    settle,
    { do: 'deploy', types: { 'ad/f': [text('a'), text('b')] } },
    produce(record('ad-f', 'k', 'three', [{ do: 'set', state: 'b', to: '2' }])),
    settle,
    produce(record('ad-f', 'other', 'four')),
    settle,
    { do: 'deploy', types: { 'ad/f': [text('b')] } },
    produce(record('ad-f', 'k', 'five')),
    settle,
  ],
};

const bootstrapBlocks: EngineCase = {
  name: 'bootstrap-blocks',
  title: 'S14, S29: the first call of a type holds up the whole subtask: other types, and checkpoints',
  types: { 'bb/f': [], 'bb/slow': [] },
  steps: [
    ...warm('bb-f'),
    hold('bb/slow/k'),
    produce(record('bb-slow', 'k', 'first')),
    { do: 'until', event: { type: 'request', target: 'bb/slow/k', n: 'first' }, simulated: 500 },
    produce(record('bb-f', 'x', 'waits')),
    { do: 'begin-checkpoint' },
    pass(1500),
    release('bb/slow/k'),
    settle,
    { do: 'checkpoint' },
  ],
  check: (seen) => {
    const first = timeOf(seen, 'first');
    const waits = timeOf(seen, 'waits');
    const early = seen.checkpoints.filter((at) => at > first && at < first + 1000).length;
    return waits - first >= 1400 && early === 0 ? null : `waited ${waits - first} ms, ${early} checkpoints meanwhile`;
  },
};

const selfSend: EngineCase = {
  name: 'self-send',
  title: 'S33, S34: a self-send comes after the batch that waits already, and sees the state of the answer that sent it',
  types: { 'se/f': [text('c')] },
  steps: [
    ...warm('se-f'),
    hold('se/f/s'),
    produce(
      record('se-f', 's', 's0', [
        { do: 'count', state: 'c' },
        { do: 'send-self', program: [{ do: 'count', state: 'c' }], n: 'self1' },
      ]),
    ),
    settle,
    produce(record('se-f', 's', 'q1', [{ do: 'count', state: 'c' }]), record('se-f', 's', 'q2')),
    settle,
    release('se/f/s'),
    settle,
    produce(
      record('se-f', 'alone', 's0', [
        { do: 'count', state: 'c' },
        { do: 'send-self', program: [], n: 'self1' },
      ]),
    ),
    settle,
  ],
};

const mutations: EngineCase = {
  name: 'mutations',
  title: 'S35: mutations apply in list order, has_value of one is ignored, and only DELETE removes',
  types: { 'mu/f': [text('a'), text('b'), text('c')] },
  steps: [
    produce(
      record('mu-f', 'k', 'one', [
        { do: 'mutate', state: 'a', kind: 'modify', value: { hasValue: true, text: '1' } },
        { do: 'mutate', state: 'a', kind: 'delete', value: null },
        { do: 'mutate', state: 'a', kind: 'modify', value: { hasValue: true, text: '2' } },
        { do: 'mutate', state: 'b', kind: 'modify', value: { hasValue: false, text: 'there' } },
        { do: 'mutate', state: 'c', kind: 'modify', value: { hasValue: false, text: '' } },
      ]),
    ),
    settle,
    produce(record('mu-f', 'k', 'two', [{ do: 'delete', state: 'a' }])),
    settle,
    produce(record('mu-f', 'k', 'three')),
    settle,
  ],
};

const shapes: EngineCase = {
  name: 'argument-shapes',
  title: 'S37: arguments are passed on as they are, whatever their typename and has_value',
  types: { 'sh/f': [], 'sh/g': [] },
  steps: [
    ...warm('sh-f', 'sh-g'),
    produce(
      record('sh-f', 'x', 'sends', [
        { do: 'send', type: 'sh/g', id: 'a', program: [], n: 'empty-type', as: { typename: '' } },
        { do: 'send', type: 'sh/g', id: 'b', program: [], n: 'no-value', as: { hasValue: false } },
        { do: 'send', type: 'sh/g', id: 'c', program: [], n: 'other', as: { typename: 'no/such' } },
      ]),
    ),
    settle,
  ],
};

const pairOrder: EngineCase = {
  name: 'pair-order',
  title: 'S38, S39, S40: from one sender to one receiver, and from one partition to one address, order is kept',
  types: { 'po/f': [], 'po/g': [] },
  steps: [
    ...warm('po-f', 'po-g'),
    produce(
      ...['a', 'b', 'c'].flatMap((round) =>
        ['x', 'y'].map((sender) =>
          record(
            'po-f',
            sender,
            `${sender}-${round}`,
            [0, 1, 2, 3].flatMap((i): Program =>
              ['p', 'q'].map((id) => ({ do: 'send', type: 'po/g', id, program: [], n: `${sender}${round}${i}` })),
            ),
          ),
        ),
      ),
    ),
    settle,
  ],
  compare: { requests: 'multiset', except: { 'po/f/x': 'messages', 'po/f/y': 'messages' } },
  check: (seen) => {
    const inversions = ['po/g/p', 'po/g/q'].filter((target) =>
      ['x', 'y'].some((sender) => {
        const got = seen.requests
          .filter((request) => request.target === target)
          .flatMap((request) => request.messages.filter((message) => message.startsWith(`po/f/${sender} `)));
        return got.join() !== got.toSorted().join();
      }),
    );
    return inversions.length === 0 ? null : `out of order at ${inversions.join()}`;
  },
};

const smallBatches: EngineCase = {
  name: 'max-batch',
  title:
    'S27, S29: a batch that reaches maxNumBatchRequests stops the ingress of the whole subtask and its checkpoints until a call completes',
  types: { 'small/s': [], 'sb/f': [] },
  steps: [
    ...warm('small-s', 'sb-f'),
    hold('small/s/k'),
    produce(record('small-s', 'k', 's0')),
    settle,
    produce(...[1, 2, 3, 4, 5, 6, 7].map((i) => record('small-s', 'k', `s${i}`))),
    pass(700),
    produce(record('sb-f', 'x', 'waits')),
    { do: 'begin-checkpoint' },
    pass(1500),
    release('small/s/k'),
    settle,
    { do: 'checkpoint' },
  ],
  compare: { requests: 'messages' },
  check: (seen) => {
    const own = seen.requests.filter(({ target }) => target === 'small/s/k');
    const released = own[1];
    const waited = timeOf(seen, 'waits');
    if (released === undefined || released.messages.join() !== 's1,s2,s3') {
      return `the second batch is ${released?.messages.join()}`;
    }
    const early = seen.checkpoints.filter((at) => at > timeOf(seen, 's0') + 300 && at < released.at).length;
    return waited >= released.at && early === 0 ? null : `another type's record waited not, or ${early} checkpoints completed`;
  },
};

const localPastLimit: EngineCase = {
  name: 'local-past-limit',
  title: 'S28: local sends pass maxNumBatchRequests: one sender makes a batch of seven where three is the limit',
  types: { 'small/l': [], 'lp/f': [] },
  steps: [
    ...warm('small-l', 'lp-f'),
    hold('small/l/k'),
    produce(
      record(
        'lp-f',
        'x',
        'sends',
        [0, 1, 2, 3, 4, 5, 6, 7].map((i): Program[number] => ({ do: 'send', type: 'small/l', id: 'k', program: [], n: `m${i}` })),
      ),
    ),
    pass(1000),
    release('small/l/k'),
    settle,
  ],
};

/** Long enough that a slow machine registers and cancels before it is due. */
const DUE = 2500;
const after = (id: string, n: string, token?: string, millis = DUE, type = 'ti/g'): Program[number] => ({
  do: 'send-after',
  type,
  id,
  millis,
  program: [],
  n,
  ...(token === undefined ? {} : { token }),
});

const timers: EngineCase = {
  name: 'timers',
  title:
    'S41, S42, S43, S44, S45, S46, S48, S49: delayed messages come when due, in order of due time, as their sender’s, and can be cancelled by whoever has the id',
  types: { 'ti/f': [], 'ti/g': [], 'ti/h': [] },
  steps: [
    ...warm('ti-f', 'ti-g', 'ti-h'),
    produce(
      record('ti-f', 'plain', 'r', [
        after('plain', 'late', undefined, DUE + 600),
        after('plain', 'soon'),
        after('plain', 'same-1', undefined, DUE + 300),
        after('plain', 'same-2', undefined, DUE + 300),
      ]),
      record('ti-f', 'cancelled', 'r', [after('cancelled', 'gone', 't')]),
      record('ti-f', 'replaced', 'r', [after('replaced', 'old', 't')]),
      record('ti-f', 'at-once', 'r', [after('at-once', 'gone', 't'), { do: 'cancel', token: 't' }]),
      record('ti-f', 'other-id', 'r', [after('other-id', 'stays', 't')]),
      record('ti-f', 'other-type', 'r', [after('other-type', 'gone', 't')]),
      record('ti-f', 'own', 'r', [{ do: 'send-after', type: 'ti/f', id: 'own', millis: DUE, program: [], n: 'to-self' }]),
    ),
    settle,
    produce(
      record('ti-f', 'cancelled', 'c', [
        { do: 'cancel', token: 't' },
        { do: 'cancel', token: 'never-known' },
      ]),
      record('ti-f', 'replaced', 'c', [{ do: 'cancel', token: 't' }, after('replaced', 'new', 't')]),
      record('ti-f', 'someone', 'c', [{ do: 'cancel', token: 't' }, after('someone', 'same-token', 't')]),
      record('ti-h', 'other-type', 'c', [{ do: 'cancel', token: 't' }]),
    ),
    settle,
    { do: 'until', event: { type: 'request', target: 'ti/g/replaced', n: 'new' }, simulated: 3000 },
    { do: 'until', event: { type: 'request', target: 'ti/g/plain', n: 'late' }, simulated: 1000 },
    settle,
    produce(
      record('ti-f', 'cancelled', 'again', [after('cancelled', 'token-again', 't', 50)]),
      record('ti-f', 'zero', 'z', [
        after('zero', 'delayed-0', undefined, 0),
        { do: 'send', type: 'ti/g', id: 'zero', program: [], n: 'direct' },
      ]),
    ),
    { do: 'until', event: { type: 'request', target: 'ti/g/cancelled', n: 'token-again' }, simulated: 500 },
    { do: 'until', event: { type: 'request', target: 'ti/g/zero', n: 'delayed-0' }, simulated: 500 },
    settle,
  ],
  compare: { requests: 'messages' },
  check: (seen) => {
    const waited = timeOf(seen, 'soon') - timeOf(seen, 'r');
    return waited >= DUE ? null : `a delay of ${DUE} took ${waited}`;
  },
};

const dueWhileBusy: EngineCase = {
  name: 'due-while-busy',
  title: 'S44, S45: a message that falls due while its receiver is busy joins the batch and can no longer be cancelled',
  types: { 'db/f': [], 'db/g': [] },
  steps: [
    ...warm('db-f', 'db-g'),
    hold('db/g/busy'),
    produce(record('db-g', 'busy', 'holds')),
    settle,
    produce(
      record('db-f', 'x', 'registers', [{ do: 'send-after', type: 'db/g', id: 'busy', millis: 100, token: 't', program: [], n: 'due' }]),
    ),
    settle,
    pass(1000),
    produce(record('db-f', 'x', 'cancels', [{ do: 'cancel', token: 't' }]), record('db-g', 'busy', 'last')),
    settle,
    release('db/g/busy'),
    settle,
  ],
};

const TTL = 4000;

const deleteAll: Program = ['w', 'i', 'n'].map((state): Program[number] => ({ do: 'delete', state }));

const expiration: EngineCase = {
  name: 'expiration',
  title: 'S52, S53, S54, S55, S57: a state expires its time after a write, or after a request, and then looks never set',
  types: { 'ex/f': [text('w', { mode: 'after-write', millis: TTL }), text('i', { mode: 'after-invoke', millis: TTL }), text('n')] },
  steps: [
    ...warm('ex-f'),
    produce(...['read', 'unread', 'written', 'deleted'].map((id) => record('ex-f', id, 'set', setAll('1')))),
    settle,
    pass(1800),
    produce(record('ex-f', 'read', 'at-2'), record('ex-f', 'written', 'at-2', setAll('1')), record('ex-f', 'deleted', 'at-2', deleteAll)),
    settle,
    produce(record('ex-f', 'deleted', 'after-delete', setAll('2'))),
    settle,
    pass(2200),
    produce(...['read', 'unread', 'written', 'deleted'].map((id) => record('ex-f', id, 'at-5'))),
    settle,
  ],
};

function setAll(to: string): Program {
  return ['w', 'i', 'n'].map((state): Program[number] => ({ do: 'set', state, to }));
}

const ingress: EngineCase = {
  name: 'ingress',
  title: 'S82, S83, S84, S85, S86: keys, empty values, value types, several targets, one topic in two ingresses and twice in one',
  types: { 'in/m1': [], 'in/m2': [], 'in/m3': [], 'in/early': [], 'in/later': [] },
  steps: [
    produce({ topic: 'in-multi', key: 'k', value: '' }, { topic: 'in-multi', key: '', value: 'raw bytes' }),
    settle,
    produce({ topic: 'in-twice', key: 'ключ', value: 'x' }),
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
    const urls = exchanges.map(({ url }) => url).join(' ');
    return urls === '/wild/plain /spec/special/special?x=1' ? null : urls;
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

/** When the request with this message was made. */
function timeOf(seen: Seen, n: string): number {
  return seen.requests.find(({ messages }) => messages.some((message) => message === n || message.endsWith(`> ${n}`)))?.at ?? Number.NaN;
}

const TOPICS = [
  ...['ba-f', 'ba-g', 'fa-f', 'fa-g', 'hs-f', 'hs-g', 'ic-f', 'ad-f', 'bb-f', 'bb-slow', 'se-f', 'mu-f', 'sh-f', 'sh-g', 'po-f', 'po-g'],
  ...['small-s', 'sb-f', 'small-l', 'lp-f', 'ti-f', 'ti-g', 'ti-h', 'db-f', 'db-g', 'ex-f', 'ep-plain', 'ep-special', 'eg-f'],
];

const NAMESPACES = ['ba', 'fa', 'hs', 'ic', 'ad', 'bb', 'se', 'mu', 'sh', 'po', 'sb', 'lp', 'ti', 'db', 'ex', 'in', 'eg'];

export const calm: CaseGroup = {
  name: 'calm',
  module: moduleText(
    [
      ...NAMESPACES.map((namespace) => ({ functions: `${namespace}/*`, path: `/${namespace}` })),
      { functions: 'small/*', more: '  maxNumBatchRequests: 3\n' },
      { functions: 'ep/*', path: '/wild/{function.name}' },
      { functions: 'ep/special', path: '/spec/{function.name}/{function.name}?x=1' },
    ],
    [
      {
        id: 't/in',
        topics: {
          ...Object.fromEntries(TOPICS.map((topic) => [topic, [topic.replace('-', '/')]])),
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
  topics: [...TOPICS, 'in-multi', 'in-twice'].map((topic) => ({ topic })),
  egressTopics: [{ topic: 'out-keys' }],
  cases: [
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
    ingress,
    endpoints,
    egress,
  ],
};
