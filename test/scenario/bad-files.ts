/** Scenario files that are refused: what is wrong with each, and where. */
import type { ScenarioProblemCode } from '../../src/scenario/problem-codes.ts';

export interface BadFile {
  readonly name: string;
  readonly text: string;
  /** `line:column code`, in order of the text, with a part of the message. */
  readonly problems: readonly (readonly [place: string, code: ScenarioProblemCode, message: string])[];
  /** JSON Schema cannot see what is wrong: it is in the YAML, or needs arithmetic. */
  readonly beyondSchema?: true;
}

const SEND = '- send: { topic: t, key: a, json: 1 }';

export const BAD_FILES: readonly BadFile[] = [
  { name: 'an empty file', text: '', problems: [['1:1', 'scenario-syntax', 'needs the key “steps”']] },
  { name: 'nothing but a comment', text: '# nothing\n', problems: [['1:1', 'scenario-syntax', 'the file is empty']] },
  {
    name: 'text that is no YAML',
    text: 'steps: [1\n',
    problems: [['2:1', 'scenario-syntax', 'Flow sequence']],
    beyondSchema: true,
  },
  { name: 'a list', text: `${SEND}\n`, problems: [['1:1', 'scenario-bad-value', 'the file is a list']] },
  { name: 'a key twice', text: `steps:\n  ${SEND}\nsteps: []\n`, problems: [['3:1', 'scenario-syntax', 'unique']], beyondSchema: true },
  {
    name: 'two documents',
    text: `steps:\n  ${SEND}\n---\nsteps: []\n`,
    problems: [['3:1', 'scenario-syntax', 'a second document']],
    beyondSchema: true,
  },
  { name: 'an unknown tag', text: 'title: !x a\nsteps: []\n', problems: [['1:8', 'scenario-syntax', '!x']], beyondSchema: true },
  { name: 'an alias of nothing', text: `title: *a\nsteps:\n  ${SEND}\n`, problems: [['1:8', 'scenario-syntax', 'a']], beyondSchema: true },
  { name: 'no steps', text: 'title: x\n', problems: [['1:1', 'scenario-missing-key', 'needs the key “steps”']] },
  { name: 'an empty list of steps', text: 'steps: []\n', problems: [['1:8', 'scenario-bad-value', 'an empty list']] },
  {
    name: 'misspelt keys on every level',
    text: 'titel: x\nsetings: {}\nsteps:\n  - snd: {}\n  - send: { topc: t, key: a, json: 1 }\n  - wait: { untl: 5 s }\n',
    problems: [
      ['1:1', 'scenario-unknown-key', '“titel” is no key of a scenario: write title.'],
      ['2:1', 'scenario-unknown-key', 'write settings'],
      ['4:5', 'scenario-unknown-key', 'write send'],
      ['5:11', 'scenario-missing-key', 'A record needs the key “topic”.'],
      ['5:13', 'scenario-unknown-key', 'write topic'],
      ['6:11', 'scenario-missing-key', 'needs the key “until”'],
      ['6:13', 'scenario-unknown-key', 'write until'],
    ],
  },
  {
    name: 'two actions in a step',
    text: `steps:\n  - wait: 1 s\n    crash: task\n`,
    problems: [['3:5', 'scenario-key-conflict', '“crash” and “wait” exclude each other']],
  },
  { name: 'a step without an action', text: 'steps:\n  - at: 1 s\n', problems: [['2:5', 'scenario-missing-key', 'one of send, wait']] },
  { name: 'a step that is a word', text: 'steps:\n  - checkpoint\n', problems: [['2:5', 'scenario-bad-value', 'the text “checkpoint”']] },
  {
    name: 'durations without a unit, of an odd unit, with a fraction, and negative',
    text: 'steps:\n  - wait: 5\n  - wait: 5 weeks\n  - wait: 1.5 s\n  - wait: -1 s\n  - wait: 123456789 ms\n',
    problems: [
      ['2:11', 'scenario-bad-value', 'such as 5 ms or 5 s'],
      ['3:11', 'scenario-bad-value', 'one unit (d, h, min, s, ms)'],
      ['4:11', 'scenario-bad-value', 'a whole number'],
      ['5:11', 'scenario-bad-value', 'a whole number'],
      ['6:11', 'scenario-bad-value', 'at most 8 digits'],
    ],
  },
  {
    name: 'settings out of range',
    text: `settings:
  seed: [1]
  startAt: 2026-02-30T00:00:00Z
  parallelism: 0
  partitions: two
  checkpointInterval: 0 s
  restartStrategy: { type: twice }
  asyncMaxPerTask: -1
  callLatency: { min: 20 ms, mean: 10 ms }
  generators: 'yes'
steps:
  ${SEND}
`,
    problems: [
      ['2:9', 'scenario-bad-value', 'seed is a list'],
      ['3:12', 'scenario-bad-value', '2026-01-01T00:00:00Z'],
      ['4:16', 'scenario-bad-value', 'a whole number from 1 to 128'],
      ['5:15', 'scenario-bad-value', 'the text “two”'],
      ['6:23', 'scenario-bad-value', 'at least 1 ms'],
      ['7:28', 'scenario-bad-value', 'one of none, fixed-delay, failure-rate'],
      ['8:20', 'scenario-bad-value', 'a whole number from 1'],
      ['9:36', 'scenario-bad-value', 'mean is less than min'],
      ['10:15', 'scenario-bad-value', 'true or false'],
    ],
  },
  {
    name: 'records without a value, with two, of a wrong kind',
    text: `steps:
  - send: { topic: t, key: a }
  - send: { topic: t, key: a, json: 1, text: x }
  - send: { topic: t, key: 7, base64: 'x' }
  - send: { topic: t, key: a, tombstone: false }
  - send: []
`,
    problems: [
      ['2:11', 'scenario-missing-key', 'needs one of json, text, base64, tombstone'],
      ['3:40', 'scenario-key-conflict', '“text” and “json” exclude each other'],
      ['4:28', 'scenario-bad-value', "in quotes, '7'"],
      ['4:39', 'scenario-bad-value', 'multiple of four'],
      ['5:42', 'scenario-bad-value', 'true, or leave it out'],
      ['6:11', 'scenario-bad-value', 'an empty list'],
    ],
  },
  {
    name: 'a topic that Kafka does not take',
    text: 'steps:\n  - send: { topic: a b, key: a, json: 1 }\n',
    problems: [['2:20', 'scenario-bad-value', 'letters, digits, dots']],
    beyondSchema: true,
  },
  {
    name: 'JSON that would be changed on the way',
    text: 'steps:\n  - send: { topic: t, key: a, json: { n: 12345678901234567890, x: .inf, [1]: 2 } }\n',
    problems: [
      ['2:42', 'scenario-bad-value', 'too large to be exact'],
      ['2:67', 'scenario-bad-value', 'no number that JSON has'],
      ['2:73', 'scenario-bad-value', 'a list as a key'],
    ],
    beyondSchema: true,
  },
  {
    name: 'a rate without repeat, and rates that are none',
    text: `steps:
  - send: { topic: t, key: a, json: 1, rate: { perSecond: 5 } }
  - send: { topic: t, key: a, json: 1, repeat: 0, rate: { perSecond: 0, jitter: some } }
`,
    problems: [
      ['2:40', 'scenario-key-conflict', '“rate” needs “repeat” beside it'],
      ['3:48', 'scenario-bad-value', 'a whole number from 1'],
      ['3:70', 'scenario-bad-value', 'above 0'],
      ['3:81', 'scenario-bad-value', 'one of none, poisson'],
    ],
  },
  {
    name: 'placeholders that there are not',
    text: `steps:
  - send: { topic: t, key: '{{key}}', json: { a: '{{nn}}' }, repeat: 2 }
  - send: { topic: t, key: a, text: '{{int 5 1}}', headers: [{ name: h, value: '{{' }], repeat: 2 }
`,
    problems: [
      ['2:28', 'scenario-bad-template', 'the key itself cannot contain it'],
      ['2:45', 'scenario-bad-template', '“{{nn}}” is not a placeholder'],
      ['3:37', 'scenario-bad-template', 'wrong way round'],
      ['3:61', 'scenario-bad-template', 'never closed'],
    ],
    beyondSchema: true,
  },
  {
    name: 'faults of no kind, without their number, of no functions',
    text: `steps:
  - fault: { functions: a/b }
  - fault: { functions: a/b, type: broken }
  - fault: { functions: a/b, type: status }
  - fault: { functions: a/b, type: slow, by: fast }
  - fault: { functions: a/b, type: down, status: 500 }
  - fault: { functions: a/b, type: status, status: 100, calls: 0 }
`,
    problems: [
      ['2:12', 'scenario-missing-key', 'needs the key “type”'],
      ['3:36', 'scenario-bad-value', 'one of down, dropped'],
      ['4:12', 'scenario-missing-key', 'needs the key “status”'],
      ['5:46', 'scenario-bad-value', 'the text “fast”'],
      ['6:42', 'scenario-unknown-key', '“status” is no key of the fault down'],
      ['7:52', 'scenario-bad-value', 'from 200 to 599'],
      ['7:64', 'scenario-bad-value', 'from 1 to'],
    ],
  },
  {
    name: 'a fault of a pattern that no endpoint can have',
    text: 'steps:\n  - fault: { functions: a/b*, type: down }\n',
    problems: [['2:25', 'scenario-bad-value', 'A pattern']],
    beyondSchema: true,
  },
  {
    name: 'crashes and checkpoints of other kinds',
    text: 'steps:\n  - crash: all\n  - checkpoint: later\n  - crash: proces\n',
    problems: [
      ['2:12', 'scenario-bad-value', 'one of task, process'],
      ['3:17', 'scenario-bad-value', 'write now'],
      ['4:12', 'scenario-bad-value', 'write process'],
    ],
  },
  {
    name: 'code that is not there or not code',
    text: `steps:
  - code: { file: functions/a.ts }
  - code: { file: functions/a.ts, text: x, from: b.ts }
  - code: { file: functions/a.ts, textt: x }
`,
    problems: [
      ['2:11', 'scenario-missing-key', 'needs one of text, from'],
      ['3:44', 'scenario-key-conflict', '“from” and “text” exclude each other'],
      ['4:35', 'scenario-unknown-key', 'write text'],
    ],
  },
  {
    name: 'code outside the project or outside functions/ and stubs/',
    text: 'steps:\n  - code: { file: ../a.ts, text: x }\n  - code: { file: module.yaml, text: x }\n',
    problems: [
      ['2:19', 'scenario-bad-value', 'no path inside the project'],
      ['3:19', 'scenario-bad-file', 'only scripts, JSON and files in stubs/'],
    ],
    beyondSchema: true,
  },
  {
    name: 'expectations of no kind and of several',
    text: `steps:
  - expect: { egres: a/b, count: 1 }
  - expect: { egress: a/b }
  - expect: { egress: a/b, order: any, count: 1 }
  - expect: { function: a/b, id: x, state: s }
  - expect: { function: a/b, id: x, state: s, absent: true, json: 1 }
  - expect: { function: a/b, state: s, json: 1 }
  - expect: { failures: some }
  - expect: { function: a/b }
  - expect: { egress: a/b, count: { atLeast: 1, atMoost: 2 } }
  - expect: { egress: a/b, include: [] }
  - expect: { egress: a/b, records: [{}] }
  - expect: { egress: a/b, records: [{ key: a, noKey: true }] }
`,
    problems: [
      ['2:15', 'scenario-unknown-key', 'write egress'],
      ['3:13', 'scenario-missing-key', 'at least one of records, include, count'],
      ['4:28', 'scenario-key-conflict', '“order” needs “records”'],
      ['5:13', 'scenario-missing-key', 'one of absent, json'],
      ['6:61', 'scenario-key-conflict', '“json” and “absent” exclude each other'],
      ['7:13', 'scenario-missing-key', 'needs the key “id”'],
      ['8:25', 'scenario-bad-value', 'one of none, job, call'],
      ['9:13', 'scenario-missing-key', 'one of the keys egress, state, failures, timers'],
      ['10:49', 'scenario-unknown-key', 'write atMost'],
      ['11:37', 'scenario-bad-value', 'an empty list'],
      ['12:38', 'scenario-missing-key', 'at least one of key, noKey'],
      ['13:48', 'scenario-key-conflict', '“noKey” and “key” exclude each other'],
    ],
  },
  {
    name: 'expectations that contradict themselves',
    text: `steps:
  - expect: { failures: none, count: 1 }
  - expect: { failures: call, kind: unknown-egress }
  - expect: { egress: a/b, count: { atLeast: 3, atMost: 2 } }
  - expect: { egress: a/b, order: per-key, records: [{ json: 1 }] }
  - expect: { egress: ab, count: 1 }
`,
    problems: [
      ['2:38', 'scenario-key-conflict', '“failures: none” leaves nothing for count to say'],
      ['3:37', 'scenario-bad-value', 'unknown-egress is no failure of a call'],
      ['4:57', 'scenario-bad-value', 'atMost is less than atLeast'],
      ['5:53', 'scenario-bad-value', 'give each record a key'],
      ['6:23', 'scenario-bad-value', 'has no slash'],
    ],
    beyondSchema: true,
  },
  {
    name: 'steps that go back in time',
    text: `steps:\n  - wait: 10 s\n  - { at: 5 s, checkpoint: now }\n  - wait: { until: 9 s }\n  - { at: 20 s, wait: { until: 15 s } }\n`,
    problems: [
      ['3:5', 'scenario-time-order', 'This step is for 5 s after the start, and the steps before it take until 10 s at least.'],
      ['4:5', 'scenario-time-order', '9 s'],
      ['5:5', 'scenario-time-order', '15 s after the start, and the steps before it take until 20 s'],
    ],
    beyondSchema: true,
  },
  {
    name: 'a limit for a wait that needs none',
    text: 'steps:\n  - wait: { until: 9 s, atMost: 10 s }\n',
    problems: [['2:33', 'scenario-key-conflict', 'atMost is for until: idle']],
    beyondSchema: true,
  },
];
