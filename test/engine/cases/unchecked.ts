/** Without checkpoints. */
import type { CaseGroup } from './case.ts';
import { moduleText } from './module-text.ts';
import { produce, record, settle } from './steps.ts';

export const unchecked: CaseGroup = {
  name: 'unchecked',
  module: moduleText(
    [{ functions: 'uc/*' }],
    [{ id: 't/in', topics: { 'uc-f': ['uc/f'] } }],
    [{ id: 't/exactly', delivery: '    type: exactly-once\n    transactionTimeout: 16min\n' }],
  ),
  config: {},
  topics: [{ topic: 'uc-f' }],
  egressTopics: [{ topic: 'out-unchecked' }],
  cases: [
    {
      name: 'exactly-once-without-checkpoints',
      title: 'S7, S79: without checkpoints an exactly-once egress writes as `none` does: its records are visible at once',
      types: { 'uc/f': [] },
      egressTopics: ['out-unchecked'],
      steps: [
        produce(record('uc-f', 'k', 'emits', [{ do: 'emit', egress: 't/exactly', topic: 'out-unchecked', key: 'k', text: 'seen' }])),
        settle,
        { do: 'until', event: { type: 'egress', topic: 'out-unchecked', records: 1, committed: true }, simulated: 200 },
        { do: 'until', event: { type: 'egress', topic: 'out-unchecked', records: 1, committed: false }, simulated: 200 },
      ],
    },
  ],
};
