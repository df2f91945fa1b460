import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { filePath } from '../../src/base/ids.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import type { ScenarioProblem } from '../../src/scenario/problem-codes.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { BAD_FILES } from './bad-files.ts';

const PATH = filePath('scenarios/a.yaml');
const SNIPPETS = [
  '',
  ' ',
  '\n',
  ':',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '&a ',
  '*a',
  '!!x ',
  '? ',
  '|\n',
  '"',
  "'",
  '%',
  '---\n',
  '...',
  '\t',
  '\0',
  '\u{1F600}',
  '#',
  ', ',
];

describe('a scenario file that is refused', () => {
  it.each(BAD_FILES.map((file) => [file.name, file] as const))('%s: says everything that is wrong, and where', (_, { text, problems }) => {
    const parsed = parseScenario(text, PATH);
    const found = parsed.ok ? [] : parsed.error;
    expect(found.map((problem) => [placeOf(text, problem), problem.code])).toEqual(problems.map(([place, code]) => [place, code]));
    found.forEach((problem, index) => {
      expect(problem.message).toContain(problems[index]?.[2]);
      expect(problem).toMatchObject({ path: PATH, severity: 'error' });
    });
  });

  it('is refused when its aliases multiply, and soon', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `&a${level + 1} [${Array.from({ length: 10 }, () => `*a${level}`).join(', ')}]`);
    const text = `steps:\n  - send: { topic: t, key: a, json: [&a0 [x], ${levels.join(', ')}] }\n`;
    const parsed = parseScenario(text, PATH);
    expect(parsed.ok ? [] : parsed.error.map(({ message }) => message)).toContain(
      'Aliases of aliases make this larger than anybody can read.',
    );
  });

  it('is refused, never thrown at, whatever its text is', () => {
    const texts = BAD_FILES.map(({ text }) => text);
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat({ max: 12 }), fc.constantFrom(...SNIPPETS), (text, at, cut, snippet) => {
        const from = at % (text.length + 1);
        const changed = text.slice(0, from) + snippet + text.slice(from + cut);
        const parsed = parseScenario(changed, PATH);
        for (const { range, message } of parsed.ok ? [] : parsed.error) {
          expect(message).toMatch(/\S[.]$/);
          expect(range?.from).toBeGreaterThanOrEqual(0);
          expect(range?.to).toBeGreaterThanOrEqual(range?.from ?? 0);
          expect(range?.to).toBeLessThanOrEqual(changed.length);
        }
      }),
      { numRuns: 4000, seed: 12 },
    );
  });

  it('is refused when it nests without end through an alias', () => {
    const parsed = parseScenario('steps:\n  - send: { topic: t, key: a, json: &a [*a] }\n', PATH);
    expect(parsed.ok ? [] : parsed.error.map(({ code }) => code)).not.toEqual([]);
  });
});

