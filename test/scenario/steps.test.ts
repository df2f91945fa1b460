import { describe, expect, it } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { decodeUtf8 } from '../../src/base/text-encoding.ts';
import type { RecordProduced } from '../../src/runtime/trace-event.ts';
import { playText } from '../support/play-text.ts';
import type { PlayedScenario } from '../support/play-text.ts';
import { LAB, order } from './lab.ts';

const START = 1767225600000;

describe('a send step', () => {
  it('puts records into their topics as they are written, at the time of the step', async () => {
    const played = await playText(
      LAB,
      `settings: { partitions: 3 }
steps:
  - send:
      - { topic: orders, key: a, json: { list: [1, 2.5, null, true, x], nested: { a: '{{n}}' } } }
      - { topic: orders, key: b, text: '{ "spaced" : 1 }', partition: 2, headers: [{ name: h1, value: v1 }, { name: h1, value: v2 }] }
  - at: 90 s
    send: { topic: orders, key: c, base64: eyJvdXQiOjF9 }
`,
      { unchecked: true },
    );
    expect(produced(played).map(({ at, key, value, headers }) => [at - START, key, text(value), headers])).toEqual([
      [0, 'a', '{"list":[1,2.5,null,true,"x"],"nested":{"a":"{{n}}"}}', []],
      [
        0,
        'b',
        '{ "spaced" : 1 }',
        [
          { name: 'h1', value: 'v1' },
          { name: 'h1', value: 'v2' },
        ],
      ],
      [90_000, 'c', '{"out":1}', []],
    ]);
    expect(produced(played)[1]?.partition).toBe(2);
  });

  it('S82, S83: sends records without key and without value, which stop the job', async () => {
    const played = await playText(
      LAB,
      `settings: { restartStrategy: { type: none } }
steps:
  - send: { topic: orders, key: a, tombstone: true }
expect: { failures: job, kind: record-without-value, count: 1 }
`,
    );
    expect(played.failures).toEqual([]);
    expect(produced(played).map(({ key, value }) => [key, value])).toEqual([['a', null]]);
  });

  it('fills placeholders of repeated records, and makes numbers of those that stand alone', async () => {
    const played = await playText(
      LAB,
      `steps:
  - send:
      topic: orders
      key: 'k-{{n 3}}'
      json: { n: '{{n}}', text: 'no {{n}}', digits: '{{int 7 7 3}}', int: '{{int -5 -5}}', key: '{{key}}', quote: '{{pick a"b}}', now: '{{now}}' }
      headers: [{ name: h, value: 'h-{{n}}' }]
      repeat: 2
  - send: { topic: orders, key: k, text: '{"n":{{n}}}', repeat: 1 }
`,
    );
    const value = (n: number) => ({ n, text: `no ${n}`, digits: '007', int: -5, key: `k-00${n}`, quote: 'a"b', now: START });
    expect(produced(played).map((event) => [event.key, JSON.parse(text(event.value)) as unknown, event.headers])).toEqual([
      ['k-001', value(1), [{ name: 'h', value: 'h-1' }]],
      ['k-002', value(2), [{ name: 'h', value: 'h-2' }]],
      ['k', { n: 1 }, []],
    ]);
  });

  it('spreads records evenly, or by chance but on average as fast, while later steps are played', async () => {
    const played = await playText(
      LAB,
      `steps:
  - wait: 1 s
  - send: { topic: orders, key: even, json: {}, repeat: 5, rate: { perSecond: 4 } }
  - send: { topic: orders, key: chance, json: {}, repeat: 2000, rate: { perSecond: 100, jitter: poisson } }
  - wait: 600 ms
  - send: { topic: orders, key: between, json: {} }
`,
    );
    const times = (key: string) => produced(played).flatMap((event) => (event.key === key ? [event.at - START] : []));
    expect(times('even')).toEqual([1000, 1250, 1500, 1750, 2000]);
    expect(times('between')).toEqual([1600]);
    const chance = times('chance');
    expect(chance).toHaveLength(2000);
    expect(Math.abs((chance.at(-1) ?? 0) - 21_000)).toBeLessThan(1500);
    expect(new Set(chance.map((at, index) => at - (chance[index - 1] ?? 0))).size).toBeGreaterThan(20);
  });

  it('draws apart in every step, and anew with another seed', async () => {
    const draw = async (seed: string) => {
      const send = "send: { topic: orders, key: '{{uuid}}', json: {}, repeat: 3 }";
      return produced(await playText(LAB, `settings: { seed: ${seed} }\nsteps:\n  - ${send}\n  - ${send}\n`)).map(({ key }) => key);
    };
    const [first, again, other] = [await draw('x'), await draw('x'), await draw('y')];
    expect(first).toEqual(again);
    expect(new Set([...first, ...other]).size).toBe(12);
  });
});

