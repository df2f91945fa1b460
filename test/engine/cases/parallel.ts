/** Two subtasks: where an address lives, what is done twice, and what stays in order across them. */
import type { Program } from '../../support/programs/command.ts';
import type { CaseGroup, EngineCase } from './case.ts';
import { moduleText } from './module-text.ts';
import { pass, produce, record, settle, text, topicsOf } from './steps.ts';

const IDS = ['a', 'b', 'c', 'd', 'user-1', 'user-2', 'ключ', '', 'x/y', '42', 'Ada', 'Grace'];

const placement: EngineCase = {
  name: 'placement',
  title: 'S1, S12: an address lives on the subtask that Flink’s hash of its id gives, and each subtask has its own handshake',
  types: { 'pa/f': [text('c'), text('d')], 'pa/g': [text('c')] },
  steps: [
    produce(...IDS.map((id) => record('pa-f', id, `f-${id}`, [{ do: 'count', state: 'c' }]))),
    settle,
    produce(...IDS.map((id) => record('pa-g', id, `g-${id}`, [{ do: 'count', state: 'c' }]))),
    settle,
    produce(...IDS.map((id) => record('pa-f', id, `again-${id}`))),
    settle,
  ],
};

const acrossSubtasks: EngineCase = {
  name: 'across-subtasks',
  title: 'S3, S38: from one sender to one receiver order is kept, whichever subtasks they live on',
  types: { 'pb/f': [], 'pb/g': [] },
  steps: [
    produce(
      ...['one', 'two', 'three'].flatMap((round) =>
        ['a', 'b', 'c'].map((sender) =>
          record(
            'pb-f',
            sender,
            `${sender}-${round}`,
            [0, 1, 2, 3, 4].flatMap((i): Program =>
              ['a', 'b', 'd'].map((id) => ({ do: 'send', type: 'pb/g', id, program: [], n: `${round}-${i}` })),
            ),
          ),
        ),
      ),
    ),
    settle,
  ],
  compare: { requests: 'multiset' },
  check: (seen) => {
    const order = ['one', 'two', 'three'].flatMap((round) => [0, 1, 2, 3, 4].map((i) => `${round}-${i}`)).join();
    const wrong = ['a', 'b', 'd'].flatMap((receiver) =>
      ['a', 'b', 'c'].filter((sender) => {
        const prefix = `pb/f/${sender} > `;
        const got = seen.requests
          .filter(({ target }) => target === `pb/g/${receiver}`)
          .flatMap(({ messages }) =>
            messages.filter((message) => message.startsWith(prefix)).map((message) => message.slice(prefix.length)),
          );
        // The first call of a type on a subtask is made once, as it has no states to ask for.
        return got.join() !== order;
      }),
    );
    return wrong.length === 0 ? null : `out of order from ${wrong.join()}`;
  },
};

const HOPS = 24;

/** Counts, and lets the other count, so many times in all. */
function pingPong(self: string, other: string, hops: number): Program {
  return [
    { do: 'sleep', millis: 25 },
    { do: 'count', state: 'c' },
    ...(hops === 0 ? [] : [{ do: 'send', type: 'pc/f', id: other, program: pingPong(other, self, hops - 1), n: `hop-${hops}` } as const]),
  ];
}

const PAIRS = [
  ['a', 'b'],
  ['c', 'd'],
  ['user-1', 'user-2'],
] as const;

const exactlyOnce: EngineCase = {
  name: 'ping-pong-over-crash',
  title: 'S72: state counts each message once, also of chains across subtasks that a crash interrupts',
  types: { 'pc/f': [text('c')] },
  steps: [
    produce(...PAIRS.map(([self, other]) => record('pc-f', self, 'begins', pingPong(self, other, HOPS)))),
    pass(250),
    { do: 'checkpoint' },
    pass(250),
    { do: 'crash' },
    { do: 'until', event: { type: 'restarted', times: 1 }, simulated: 2000 },
    ...PAIRS.map(
      ([, other]) => ({ do: 'until', event: { type: 'request', target: `pc/f/${other}`, n: 'hop-2' }, simulated: 1000 }) as const,
    ),
    settle,
    produce(...PAIRS.flat().map((id) => record('pc-f', id, 'probe'))),
    settle,
  ],
  compare: { requests: 'nothing' },
  check: (seen) => {
    const counts = PAIRS.flat().map((id) => seen.requests.findLast(({ target }) => target === `pc/f/${id}`)?.states);
    // Who begins counts once more.
    const expected = PAIRS.flatMap(() => [`c=${HOPS / 2 + 1}`, `c=${HOPS / 2}`]);
    return counts.join() === expected.join() ? null : `counted ${counts.join()}`;
  },
};

const CASES = [placement, acrossSubtasks, exactlyOnce];

export const parallel: CaseGroup = {
  name: 'parallel',
  module: moduleText(
    ['pa', 'pb', 'pc'].map((namespace) => ({ functions: `${namespace}/*`, path: `/${namespace}` })),
    [{ id: 't/in', topics: Object.fromEntries(topicsOf(CASES).map((topic) => [topic, [topic.replace('-', '/')]])) }],
  ),
  config: { 'execution.checkpointing.interval': '1h', 'parallelism.default': '2' },
  topics: topicsOf(CASES).map((topic) => ({ topic })),
  egressTopics: [],
  cases: CASES,
};
