/** Batches, order and back-pressure: facts that fail nothing. */
import type { Program } from '../../support/programs/command.ts';
import type { EngineCase } from './case.ts';
import { hold, pass, produce, record, release, settle, text, timeOf, warm } from './steps.ts';

export const batches: EngineCase = {
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

export const firstAlone: EngineCase = {
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

export const selfSend: EngineCase = {
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

export const pairOrder: EngineCase = {
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

export const bootstrapBlocks: EngineCase = {
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

export const smallBatches: EngineCase = {
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

export const localPastLimit: EngineCase = {
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