describe('a wait', () => {
  const WITH_TIMER = `steps:\n  - ${order('a', '{ later: { after: 60000, order: { out: 1 } } }')}\n`;

  it('until idle ends when nothing but delayed messages is left, a checkpoint taken', async () => {
    const { outcome, trace } = await playText(
      LAB,
      `${WITH_TIMER}  - wait: { until: idle }\n  - expect: [{ egress: lab/out, count: 0 }, { timers: 1 }]\n`,
    );
    expect(outcome.failures).toEqual([]);
    expect(outcome.endedAt).toBe(10_000);
    expect(trace.at(-1)?.type).toBe('checkpoint-completed');
  });

  it('until the next timer ends with its delivery, and a wait until idle sees what comes of it', async () => {
    const { failures, outcome } = await playText(
      LAB,
      `${WITH_TIMER}  - wait: { until: next-timer }
  - expect: [{ egress: lab/out, count: 0 }, { timers: 0 }]
  - wait: { until: idle }
  - expect: { egress: lab/out, count: 1 }
`,
    );
    expect(failures).toEqual([]);
    expect(outcome.steps).toBe(5);
  });

  it.each([
    ['wait: { until: next-timer }', 'No delayed message was delivered.'],
    ['wait: { until: next-timer, atMost: 5 s }', 'No delayed message was delivered within 5 s.'],
  ])('%s fails when no delayed message is there, and ends the scenario', async (step, message) => {
    const { outcome } = await playText(LAB, `steps:\n  - wait: 1 s\n  - ${step}\n  - wait: 1 s\nexpect: { timers: 5 }\n`);
    expect(outcome.failures.map((failure) => [failure.type, failure.message, failure.place.line])).toEqual([['step', message, 3]]);
    expect(outcome).toMatchObject({ steps: 1, expectations: 0, passed: false });
  });

  it('until the next timer fails when it comes later than that', async () => {
    const { outcome } = await playText(LAB, `${WITH_TIMER}  - wait: { until: next-timer, atMost: 30 s }\n`);
    expect(outcome.failures.map(({ message }) => message)).toEqual(['No delayed message was delivered within 30 s.']);
    expect(outcome.endedAt).toBe(30_000);
  });

  it('until idle fails where there is always more to do', async () => {
    const { outcome } = await playText(LAB, `steps:\n  - ${order('a', '{ again: true }')}\n  - wait: { until: idle, atMost: 5 s }\n`, {
      keepTrace: false,
    });
    expect(outcome.failures.map(({ message, at }) => [message, at])).toEqual([
      ['The run was not idle within 5 s: there is always something left to do.', 5000],
    ]);
  });

  it('until idle lasts as long as records are still to come', async () => {
    const { outcome, failures } = await playText(
      LAB,
      `steps:
  - send: { topic: orders, key: a, json: { out: 1 }, repeat: 3, rate: { perSecond: 0.01 } }
  - wait: { until: idle }
  - expect: { egress: lab/out, count: 3 }
`,
    );
    expect(failures).toEqual([]);
    expect(outcome.endedAt).toBe(210_000);
  });

  it('lets time pass though nothing happens', async () => {
    const { outcome } = await playText(LAB, 'steps:\n  - wait: 2 d\n  - at: 3 d\n    checkpoint: now\n');
    expect(outcome.endedAt).toBe(3 * 86_400_000);
  });

  it('for a time that an earlier wait has passed fails the step', async () => {
    const { failures } = await playText(LAB, `${WITH_TIMER}  - wait: { until: next-timer }\n  - { at: 30 s, crash: task }\n`);
    expect(failures[0]).toMatch(
      /^scenarios\/test.yaml:4:5: at 60\d{3} ms: This step is for 30 s after the start, and it is 60\d{3} ms already\.$/,
    );
  });
});

