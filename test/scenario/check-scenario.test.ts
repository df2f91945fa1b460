import { describe, expect, it } from 'vitest';
import { filePath, typename } from '../../src/base/ids.ts';
import { DEFAULT_SETTINGS } from '../../src/model/simulation-settings.ts';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { moduleDefinition } from '../../src/module-yaml/definition.ts';
import { checkScenario } from '../../src/scenario/check-scenario.ts';
import type { ScenarioSubject } from '../../src/scenario/check-scenario.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { LAB } from './lab.ts';

const PATH = filePath('scenarios/a.yaml');

const SUBJECT: ScenarioSubject = {
  module: moduleDefinition(decodeModule(LAB.get(filePath('module.yaml')) ?? '')),
  settings: { ...DEFAULT_SETTINGS, partitions: 2 },
  functions: [{ typename: typename('lab/worker'), states: [{ name: 'number' }, { name: 'word' }] }],
  standIns: [{ typename: typename('lab/stand-in') }],
  files: LAB,
};

/** The problems of one step, as severity, code, column and message. */
function problemsOf(step: string, more = ''): readonly (readonly [string, string, string])[] {
  const text = `steps:\n- ${step}\n${more}`;
  const parsed = parseScenario(text, PATH);
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.error));
  }
  return checkScenario(parsed.value, SUBJECT).map(({ code, severity, message, range, path }) => {
    expect(path).toBe(PATH);
    const from = range?.from ?? -1;
    return [severity === 'error' ? code : `${severity} ${code}`, text.slice(from, from + 12), message];
  });
}

describe('a scenario against its project', () => {
  it.each([
    ['send: { topic: order, key: a, json: 1 }', ['scenario-unknown-topic', '{ topic: ord', 'No ingress reads topic order. Write orders.']],
    [
      'send: { topic: visits, key: a, json: 1 }',
      ['scenario-unknown-topic', '{ topic: vis', 'No ingress reads topic visits. The topics are orders.'],
    ],
    [
      'send: { topic: orders, key: a, json: 1, partition: 2 }',
      ['scenario-bad-partition', '{ topic: ord', 'There is no partition 2: topics have 2, counted from 0.'],
    ],
    [
      "send: { topic: orders, key: a, json: { n: '{{n}}' } }",
      [
        'warning scenario-unused-template',
        '{ topic: ord',
        '“{{n}}” is sent as it stands: only records with repeat (which may be 1) have placeholders.',
      ],
    ],
    ['fault: { functions: lap/*, type: down }', ['scenario-unserved-functions', 'fault: { fun', 'No endpoint serves lap/*. Write lab/*.']],
    [
      'fault: { functions: lab/worke, type: down }',
      ['scenario-unknown-function', 'fault: { fun', 'There is no function lab/worke. Write lab/worker.'],
    ],
    [
      'expect: { egress: lab/moni, count: 1 }',
      ['scenario-unknown-egress', '{ egress: la', 'There is no egress lab/moni. Write lab/money.'],
    ],
    [
      'expect: { egress: x/y, count: 1 }',
      ['scenario-unknown-egress', '{ egress: x/', 'There is no egress x/y. The egresses are lab/out, lab/money.'],
    ],
    [
      'expect: { function: lab/wroker, id: a, state: number, json: 1 }',
      ['scenario-unknown-function', '{ function: ', 'There is no function lab/wroker. Write lab/worker.'],
    ],
    [
      'expect: { function: lab/worker, id: a, state: numbr, json: 1 }',
      ['scenario-unknown-state', '{ function: ', 'lab/worker has no state numbr. Write number.'],
    ],
    [
      'expect: { failures: job, function: no/such }',
      ['scenario-unknown-function', '{ failures: ', 'There is no function no/such. The functions are lab/worker, lab/stand-in.'],
    ],
    [
      'expect: { timers: 1, function: lab/werker }',
      ['scenario-unknown-function', '{ timers: 1,', 'There is no function lab/werker. Write lab/worker.'],
    ],
    [
      'code: { file: functions/worker.ts, from: scenarios/worker-v3.ts }',
      [
        'scenario-missing-file',
        '{ file: func',
        'There is no text file scenarios/worker-v3.ts in the project. Write scenarios/worker-v2.ts.',
      ],
    ],
    [
      "code: { file: functions/workr.ts, text: '' }",
      [
        'warning scenario-missing-file',
        '{ file: func',
        'There is no file functions/workr.ts in the project, so it will be added: write functions/worker.ts if that one is to change.',
      ],
    ],
  ])('%s', (step, expected) => {
    expect(problemsOf(step)).toEqual([expected]);
  });

  it('looks at the expectations of the end too', () => {
    expect(problemsOf('wait: 1 s', 'expect: [{ egress: lab/ut, count: 1 }]').map(([code]) => code)).toEqual(['scenario-unknown-egress']);
  });

  it('finds nothing wrong with what is there', () => {
    expect(
      problemsOf(
        "send: { topic: orders, key: '{{ a', json: 1, partition: 1 }",
        `- fault: { functions: lab/worker, type: down }
- fault: { functions: lab/stand-in, type: down }
- expect: [{ function: lab/worker, id: a, state: word, absent: true }, { function: lab/stand-in, id: a, state: x, absent: true }]
`,
      ),
    ).toEqual([]);
  });

  it('does not judge names of functions and states where new code may bring them', () => {
    expect(
      problemsOf(
        'code: { file: functions/worker.ts, from: scenarios/worker-v2.ts }',
        'expect: [{ function: lab/worker, id: a, state: new, absent: true }, { timers: 0, function: lab/newcomer }]',
      ),
    ).toEqual([]);
  });
});
