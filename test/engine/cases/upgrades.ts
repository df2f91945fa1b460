/** Code that changes: states added, dropped, retyped, given another expiration, while the job runs and over a restart. */
import type { StateSpec } from '../../../src/protocol/messages.ts';
import type { Program } from '../../support/programs/command.ts';
import type { CaseGroup, EngineCase, Step } from './case.ts';
import { CRASHED } from './crash.ts';
import { SOON_RESTARTED } from './job-config.ts';
import { moduleText } from './module-text.ts';
import { namespacesOf, pass, produce, record, settle, text, topicsOf } from './steps.ts';

const set = (state: string, to: string): Program => [{ do: 'set', state, to }];
const retyped = (name: string): StateSpec => ({ name, typename: 't/changed', expiration: null });
const kept = (name: string, millis: number, mode: 'after-write' | 'after-invoke' = 'after-write'): StateSpec =>
  text(name, { mode, millis });
const probe = (namespace: string, n: string): readonly Step[] => [produce(record(`${namespace}-f`, 'k', n)), settle];
const deploy = (namespace: string, ...specs: readonly StateSpec[]): Step => ({ do: 'deploy', types: { [`${namespace}/f`]: specs } });

const dropped: EngineCase = {
  name: 'dropped-state',
  title: 'S18: a state that the code drops is not sent after a restart, and comes back with its old value when declared again',
  types: { 'ua/f': [text('a'), text('b')] },
  steps: [
    produce(record('ua-f', 'k', 'set', [...set('a', '1'), ...set('b', '2')])),
    settle,
    deploy('ua', text('a')),
    { do: 'checkpoint' },
    ...CRASHED,
    ...probe('ua', 'dropped'),
    deploy('ua', text('a'), text('b')),
    ...probe('ua', 'again'),
  ],
};

const longer: EngineCase = {
  name: 'lengthened-expiration',
  title: 'S22: a longer time to live after a restart revives a value that had expired and was never read since',
  types: { 'ub/f': [kept('v', 1500)] },
  steps: [
    produce(record('ub-f', 'k', 'set', set('v', '7'))),
    settle,
    pass(2000),
    deploy('ub', kept('v', 600_000)),
    { do: 'checkpoint' },
    ...CRASHED,
    ...probe('ub', 'revived'),
  ],
};

const shorter: EngineCase = {
  name: 'shortened-expiration',
  title: 'S22: a shorter one expires old values at once; another mode is accepted too',
  types: { 'uc/f': [kept('v', 600_000), kept('m', 600_000)] },
  steps: [
    produce(record('uc-f', 'k', 'set', [...set('v', '7'), ...set('m', '8')])),
    settle,
    pass(600),
    deploy('uc', kept('v', 300), kept('m', 600_000, 'after-invoke')),
    { do: 'checkpoint' },
    ...CRASHED,
    ...probe('uc', 'expired'),
  ],
};

const ignored: EngineCase = {
  name: 'expiration-while-running',
  title: 'S19: a time to live that changes while the job runs is ignored, even when the spec is sent again',
  types: { 'ud/f': [kept('v', 2000)] },
  steps: [
    produce(record('ud-f', 'k', 'set', set('v', '1'))),
    settle,
    deploy('ud', kept('v', 600_000)),
    produce(record('ud-f', 'k', 'spec', [{ do: 'first', times: 1, label: 'ud', program: [{ do: 'incomplete' }] }])),
    settle,
    pass(2600),
    ...probe('ud', 'gone'),
  ],
};

/** What no restart accepts: the job fails each time the function declares it, until the old declaration is back. */
function refused(namespace: string, name: string, title: string, old: StateSpec, changed: StateSpec): EngineCase {
  return {
    name,
    title,
    types: { [`${namespace}/f`]: [old] },
    steps: [
      produce(record(`${namespace}-f`, 'k', 'set', set('v', '1'))),
      settle,
      deploy(namespace, changed),
      { do: 'checkpoint' },
      ...CRASHED,
      produce(record(`${namespace}-f`, 'k', 'refused')),
      // With a crash of the case's own, so that it is refused twice.
      { do: 'until', event: { type: 'failed', times: 3 }, simulated: 300 },
      deploy(namespace, old),
      { do: 'until', event: { type: 'accepted', target: `${namespace}/f/k`, n: 'refused' }, simulated: 3000 },
      settle,
      ...probe(namespace, 'after'),
    ],
  };
}

const CASES = [
  dropped,
  longer,
  shorter,
  ignored,
  refused(
    'ue',
    'retyped-state',
    'S21: a state that is retyped over a restart fails the job until its old type is declared',
    text('v'),
    retyped('v'),
  ),
  refused('uf', 'expiration-added', 'S23: so does an expiration that a state did not have', text('v'), kept('v', 600_000)),
  refused('ug', 'expiration-removed', 'S23: and one that it has no longer', kept('v', 600_000), text('v')),
];

export const upgrades: CaseGroup = {
  name: 'upgrades',
  module: moduleText(
    namespacesOf(CASES).map((namespace) => ({ functions: `${namespace}/*`, path: `/${namespace}` })),
    [{ id: 't/in', topics: Object.fromEntries(topicsOf(CASES).map((topic) => [topic, [topic.replace('-', '/')]])) }],
  ),
  config: SOON_RESTARTED,
  topics: topicsOf(CASES).map((topic) => ({ topic })),
  egressTopics: [],
  cases: CASES,
};