describe('a fault', () => {
  it.each([
    ['type: down', 'refused'],
    ['type: dropped', 'dropped'],
    ['type: no-answer', 'no-answer'],
    ['type: status, status: 503', 'http-status'],
    ['type: malformed', 'malformed'],
    ['type: content-type, contentType: text/html', 'wrong-content-type'],
  ])('%s makes calls fail, for so many attempts', async (fault, kind) => {
    const text = `steps:
  - fault: { functions: lab/worker, ${fault}, calls: 1 }
  - ${order('a', '{ out: 1 }')}
  - wait: 5 min
  - expect: [{ failures: call, kind: ${kind}, function: lab/worker, id: a, count: 1 }, { egress: lab/out, count: 1 }]
`;
    expect((await playText(LAB, text)).failures).toEqual([]);
  });

  it('slow makes calls take longer, for a time and for the functions that it names', async () => {
    const text = `settings: { callLatency: { min: 10 ms, mean: 10 ms } }
steps:
  - fault: { functions: lab/*, type: slow, by: 2 s, for: 10 s }
  - fault: { functions: other/*, type: down }
  - ${order('a', '{}')}
  - at: 20 s
    ${order('b', '{}').replace(/^\{ | \}$/g, '')}
`;
    const { trace, failures } = await playText(LAB, text, { unchecked: true });
    expect(failures).toEqual([]);
    const latency = (id: string) =>
      trace.flatMap((event) => (event.type === 'call-completed' && event.address.id === id ? [event.latencyMillis] : []));
    expect(Math.max(...latency('a'))).toBeGreaterThanOrEqual(2010);
    expect(Math.max(...latency('b'))).toBeLessThan(100);
  });
});

describe('a code step', () => {
  it('puts a file of the project in place of another, and state stays', async () => {
    const text = `steps:
  - ${order('a', '{ set: { number: 1 }, out: old }')}
  - wait: 1 s
  - ${order('a', '{ fail: poison, out: new }')}
  - wait: 1 s
  - expect: [{ failures: call, kind: threw }, { egress: lab/out, count: 1 }]
  - code: { file: functions/worker.ts, from: scenarios/worker-v2.ts }
expect:
  - { egress: lab/out, records: [{ json: old }, { json: new }] }
  - { function: lab/worker, id: a, state: number, json: 1 }
  - { failures: job, count: 0 }
`;
    const { failures, trace } = await playText(LAB, text);
    expect(failures).toEqual([]);
    expect(trace.filter(({ type }) => type === 'code-applied')).toHaveLength(1);
  });

  it('that does not compile fails with the words of the compiler, and ends the scenario', async () => {
    const text = `steps:
  - wait: 1 s
  - code:
      - file: functions/worker.ts
        text: |
          export const a = 1;
          export const b = ;
  - wait: 1 s
`;
    const { failures, outcome } = await playText(LAB, text);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(/^scenarios\/test.yaml:3:5: at 1 s: The new code cannot be used: functions\/worker.ts:2:\d+: /);
    expect(outcome).toMatchObject({ passed: false, steps: 1 });
  });

  it('that takes over a file that is not there fails', async () => {
    const text = 'steps: [{ code: { file: functions/worker.ts, from: scenarios/nothing.ts } }]\n';
    const { failures } = await playText(LAB, text, { unchecked: true });
    expect(failures).toEqual(['scenarios/test.yaml:1:17: at 0 s: There is no text file scenarios/nothing.ts in the project.']);
  });
});

