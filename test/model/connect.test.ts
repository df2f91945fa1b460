import { expect, test } from 'vitest';
import { filePath, nodeId, typename, type NodeId } from '../../src/base/ids.ts';
import { buildGraph } from '../../src/model/build-graph.ts';
import { canConnect } from '../../src/model/connect.ts';
import { projectOf } from '../../src/model/project.ts';
import { EMPTY_STUDIO } from '../../src/model/studio-file-codec.ts';
import { custom, endpoint, kafkaEgress, kafkaIngress, moduleOf } from '../support/module-parts.ts';

const graph = buildGraph({
  module: moduleOf(
    endpoint('a/*'),
    kafkaIngress('a/in', [{ topic: 't', valueType: 'v/v', targets: ['a/f'] }]),
    kafkaIngress('a/other', []),
    kafkaEgress('a/out'),
    custom('com.acme/x', 4),
  ),
  facts: {
    functions: [
      {
        typename: typename('a/g'),
        path: filePath('functions/g.ts'),
        range: { from: 0, to: 0 },
        bodyEnd: null,
        states: [],
        sends: [],
        accepts: { types: [], others: 'unknown' },
        callerUses: [],
        fetches: [],
      },
    ],
    problems: [],
  },
  studio: {
    ...EMPTY_STUDIO,
    drafts: [{ type: 'router', id: 'd', topic: 'x', valueType: 'v/v', targets: [] }],
    notes: [{ id: 'n', title: '', text: '', x: 0, y: 0, width: 1 }],
  },
  project: projectOf({ 'stubs/bank.yaml': '' }),
});

const INGRESS = nodeId('ingress:a/in');
const ROUTER = nodeId('router:a/in#t');
const DRAFT = nodeId('router:#d');
const F = nodeId('function:a/f');
const G = nodeId('function:a/g');
const EGRESS = nodeId('egress:a/out');

function answer(from: NodeId, to: NodeId): string {
  const result = canConnect(graph, from, to);
  return result.ok ? 'ok' : result.reason;
}

test('what messages can take is allowed', () => {
  const pairs = [
    [INGRESS, F],
    [INGRESS, DRAFT],
    [ROUTER, G],
    [DRAFT, F],
    [F, G],
    [F, F],
    [G, EGRESS],
  ] as const;
  expect(pairs.map(([from, to]) => answer(from, to))).toEqual(pairs.map(() => 'ok'));
});

test('what they cannot is refused with a reason', () => {
  expect(answer(INGRESS, EGRESS)).toBe('An ingress routes to functions only.');
  expect(answer(ROUTER, EGRESS)).toBe('A router routes to functions only; a function can write to the egress.');
  expect(answer(EGRESS, F)).toBe('An egress writes to the outside: no edge leaves it.');
  expect(answer(F, INGRESS)).toBe('Nothing leads into an ingress: it reads from the outside.');
  expect(answer(nodeId('ingress:a/other'), ROUTER)).toBe('This router belongs to a/in.');
  expect(answer(INGRESS, ROUTER)).toBe('This router already belongs to this ingress.');
  expect(answer(ROUTER, F)).toBe('a/f is already a target of this router.');
  expect(answer(F, ROUTER)).toBe('A router gets its records from an ingress; a function sends to functions and egresses.');
  expect(answer(F, nodeId('external:bank'))).toBe("Call the service with fetch in the function's code; the edge then appears by itself.");
  expect(answer(F, nodeId('endpoint:a/*'))).toBe('Connect to a function inside the endpoint: the endpoint itself receives nothing.');
  expect(answer(F, nodeId('function:a/gone'))).toBe('This item is no longer on the canvas.');
});

test('every refusal is one sentence', () => {
  for (const from of graph.nodes) {
    for (const to of graph.nodes) {
      expect(answer(from.id, to.id)).toMatch(/^(ok|[A-Za-z][^.]*(\.[a-z/][^.]*)*\.)$/);
    }
  }
});
