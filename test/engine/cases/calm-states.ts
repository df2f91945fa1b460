/** States and arguments on the wire, and expiration: facts that fail nothing. */
import type { Program } from '../../support/programs/command.ts';
import type { EngineCase } from './case.ts';
import { hold, pass, produce, record, release, settle, text, warm } from './steps.ts';

const NAMES = ['visits', 'last', 'extra', 'c', 'y', 'w', 'i', 'n', 'balance', 'owner', 'history', 'flags'];

export const handshake: EngineCase = {
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

export const incomplete: EngineCase = {
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

export const addedState: EngineCase = {
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

export const mutations: EngineCase = {
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

export const shapes: EngineCase = {
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

const TTL = 4000;

const deleteAll: Program = ['w', 'i', 'n'].map((state): Program[number] => ({ do: 'delete', state }));

export const expiration: EngineCase = {
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

export const touchedWhenBuilt: EngineCase = {
  name: 'touched-when-built',
  title: 'S56: a request touches states when it is built: after one that took longer than their time to live they are gone',
  types: { 'tb/f': [text('w', { mode: 'after-write', millis: 2500 }), text('i', { mode: 'after-invoke', millis: 2500 })] },
  steps: [
    ...warm('tb-f'),
    produce(
      record('tb-f', 'k', 'set', [
        { do: 'set', state: 'w', to: '1' },
        { do: 'set', state: 'i', to: '1' },
      ]),
    ),
    settle,
    hold('tb/f/k'),
    produce(record('tb-f', 'k', 'takes-long')),
    settle,
    produce(record('tb-f', 'k', 'behind')),
    settle,
    pass(2800),
    release('tb/f/k'),
    settle,
  ],
};
