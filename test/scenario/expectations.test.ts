import { describe, expect, it } from 'vitest';
import { MANUAL } from './documented-scenarios.ts';
import { loadExample } from '../support/load-example.ts';
import { playText } from '../support/play-text.ts';
import { LAB, order } from './lab.ts';

const SETUP = `steps:
  - ${order('a', '{ out: { n: 1, list: [1, 2] }, set: { number: 7, word: seven, thing: { deep: { x: 1, y: 2 } }, short: 1 } }')}
  - wait: 1 s
  - ${order('b', '{ out: { n: 2 } }')}
  - wait: 1 s
  - ${order('a', '{ out: { n: 3 }, later: { after: 5000, token: t1, order: { out: late } } }')}
  - wait: 1 s
`;

describe('expectations that hold', () => {
  it.each([
    ['all records in order', 'egress: lab/out, records: [{ key: a, json: { list: [1, 2], n: 1 } }, { key: b }, { json: { n: 3 } }]'],
    [
      'each key in order',
      'egress: lab/out, order: per-key, records: [{ key: b }, { key: a, jsonContains: { n: 1 } }, { key: a, json: { n: 3 } }]',
    ],
    ['any order', 'egress: lab/out, order: any, records: [{ json: { n: 3 } }, { json: { n: 2 } }, { jsonContains: { list: [1, 2] } }]'],
    [
      'any order, where one record fits several',
      'egress: lab/out, order: any, records: [{ key: a }, { key: b }, { jsonContains: { n: 1 } }]',
    ],
    ['records of one key', 'egress: lab/out, key: b, records: [{ json: { n: 2 } }]'],
    ['records of a topic', 'egress: lab/out, topic: out, count: 3'],
    ['no record of another topic', 'egress: lab/out, topic: other, count: 0'],
    ['no record of another egress', 'egress: lab/money, records: []'],
    ['one among others', 'egress: lab/out, include: [{ key: a, json: { n: 3 } }, { textContains: \'"n":2\' }]'],
    ['bytes', `egress: lab/out, include: [{ base64: ${Buffer.from('{"n":2}').toString('base64')} }, { text: '{"n":2}' }]`],
    ['a range', 'egress: lab/out, count: { atLeast: 2, atMost: 3 }'],
    ['a number', 'function: lab/worker, id: a, state: number, json: 7'],
    ['a number as text', "function: lab/worker, id: a, state: number, text: '7'"],
    ['a word', 'function: lab/worker, id: a, state: word, json: seven'],
    ['a word as text', 'function: lab/worker, id: a, state: word, text: seven'],
    ['a part of a word', 'function: lab/worker, id: a, state: word, textContains: eve'],
    ['JSON', 'function: lab/worker, id: a, state: thing, json: { deep: { y: 2, x: 1 } }'],
    ['a part of JSON', 'function: lab/worker, id: a, state: thing, jsonContains: { deep: { y: 2 } }'],
    ['bytes of a state', 'function: lab/worker, id: a, state: number, base64: DQcAAAA='],
    ['no state', 'function: lab/worker, id: b, state: number, absent: true'],
    ['no state of nobody', 'function: lab/worker, id: nobody, state: number, absent: true'],
    ['no failure', 'failures: none'],
    ['no failure of a kind', 'failures: job, kind: unknown-egress, count: 0'],
    ['a delayed message', 'timers: 1, function: lab/worker, id: a, token: t1'],
    ['none of another token', 'timers: 0, token: t2'],
    ['some', 'timers: { atLeast: 1 }'],
  ])('%s', async (_, expectation) => {
    const { failures } = await playText(LAB, `${SETUP}  - expect: { ${expectation} }\n`, { keepTrace: false });
    expect(failures).toEqual([]);
  });
});

describe('records in several partitions', () => {
  it('are compared in the order in which they were written', async () => {
    const steps = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => `  - ${order(id, `{ out: ${index} }`)}\n  - wait: 1 s\n`);
    const records = steps.map((_, index) => `{ json: ${index} }`).join(', ');
    const text = `settings: { partitions: 3 }\nsteps:\n${steps.join('')}  - expect: { egress: lab/out, records: [${records}] }\n`;
    const { failures, trace } = await playText(LAB, text);
    expect(failures).toEqual([]);
    const partitions = trace.flatMap((event) => (event.type === 'egress-written' ? [event.partition] : []));
    expect(partitions).not.toEqual(partitions.toSorted((left, right) => left - right));
  });
});

