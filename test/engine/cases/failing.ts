/** Facts that make the job fail: what it dies of, and that it recovers when the cause is gone. Each case fails it once. */
import type { Program } from '../../support/programs/command.ts';
import type { CaseGroup, EngineCase, FunctionTypes, Step } from './case.ts';
import { SOON_RESTARTED } from './job-config.ts';
import { moduleText } from './module-text.ts';
import { namespacesOf, produce, record, settle, text, topicsOf, warm } from './steps.ts';

const AGAIN: Step = { do: 'until', event: { type: 'restarted', times: 1 }, simulated: 3000 };

interface Failing {
  readonly name: string;
  readonly title: string;
  /** What is done wrong, once. */
  readonly bad: Program;
  readonly types?: (namespace: string) => FunctionTypes;
  readonly before?: readonly Step[];
  readonly egressTopics?: readonly string[];
}

/** A record that makes the job fail, and is handled well when it is read again. */
function failing(namespace: string, { name, title, bad, types, before = [], egressTopics = [] }: Failing): EngineCase {
  const own = types?.(namespace) ?? { [`${namespace}/f`]: [text('c')] };
  const topic = `${namespace}-f`;
  return {
    name,
    title,
    types: own,
    egressTopics,
    steps: [
      ...warm(...Object.keys(own).map((type) => type.replace('/', '-'))),
      ...before,
      { do: 'checkpoint' },
      produce(
        record(topic, 'k', 'bad', [
          { do: 'count', state: 'c' },
          { do: 'first', times: 1, label: name, program: bad },
        ]),
      ),
      { do: 'until', event: { type: 'failed', times: 1 }, simulated: 500 },
      AGAIN,
      { do: 'until', event: { type: 'request', target: `${namespace}/f/k`, n: 'bad', times: 2 }, simulated: 500 },
      settle,
      produce(record(topic, 'k', 'probe')),
      settle,
    ],
  };
}

const later = (millis: number, type: string, id: string, token?: string): Program[number] => ({
  do: 'send-after',
  millis,
  type,
  id,
  program: [],
  n: 'later',
  ...(token === undefined ? {} : { token }),
});

const CASES: readonly EngineCase[] = [
  failing('fa', {
    name: 'mutation-of-other-type',
    title: 'S20: a mutation of another type than the state was declared with fails the job',
    bad: [{ do: 'mutate', state: 'c', kind: 'modify', value: { typename: 't/other', hasValue: true, text: 'x' } }],
  }),
  failing('fb', {
    name: 'mutation-without-value',
    title: 'S36: a MODIFY without a value is of type io.statefun.types/unset and fails the job',
    bad: [{ do: 'mutate', state: 'c', kind: 'modify', value: null }],
  }),
  failing('fc', {
    name: 'mutation-without-type',
    title: 'S36: a MODIFY with an empty typename fails the job too',
    bad: [{ do: 'mutate', state: 'c', kind: 'modify', value: { typename: '', hasValue: true, text: 'x' } }],
  }),
  failing('fd', {
    name: 'spec-of-other-type',
    title: 'S20: a spec that names a known state with another type fails the job',
    bad: [{ do: 'incomplete', specs: [{ name: 'c', typename: 't/changed', expiration: null }] }],
  }),
  failing('fe', {
    name: 'modify-unknown-state',
    title: 'S68: changing a state that was never declared fails the job',
    bad: [{ do: 'mutate', state: 'nosuch', kind: 'modify', value: { typename: 't/x', hasValue: true, text: '1' } }],
  }),
  failing('ff', {
    name: 'delete-unknown-state',
    title: 'S68: deleting a state that was never declared fails the job',
    bad: [{ do: 'mutate', state: 'nosuch', kind: 'delete', value: null }],
  }),
  failing('fg', {
    name: 'token-twice',
    title: 'S47: registering a token that is still pending fails the job',
    bad: [later(60_000, 'fg/f', 'T', 'dup'), later(90_000, 'fg/f', 'T', 'dup')],
  }),
  failing('fh', {
    name: 'token-of-other-type',
    title: 'S49: so does registering it from another type with the same id',
    types: () => ({ 'fh/f': [text('c')], 'fh/g': [text('c')] }),
    before: [produce(record('fh-g', 'k', 'registers', [later(600_000, 'fh/g', 'T', 'dup')])), settle],
    bad: [later(60_000, 'fh/f', 'T', 'dup')],
  }),
  failing('fi', {
    name: 'cancel-without-token',
    title: 'S50: a cancellation without a token fails the job',
    bad: [{ do: 'cancel' }],
  }),
  failing('fj', {
    name: 'negative-delay',
    title: 'S50: a negative delay fails the job',
    bad: [later(-5, 'fj/f', 'T')],
  }),
  failing('fk', {
    name: 'unknown-target',
    title: 'S58: a message to a type that no endpoint serves fails the job',
    bad: [{ do: 'send', type: 'nowhere/x', id: '1', program: [], n: 'lost' }],
  }),
  failing('fl', {
    name: 'unknown-target-later',
    title: 'S58: a delayed message to such a type fails it when due',
    bad: [later(300, 'nowhere/x', '1')],
  }),
  failing('fm', {
    name: 'unknown-egress',
    title: 'S59: a message to an egress that module.yaml does not bind fails the job',
    bad: [{ do: 'emit', egress: 't/nope', topic: 'x', key: 'k', text: 'v' }],
  }),
  failing('fn', {
    name: 'egress-payload',
    title: 'S60: a Kafka egress takes nothing but Kafka records',
    bad: [{ do: 'emit-raw', egress: 't/out', typename: 't/foo', text: 'v' }],
  }),
  failing('fo', {
    name: 'egress-before-mutation',
    title: 'S32: egress records are written before mutations: one is left of an answer with a bad mutation',
    bad: [
      { do: 'emit', egress: 't/out', topic: 'out-order', key: 'k', text: 'left' },
      { do: 'mutate', state: 'nosuch', kind: 'delete', value: null },
    ],
    egressTopics: ['out-order'],
  }),
  failing('fp', {
    name: 'egress-after-cancellation',
    title: 'S32: and after delayed messages and cancellations: none is left of an answer with a bad cancellation',
    bad: [{ do: 'emit', egress: 't/out', topic: 'out-order-2', key: 'k', text: 'never' }, { do: 'cancel' }],
    egressTopics: ['out-order-2'],
  }),
];

export const failures: CaseGroup = {
  name: 'failing',
  module: moduleText(
    namespacesOf(CASES).map((namespace) => ({ functions: `${namespace}/*`, path: `/${namespace}` })),
    [{ id: 't/in', topics: Object.fromEntries(topicsOf(CASES).map((topic) => [topic, [topic.replace('-', '/')]])) }],
    [{ id: 't/out', delivery: '    type: at-least-once\n' }],
  ),
  config: SOON_RESTARTED,
  topics: topicsOf(CASES).map((topic) => ({ topic })),
  egressTopics: [{ topic: 'out-order' }, { topic: 'out-order-2' }],
  cases: CASES,
};
