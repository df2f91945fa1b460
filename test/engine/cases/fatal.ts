/** What ends a job for good when nothing restarts it (S7); each in a job of its own. */
import type { CaseGroup, CaseRecord, Comparison, Step } from './case.ts';
import { ASYNC_SHORT, moduleText } from './module-text.ts';
import type { EgressText, EndpointText } from './module-text.ts';
import { record } from './steps.ts';

interface Fatal {
  readonly name: string;
  readonly title: string;
  readonly endpoint?: Partial<EndpointText>;
  readonly target?: string;
  readonly egresses?: readonly EgressText[];
  readonly config?: Readonly<Record<string, string>>;
  readonly before?: readonly Step[];
  readonly simulated?: number;
  readonly compare?: Comparison;
  /** None: the job fails at its start. */
  readonly records: (topic: string) => readonly CaseRecord[];
}

function fatal({
  name,
  title,
  endpoint = {},
  target = 'fa/f',
  egresses = [],
  config = {},
  before = [],
  simulated = 1000,
  records,
  compare = {},
}: Fatal): CaseGroup {
  const topic = `fatal-${name}`;
  const fed = records(topic);
  return {
    name: `fatal-${name}`,
    module: moduleText([{ functions: 'fa/*', ...endpoint }], [{ id: 't/in', topics: { [topic]: [target] } }], egresses),
    config,
    topics: [{ topic }],
    egressTopics: [],
    startFails: fed.length === 0,
    cases: [
      {
        name,
        title,
        types: { 'fa/f': [] },
        steps: [
          ...before,
          ...(fed.length === 0 ? [] : [{ do: 'produce', records: fed } as const]),
          { do: 'until', event: { type: 'ended' }, simulated },
        ],
        compare,
      },
    ],
  };
}

export const FATAL: readonly CaseGroup[] = [
  fatal({
    name: 'no-key',
    title: 'S7, S82: a record without a key ends a job that has no checkpoints',
    records: (topic) => [{ topic, key: null, value: [] }],
  }),
  fatal({
    name: 'tombstone',
    title: 'S83: a record without a value fails the job',
    records: (topic) => [{ topic, key: 'k', value: null }],
  }),
  fatal({
    name: 'no-endpoint',
    title: 'S58: a record for a type that no endpoint serves fails the job',
    target: 'nowhere/x',
    records: (topic) => [record(topic, 'k', 'lost')],
  }),
  fatal({
    name: 'okhttp-timeouts',
    title: 'S64: with okhttp a call time below the default connect time fails the job at the first message',
    endpoint: { more: '  transport:\n    type: io.statefun.transports.v1/okhttp\n    timeouts:\n      call: 3s\n' },
    records: (topic) => [record(topic, 'k', 'hit')],
  }),
  fatal({
    name: 'bad-template',
    title: 'S93: a template with another placeholder than {function.name} fails the job at the first message',
    endpoint: { path: '/{function.namespace}' },
    records: (topic) => [record(topic, 'k', 'hit')],
  }),
  fatal({
    name: 'refused',
    title: 'S61: a refused connection is tried again until the call’s time is up',
    // Nobody listens on the discard port.
    endpoint: { url: 'http://127.0.0.1:9/', more: ASYNC_SHORT },
    // What the simulator is told; on the engine nothing comes to be faulted.
    before: [{ do: 'fault', fault: { target: { namespace: 'fa', name: 'f' }, effect: { type: 'refused' }, forMillis: null, calls: null } }],
    simulated: 4000,
    records: (topic) => [record(topic, 'k', 'hit')],
    compare: { requests: 'nothing' },
  }),
  fatal({
    name: 'transaction-timeout',
    title: 'S80: a transaction timeout above the broker’s fails the job at its start',
    egresses: [{ id: 't/out', delivery: '    type: exactly-once\n    transactionTimeout: 16min\n' }],
    // Without checkpoints Flink takes exactly-once for none.
    config: { 'execution.checkpointing.interval': '1h', 'restart-strategy': 'none' },
    records: () => [],
  }),
];

/** A call that always gets a 500, with no time of its own or with a `timeouts` object that names none. */
function budget(name: string, title: string, more: string, simulated: number): CaseGroup {
  return fatal({
    name: `budget-${name}`,
    title,
    endpoint: { more },
    before: [
      {
        do: 'fault',
        fault: { target: { namespace: 'fa', name: 'f' }, effect: { type: 'status', status: 500 }, forMillis: null, calls: null },
      },
    ],
    simulated,
    records: (topic) => [record(topic, 'k', 'hit')],
    compare: { requests: 'batches', tries: true },
  });
}

const transport = (type: string): string => `  transport:\n    type: io.statefun.transports.v1/${type}\n`;

/** The default times of a call: minutes, so for the full run. */
export const BUDGETS: readonly CaseGroup[] = [
  budget('async', 'S63: without timeouts an async call has two minutes, in which fifteen attempts fit', transport('async'), 121_000),
  budget(
    'async-timeouts',
    'S63: with timeouts that name no call it has one minute, and fourteen attempts',
    `${transport('async')}    timeouts:\n      connect: 2s\n`,
    61_000,
  ),
  budget('okhttp', 'S63: with okhttp it has one minute, and fourteen attempts, the last at the deadline', transport('okhttp'), 61_000),
];