describe('expectations that do not hold', () => {
  it('are all reported, each with its place, its time, and what differs', async () => {
    const text = `${SETUP}  - expect:
      - { egress: lab/out, records: [{ key: a, jsonContains: { n: 1 } }, { key: a, json: { n: 3 } }] }
      - { egress: lab/out, records: [{ key: b }, { key: a, jsonContains: { n: 1 } }, { key: a, json: { n: 3 } }] }
      - { egress: lab/out, order: per-key, records: [{ key: a, json: { n: 3 } }, { key: a, jsonContains: { n: 1 } }, { key: b }] }
      - { egress: lab/out, order: any, records: [{ json: { n: 3 } }, { json: { n: 3 } }, { json: { n: 2 } }] }
      - { egress: lab/out, key: a, read: uncommitted, count: 1 }
      - { egress: lab/out, include: [{ key: b, json: { n: 9 } }, { json: { n: 3 } }] }
      - { function: lab/worker, id: a, state: number, json: 8 }
      - { function: lab/worker, id: a, state: word, absent: true }
      - { function: lab/worker, id: b, state: word, text: x }
      - { failures: call, kind: threw }
      - { timers: 0 }
`;
    const { failures, outcome } = await playText(LAB, text, { keepTrace: false });
    const [a1, b2, a3] = ['a : {"list":[1,2],"n":1}', 'b : {"n":2}', 'a : {"n":3}'];
    expect(failures).toEqual([
      report(9, 'Records of egress lab/out: expected 2, in this order, found 3 with others between.', [`  ${a1}`, `+ ${b2}`, `  ${a3}`]),
      report(10, 'Records of egress lab/out: expected 3, in this order, found 3.', ['- b : (any value)', `  ${a1}`, `+ ${b2}`, `  ${a3}`]),
      report(11, 'Records of egress lab/out: expected 3, each key in this order, found 3.', [
        '- a : {"n":3}',
        `  ${a1}`,
        `+ ${a3}`,
        `  ${b2}`,
      ]),
      report(12, 'Records of egress lab/out: expected 3, in any order, found 3.', [
        `  ${b2}`,
        `  ${a3}`,
        '- (any key) : {"n":3}',
        `+ ${a1}`,
      ]),
      report(13, 'Records of egress lab/out, key "a", uncommitted ones too: expected 1, found 2.', [`+ ${a1}`, `+ ${a3}`]),
      report(14, 'Records of egress lab/out: one expected record is not among the 3 there.', [
        '- b : {"n":9}',
        `+ ${b2}`,
        `  ${a1}`,
        `  ${b2}`,
        `  ${a3}`,
      ]),
      report(15, 'State number of lab/worker / a is another.', ['- 8', '+ 7']),
      report(16, 'State word of lab/worker / a: expected it to be absent, found a value.', ['- (absent)', '+ "seven"']),
      report(17, 'State word of lab/worker / b: expected a value, it is absent.', ['- "x"', '+ (absent)']),
      report(18, 'Failed attempts of calls of kind threw: expected 1 or more, found 0.', []),
      report(19, 'Delayed messages: expected 0, found 1.', [
        expect.stringMatching(/^\+ to lab\/worker \/ a, due at 7\d{3} ms, token t1$/) as string,
      ]),
    ]);
    expect(outcome).toMatchObject({ passed: false, expectations: 11, steps: 7 });
    expect(outcome.failures.map(({ type, at }) => [type, at])).toEqual(outcome.failures.map(() => ['expectation', 3000]));
  });

  it('show a long value line by line, and only the members that were asked about', async () => {
    const thing = '{ name: a rather long name that does not fit, kind: also quite a long text, deep: { x: 1, y: 2 }, more: 1 }';
    const text = `steps:
  - ${order('a', `{ set: { thing: ${thing} }, out: ${thing} }`)}
expect:
  - { function: lab/worker, id: a, state: thing, jsonContains: { name: a rather long name that does not fit, deep: { x: 1, y: 3 } } }
  - { egress: lab/out, records: [{ key: a, json: ${thing.replace('x: 1', 'x: 5')} }] }
`;
    const { failures } = await playText(LAB, text, { keepTrace: false });
    expect(failures[0]?.split('\n').slice(1)).toEqual([
      '      {',
      '        "deep": {',
      '          "x": 1,',
      '    -     "y": 3',
      '    +     "y": 2',
      '        },',
      '        "name": "a rather long name that does not fit"',
      '      }',
    ]);
    expect(failures[1]?.split('\n').slice(1)).toEqual([
      '      a :',
      '      {',
      '        "deep": {',
      '    -     "x": 5,',
      '    +     "x": 1,',
      '          "y": 2',
      '        },',
      '        "kind": "also quite a long text",',
      '      … 3 more that agree',
    ]);
  });

  it('leave out what agrees far away in a long list', async () => {
    const text = `steps:
  - send: { topic: orders, key: a, json: { out: '{{n}}' }, repeat: 100 }
expect:
  - egress: lab/out
    records: [${Array.from({ length: 100 }, (_, index) => `{ json: ${index === 50 ? 0 : index + 1} }`).join(', ')}]
`;
    const { failures } = await playText(LAB, text, { keepTrace: false });
    expect(failures[0]?.split('\n').slice(1)).toEqual([
      '      … 47 more that agree',
      '      a : 48',
      '      a : 49',
      '      a : 50',
      '    - (any key) : 0',
      '    + a : 51',
      '      a : 52',
      '      a : 53',
      '      a : 54',
      '      … 46 more that agree',
    ]);
  });

  it('are reported as the manual shows it', async () => {
    const printed = /^```\n(scenarios\/regulars[^]*?)\n```$/m.exec(MANUAL)?.[1];
    const text = `${'\n'.repeat(11)}steps:
  - send: { topic: visits, key: Ada, json: { name: Ada, door: north } }
  - send: { topic: visits, key: Grace, json: { name: Grace, door: north } }
  - wait: 4 s
  - expect:
    - egress: greeter/greetings
      order: per-key
      records: [{ key: Ada, jsonContains: { visits: 1 } }, { key: Grace, jsonContains: { visits: 2 } }]
`;
    const { failures } = await playText(loadExample('greeter'), text.replace('    - egress', '\n    - egress'));
    expect(failures[0]?.split('\n').slice(1)).toEqual(printed?.split('\n').slice(1));
    expect(failures[0]?.split('\n')[0]?.replace(/^\S+ /, '')).toBe(printed?.split('\n')[0]?.replace(/^\S+ /, ''));
  });
});

