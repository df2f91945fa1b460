import { describe, expect, test } from 'vitest';
import { nodeId } from '../../src/base/ids.ts';
import { renameItem } from '../../src/commands/rename-item.ts';
import { StudioDriver } from '../support/studio-driver.ts';

const MODULE = `kind: io.statefun.endpoints.v2/http
spec:
  functions: a/*
  urlPathTemplate: http://h:1/
---
kind: io.statefun.kafka.v1/ingress
spec:
  id: a/in
  address: kafka:9092
  consumerGroupId: g
  startupPosition: { type: earliest }
  topics:
    - { topic: t, valueType: a/v, targets: [a/f] }
---
kind: io.statefun.kafka.v1/egress
spec:
  id: a/out
  address: kafka:9092
`;
const CODE = "export const F = { typename: 'a/f', fn() {} };";

const SCENARIO = `# a/f, a/out and t
title: a/f
steps:
  - send: { topic: t, key: a/f, json: { function: a/f, topic: t, list: [a/out] } } # a/f
  - send:
      - {topic: "t", key: k, text: a/f}
      -   topic:   'other'
          key: k
          text: t
  - fault: {functions: a/f, type: down}
  - fault: {functions: a/*, type: down}
  - expect: { function: "a/f", id: a/f, state: s, json: a/f }
  - code:
      file: functions/f.js
      text: |
        // a/f
        export const F = { typename: 'a/f', fn(context) { context.send({ typename: 'a/out' }); } };
  - code: [{ file: functions/f.js, from: scenarios/f2.js }]
  - call:
      function: a/f
      id: a/f
      messages: [{ type: a/f, json: { function: a/f }, caller: { function: a/f, id: a/out } }]
      reply:
        sends: [{ function: a/f, id: x, json: { egress: a/out } }]
        delayed: [{ function: 'a/f', id: x, after: 1 s }]
        egress: [{ egress: a/out, key: a/out }]
expect:
  - egress: a/out   # the egress
    key: a/out
    records: [{ key: a/out, json: { egress: a/out } }]
  - timers: 1
    function: 'a/f'
  - { failures: job, function: a/f, message: a/f }
`;

function studioWith(scenario: string): StudioDriver {
  return new StudioDriver({
    'module.yaml': MODULE,
    'functions/f.js': CODE,
    'scenarios/one.yaml': scenario,
    'scenarios/f2.js': `// a/f\n${CODE}\n`,
    'other/one.yaml': scenario,
  });
}

describe('renaming in scenarios', () => {
  test('a function is renamed where steps, expectations and code name it, and no other byte changes', () => {
    const studio = studioWith(SCENARIO);
    expect(studio.run((context) => renameItem(context, { node: nodeId('function:a/f'), to: 'a/g' }))).toEqual([]);
    expect(changes(studio.text('scenarios/one.yaml'))).toEqual([
      '  - fault: {functions: a/g, type: down}',
      '  - expect: { function: "a/g", id: a/f, state: s, json: a/f }',
      "        export const F = { typename: 'a/g', fn(context) { context.send({ typename: 'a/out' }); } };",
      '      function: a/g',
      '      messages: [{ type: a/f, json: { function: a/f }, caller: { function: a/g, id: a/out } }]',
      '        sends: [{ function: a/g, id: x, json: { egress: a/out } }]',
      "        delayed: [{ function: 'a/g', id: x, after: 1 s }]",
      "    function: 'a/g'",
      '  - { failures: job, function: a/g, message: a/f }',
    ]);
    expect(studio.text('scenarios/f2.js')).toBe(`// a/f\n${CODE.replace('a/f', 'a/g')}\n`);
    expect(studio.text('other/one.yaml')).toBe(SCENARIO);
    studio.undo();
    expect(studio.text('scenarios/one.yaml')).toBe(SCENARIO);
  });

  test('an egress is renamed in expectations and in code', () => {
    const studio = studioWith(SCENARIO);
    expect(studio.run((context) => renameItem(context, { node: nodeId('egress:a/out'), to: 'b/sink' }))).toEqual([]);
    expect(changes(studio.text('scenarios/one.yaml'))).toEqual([
      "        export const F = { typename: 'a/f', fn(context) { context.send({ typename: 'b/sink' }); } };",
      '        egress: [{ egress: b/sink, key: a/out }]',
      '  - egress: b/sink   # the egress',
    ]);
  });

  test('a topic is renamed where records are sent to it, in the quotes that it has', () => {
    const studio = studioWith(SCENARIO);
    expect(studio.run((context) => renameItem(context, { node: nodeId('router:a/in#t'), to: 'topic-2' }))).toEqual([]);
    expect(changes(studio.text('scenarios/one.yaml'))).toEqual([
      '  - send: { topic: topic-2, key: a/f, json: { function: a/f, topic: t, list: [a/out] } } # a/f',
      '      - {topic: "topic-2", key: k, text: a/f}',
    ]);
  });

  test('a scenario that names it and cannot be read stands in the way, and nothing is edited', () => {
    const studio = studioWith('steps: [ a/f');
    expect(studio.run((context) => renameItem(context, { node: nodeId('function:a/f'), to: 'a/g' }))).toEqual([
      'scenarios/one.yaml seems to name a/f and cannot be read; mend its text first.',
    ]);
    expect(studio.history.past).toEqual([]);
  });

  test('a scenario that cannot be read and does not name it does not matter', () => {
    const studio = studioWith('steps: [ ');
    expect(studio.run((context) => renameItem(context, { node: nodeId('function:a/f'), to: 'a/g' }))).toEqual([]);
  });
});

/** The lines that are not as they were. */
function changes(text: string | null): readonly string[] {
  const before = SCENARIO.split('\n');
  const after = (text ?? '').split('\n');
  expect(after).toHaveLength(before.length);
  return after.filter((line, index) => line !== before[index]);
}