describe('the generators of the project', () => {
  const studio = JSON.stringify({
    version: 1,
    settings: { checkpointIntervalMillis: 10_000 },
    feeds: [
      {
        type: 'generator',
        id: 'orders',
        enabled: true,
        topic: 'orders',
        arrival: { type: 'rate', perSecond: 10, jitter: 'none' },
        startAfterMillis: 0,
        count: null,
        key: 'a',
        value: '{"out":1}',
        headers: [],
      },
    ],
  });
  const files = new Map([...LAB, [filePath('studio.json'), studio]]);

  it('stay off unless the scenario asks for them', async () => {
    expect((await playText(files, 'steps: [{ wait: 10 s }]\nexpect: { egress: lab/out, count: 0 }')).failures).toEqual([]);
  });

  it('are waited for when they have an end', async () => {
    const ended = new Map([
      ...LAB,
      [filePath('studio.json'), studio.replace('"count":null', '"count":5').replace('"perSecond":10', '"perSecond":0.05')],
    ]);
    const text = `settings: { generators: true }
steps:
  - ${order('b', '{ out: 1, later: { after: 1000000, order: {} } }')}
  - wait: { until: idle }
expect: { egress: lab/out, count: 6 }`;
    const { failures, outcome } = await playText(ended, text);
    expect(failures).toEqual([]);
    expect(outcome.endedAt).toBe(90_000);
  });

  it('run where it does, and the run then ends with the last step', async () => {
    const text = 'settings: { generators: true }\nsteps: [{ wait: 10 s }]\nexpect: { egress: lab/out, count: { atLeast: 95 } }';
    const { failures, outcome } = await playText(files, text);
    expect(failures).toEqual([]);
    expect(outcome.endedAt).toBe(10_000);
  });
});

describe('a scenario', () => {
  const text = `settings: { seed: s1, parallelism: 2, partitions: 2 }
steps:
  - send: { topic: orders, key: 'k{{int 1 20}}', json: { set: { number: '{{n}}' }, out: '{{uuid}}', later: { after: '{{int 1 9000}}', order: { money: 1 } } }, repeat: 300, rate: { perSecond: 50, jitter: poisson } }
  - wait: 2 s
  - fault: { functions: lab/worker, type: status, status: 500, calls: 7 }
  - wait: 1 s
  - checkpoint: now
  - crash: task
  - wait: 3 s
  - code: { file: functions/worker.ts, from: scenarios/worker-v2.ts }
  - wait: { until: next-timer }
expect: [{ egress: lab/money, count: { atLeast: 1 } }, { failures: call, kind: http-status, count: 7 }]
`;
  it('R1: gives one trace, however calls are cut into batches and events into slices', async () => {
    const hashes: string[] = [];
    for (const options of [{}, {}, { batch: 1 }, { slice: 7 }, { batch: 5, slice: 100 }]) {
      const { hash, failures } = await playText(LAB, text, { ...options, keepTrace: false });
      expect(failures).toEqual([]);
      hashes.push(hash);
    }
    expect(new Set(hashes).size).toBe(1);
    const { hash } = await playText(LAB, text.replace('s1', 's2'), { keepTrace: false });
    expect(hash).not.toBe(hashes[0]);
  });
});

function produced({ trace }: PlayedScenario): readonly RecordProduced[] {
  return trace.flatMap((event) => (event.type === 'record-produced' ? [event] : []));
}

function text(value: RecordProduced['value']): string {
  return decodeUtf8(value?.bytes ?? new Uint8Array());
}