describe('a scenario file', () => {
  it('reads the restart strategies of Flink, with its defaults', () => {
    const strategy = (text: string) =>
      read(`settings: { restartStrategy: { ${text} } }\nsteps: [{ wait: 1 s }]\n`).settings.restartStrategy;
    expect(strategy('type: failure-rate')).toEqual({ type: 'failure-rate', maxFailures: 1, intervalMillis: 60_000, delayMillis: 1000 });
    expect(strategy('type: failure-rate, failures: 3, interval: 10 s, delay: 0 s')).toEqual({
      type: 'failure-rate',
      maxFailures: 3,
      intervalMillis: 10_000,
      delayMillis: 0,
    });
    expect(strategy('type: exponential-delay')).toEqual({
      type: 'exponential-delay',
      initialMillis: 1000,
      maxMillis: 300_000,
      multiplier: 2,
      resetAfterMillis: 3_600_000,
      jitter: 0.1,
    });
    expect(strategy('type: exponential-delay, initial: 2 s, max: 8 s, multiplier: 1.5, reset: 1 min, jitter: off')).toMatchObject({
      initialMillis: 2000,
      multiplier: 1.5,
      jitter: 0,
    });
    expect(() => strategy('type: exponential-delay, multiplier: 1')).toThrow('multiplier');
    expect(() => strategy('type: exponential-delay, initial: 2 s, max: 1 s')).toThrow('initial');
  });

  it('becomes plain data with times in milliseconds and places', () => {
    const scenario = read(`
title: all of it
description: more
settings:
  seed: 7
  startAt: 2024-02-29T12:30:00.250Z
  parallelism: 2
  partitions: 3
  checkpointInterval: off
  restartStrategy: { type: fixed-delay, delay: 2 s, attempts: 3 }
  asyncMaxPerTask: off
  callLatency: { min: 5 ms, mean: 8 ms }
  generators: true
steps:
  - send: { topic: t, key: a, tombstone: true, partition: 1, headers: [{ name: h, value: v }] }
  - at: 1 min
    wait: 5 s
  - wait: { until: next-timer, atMost: 2 h }
`);
    expect(scenario).toEqual({
      path: PATH,
      title: 'all of it',
      description: 'more',
      settings: {
        seed: '7',
        startAt: new Date('2024-02-29T12:30:00.250Z').getTime(),
        parallelism: 2,
        partitions: 3,
        checkpointIntervalMillis: null,
        restartStrategy: { type: 'fixed-delay', delayMillis: 2000, attempts: 3, named: true },
        asyncMaxPerTask: 0,
        callLatency: { minMillis: 5, meanMillis: 8 },
        generators: true,
      },
      steps: [
        {
          type: 'send',
          at: null,
          place: place(14, 5),
          records: [
            {
              place: place(14, 11),
              topic: 't',
              key: 'a',
              payload: { type: 'tombstone' },
              headers: [{ name: 'h', value: 'v' }],
              partition: 1,
              repeat: null,
            },
          ],
        },
        { type: 'wait', at: 60_000, place: place(15, 5), wait: { type: 'for', millis: 5000 } },
        { type: 'wait', at: null, place: place(17, 5), wait: { type: 'next-timer', atMostMillis: 7_200_000 } },
      ],
      expect: [],
    });
    expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario);
  });

  it('leaves settings to the project that it does not name', () => {
    expect(read('steps:\n  - wait: 1 s\n').settings).toEqual({ generators: false });
  });

  it.each([
    ['1970-01-01T00:00:00Z'],
    ['1999-12-31T23:59:59.999Z'],
    ['2000-02-29T00:00:00Z'],
    ['2100-03-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z'],
  ])('starts its clock at %s', (moment) => {
    expect(read(`settings: { startAt: ${moment} }\nsteps: [{ wait: 1 s }]`).settings.startAt).toBe(new Date(moment).getTime());
  });

  it.each([
    ['5 s', 5000],
    ['5s', 5000],
    ['250 ms', 250],
    ['3 min', 180_000],
    ['2 hours', 7_200_000],
    ['31 d', 2_678_400_000],
    ['0 s', 0],
  ])('reads the duration %s', (written, millis) => {
    expect(read(`steps: [{ wait: ${written} }]`).steps[0]).toMatchObject({ wait: { type: 'for', millis } });
  });

  it('reads YAML 1.2: yes and off are texts, 1:30 is one too, anchors stand for values', () => {
    const scenario = read(`
steps:
  - send: { topic: t, key: yes, json: { on: off, time: 1:30, again: &a [1, 2], more: *a } }
`);
    expect(scenario.steps[0]).toMatchObject({
      records: [{ key: 'yes', payload: { value: { on: 'off', time: '1:30', again: [1, 2], more: [1, 2] } } }],
    });
  });

  it('takes one item where a list of one would say the same', () => {
    const one = read('steps: [{ send: { topic: t, key: a, json: null } }]\nexpect: { failures: none }');
    const many = read('steps: [{ send: [{ topic: t, key: a, json: null }] }]\nexpect: [{ failures: none }]');
    expect(withoutPlaces(one)).toEqual(withoutPlaces(many));
  });

  it('tells JSON null from a tombstone', () => {
    const payload = (text: string) => read(text).steps.flatMap((step) => (step.type === 'send' ? step.records : []))[0]?.payload;
    expect(payload('steps: [{ send: { topic: t, key: a, json: null } }]')).toEqual({ type: 'json', value: null });
    expect(payload('steps: [{ send: { topic: t, key: a, tombstone: true } }]')).toEqual({ type: 'tombstone' });
  });

  it('counts lines and columns with Windows line ends and a byte order mark too', () => {
    const parsed = parseScenario('\uFEFFtitle: x\r\nsteps:\r\n  - wait: x\r\n', PATH);
    expect(parsed.ok ? null : parsed.error.map(({ range }) => range?.from)).toEqual(['\uFEFFtitle: x\r\nsteps:\r\n  - wait: '.length]);
  });
});

function read(text: string): Scenario {
  const parsed = parseScenario(text.replace(/^\n/, ''), PATH);
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.error));
  }
  expect(parse(text)).toBeTruthy();
  return parsed.value;
}

function place(line: number, column: number) {
  return { line, column, offset: expect.any(Number) as number };
}

function withoutPlaces(scenario: Scenario): unknown {
  return JSON.parse(JSON.stringify(scenario, (key, value: unknown) => (key === 'place' ? undefined : value)));
}

function placeOf(text: string, { range }: ScenarioProblem): string {
  const before = text.slice(0, range?.from ?? -1).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