describe('failures', () => {
  const poisoned = `settings: { restartStrategy: { type: fixed-delay, delay: 1 s, attempts: 1 } }
steps:
  - ${order('a', '{ fail: poison }')}
  - ${order('b', '{ fail: other }')}
  - wait: 4 min
`;
  it('are told apart by kind, function, id and message', async () => {
    const text = `${poisoned}  - expect:
      - { failures: call, kind: threw, function: lab/worker, id: a, message: poison, count: { atLeast: 10 } }
      - { failures: call, id: b, message: other }
      - { failures: call, id: b, message: poison, count: 0 }
      - { failures: job, kind: call-budget-spent, count: 2 }
      - { failures: call, kind: bad-reply, count: 0 }
`;
    const { failures } = await playText(LAB, text, { keepTrace: false });
    expect(failures).toEqual([]);
  });

  it('break the expectation that there are none, and are listed', async () => {
    const { failures } = await playText(LAB, `${poisoned}  - expect: { failures: none }\n`, { keepTrace: false });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(/Failures: expected 0, found \d+\./);
    expect(failures[0]).toMatch(/\+ call: threw at lab\/worker \/ a: Error: poison \(first at \d+ ms, \d+ times\)/);
    expect(failures[0]).toContain('+ job: call-budget-spent at lab/worker / a');
  });

  it('that the scenario asks for count only under their own kind', async () => {
    const text = `settings: { restartStrategy: { type: fixed-delay } }
steps: [{ crash: task }, { wait: 5 s }]
expect: [{ failures: none }, { failures: job, count: 0 }, { failures: job, kind: injected-crash, count: 1 }]
`;
    expect((await playText(LAB, text)).failures).toEqual([]);
  });
});

describe('a state with a time to live', () => {
  it('S52: is gone when its time is up, though nothing happens then that the engine would notice', async () => {
    const text = `settings: { callLatency: { min: 10 ms, mean: 10 ms } }
steps:
  - ${order('a', '{ set: { short: 1 } }')}
  - wait: 60 s
  - expect: { function: lab/worker, id: a, state: short, json: 1 }
  - wait: 1 s
  - expect: { function: lab/worker, id: a, state: short, absent: true }
`;
    expect((await playText(LAB, text)).failures).toEqual([]);
  });
});

describe('an exactly-once egress', () => {
  it('S79: is empty to a consumer that reads committed records until the checkpoint, and full to another at once', async () => {
    const text = `settings: { checkpointInterval: 1 h }
steps:
  - ${order('a', '{ money: 1 }')}
  - wait: 1 s
  - expect:
      - { egress: lab/money, count: 0 }
      - { egress: lab/money, read: uncommitted, records: [{ key: a, json: 1 }] }
  - checkpoint: now
  - expect: { egress: lab/money, count: 1 }
`;
    expect((await playText(LAB, text)).failures).toEqual([]);
  });

  it('S78: keeps its records apart from those of another egress in the same topic', async () => {
    const text = `steps:
  - ${order('a', '{ out: 1, topic: shared }')}
  - wait: 1 s
  - ${order('a', '{ money: 2, topic: shared }')}
expect:
  - { egress: lab/out, records: [{ json: 1 }] }
  - { egress: lab/money, records: [{ json: 2 }] }
`;
    expect((await playText(LAB, text)).failures).toEqual([]);
  });
});

function report(line: number, message: string, diff: readonly string[]): unknown {
  const lines = [
    `scenarios/test.yaml:${line}:9: at 3 s: ${message}`,
    ...diff.map((text) => (typeof text === 'string' ? `    ${text}` : text)),
  ];
  return diff.every((text) => typeof text === 'string') ? lines.join('\n') : expect.stringContaining(lines[0] ?? '');
}
