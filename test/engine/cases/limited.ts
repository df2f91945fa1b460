/** `statefun.async.max-per-task`: what waits at the limit, and what passes it. */
import type { Program } from '../../support/programs/command.ts';
import type { CaseGroup, EngineCase } from './case.ts';
import { moduleText } from './module-text.ts';
import type { Seen } from './observation.ts';
import { hold, pass, produce, record, release, settle, topicsOf, warm } from './steps.ts';

const HELD_MILLIS = 1500;

/** Milliseconds from the first request to the so-manieth, of addresses that begin so. */
function gap(seen: Seen, prefix: string, which: number): number {
  const own = seen.requests.filter(({ target }) => target.startsWith(prefix));
  return (own[which - 1]?.at ?? Number.NaN) - (own[0]?.at ?? Number.NaN);
}

const ids = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

const records: EngineCase = {
  name: 'records-wait',
  title: 'S26: at statefun.async.max-per-task requests in flight, records wait',
  types: { 'mt/e': [] },
  steps: [
    ...warm('mt-e'),
    ...ids('id', 4).map((id) => hold(`mt/e/${id}`)),
    produce(...ids('id', 7).map((id) => record('mt-e', id, 'hit'))),
    pass(HELD_MILLIS),
    ...ids('id', 4).map((id) => release(`mt/e/${id}`)),
    settle,
  ],
  check: (seen) => (gap(seen, 'mt/e/id', 4) < 1000 && gap(seen, 'mt/e/id', 5) > 1000 ? null : 'not the fifth one waited'),
};

const sends: EngineCase = {
  name: 'local-sends-pass',
  title: 'S26: messages that functions send on the subtask pass that limit, and so do due timers',
  types: { 'mf/f': [], 'mf/e': [], 'mf/t': [] },
  steps: [
    ...warm('mf-f', 'mf-e', 'mf-t'),
    ...ids('fan', 8).map((id) => hold(`mf/e/${id}`)),
    produce(
      record('mf-f', 'x', 'fan-out', [
        ...ids('fan', 8).map((id): Program[number] => ({ do: 'send', type: 'mf/e', id, program: [], n: id })),
        { do: 'send-after', type: 'mf/t', id: 'due', millis: 300, program: [], n: 'due' },
      ]),
    ),
    { do: 'until', event: { type: 'request', target: 'mf/e/fan7', n: 'fan7' }, simulated: 100 },
    produce(record('mf-f', 'y', 'waits')),
    pass(HELD_MILLIS),
    ...ids('fan', 8).map((id) => release(`mf/e/${id}`)),
    settle,
  ],
  check: (seen) => {
    const first = seen.requests.find(({ target }) => target === 'mf/e/fan0')?.at ?? Number.NaN;
    const due = (seen.requests.find(({ target }) => target === 'mf/t/due')?.at ?? Number.NaN) - first;
    const waits = (seen.requests.find(({ target }) => target === 'mf/f/y')?.at ?? Number.NaN) - first;
    return due < HELD_MILLIS - 100 && waits >= HELD_MILLIS - 100 ? null : `the timer after ${due} ms, the record after ${waits} ms`;
  },
};

const CASES = [records, sends];

export const limited: CaseGroup = {
  name: 'limited',
  module: moduleText(
    ['mt', 'mf'].map((namespace) => ({ functions: `${namespace}/*`, path: `/${namespace}` })),
    [{ id: 't/in', topics: Object.fromEntries(topicsOf(CASES).map((topic) => [topic, [topic.replace('-', '/')]])) }],
  ),
  config: { 'execution.checkpointing.interval': '1h', 'statefun.async.max-per-task': '4' },
  topics: topicsOf(CASES).map((topic) => ({ topic })),
  egressTopics: [],
  cases: CASES,
};
