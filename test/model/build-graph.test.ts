import { describe, expect, test } from 'vitest';
import { filePath, typename } from '../../src/base/ids.ts';
import { buildGraph, type GraphInput } from '../../src/model/build-graph.ts';
import type { FunctionFact, SendFact } from '../../src/model/code-facts.ts';
import { projectOf } from '../../src/model/project.ts';
import { EMPTY_STUDIO } from '../../src/model/studio-file-codec.ts';
import { custom, endpoint, kafkaEgress, kafkaIngress, moduleOf } from '../support/module-parts.ts';

const range = { from: 0, to: 0 };

function send(to: string, more: Partial<SendFact> = {}): SendFact {
  return { to: typename(to), target: 'function', delayed: false, delayMillis: null, range, reply: false, valueTypes: null, ...more };
}

function fn(name: string, sends: readonly SendFact[] = [], fetches: FunctionFact['fetches'] = []): FunctionFact {
  return {
    typename: typename(name),
    path: filePath(`functions/${name.split('/')[1]}.ts`),
    range,
    bodyEnd: null,
    states: [],
    sends,
    accepts: { types: [], others: 'unknown' },
    callerUses: [],
    fetches,
  };
}

function graphOf(input: Partial<GraphInput> & { readonly functions?: readonly FunctionFact[] }) {
  const graph = buildGraph({
    module: input.module ?? moduleOf(),
    facts: { functions: input.functions ?? [], problems: [] },
    studio: input.studio ?? EMPTY_STUDIO,
    project: input.project ?? projectOf({}),
  });
  return {
    nodes: graph.nodes.map((node) => `${node.id} “${node.title}”${node.parent === null ? '' : ` in ${node.parent}`}`),
    edges: graph.edges.map((edge) => `${edge.origin} ${edge.id}${edge.label === null ? '' : ` (${edge.label})`}`),
  };
}

describe('the graph', () => {
  test('shows ingress, router, function and egress of a module, with the function in the frame of its endpoint', () => {
    const module = moduleOf(
      endpoint('fraud/*'),
      kafkaIngress('fraud/transactions', [{ topic: 'tx', valueType: 't/x', targets: ['fraud/manager'] }]),
      kafkaEgress('fraud/alerts'),
    );
    expect(graphOf({ module, functions: [fn('fraud/manager', [send('fraud/alerts', { target: 'egress' })])] })).toEqual({
      nodes: [
        'endpoint:fraud/* “fraud/*”',
        'ingress:fraud/transactions “transactions”',
        'router:fraud/transactions#tx “tx”',
        'egress:fraud/alerts “alerts”',
        'function:fraud/manager “manager” in endpoint:fraud/*',
      ],
      edges: [
        'routed ingress:fraud/transactions>router:fraud/transactions#tx',
        'routed router:fraud/transactions#tx>function:fraud/manager',
        'may-send function:fraud/manager>egress:fraud/alerts',
      ],
    });
  });

  test('puts a function into the frame of its exact pattern, whatever the order (S91)', () => {
    const module = moduleOf(endpoint('a/*'), endpoint('a/b'), endpoint('b/*'));
    expect(graphOf({ module, functions: [fn('a/b'), fn('a/c'), fn('a.b/c')] }).nodes.slice(3)).toEqual([
      'function:a/b “b” in endpoint:a/b',
      'function:a/c “a/c” in endpoint:a/*',
      'function:a.b/c “a.b/c”',
    ]);
  });

  test('keeps the namespace in the titles of functions that share a name', () => {
    expect(graphOf({ functions: [fn('a/x'), fn('b/x'), fn('b/y')] }).nodes).toEqual([
      'function:a/x “a/x”',
      'function:b/x “b/x”',
      'function:b/y “y”',
    ]);
  });

  test('has a node for whatever is named: targets, receivers of sends, stand-ins and drafts', () => {
    const studio = {
      ...EMPTY_STUDIO,
      standIns: [{ typename: typename('n/stand-in'), forwardTo: { type: 'function', typename: typename('n/next') } as const }],
      drafts: [
        { type: 'function', typename: typename('n/draft') } as const,
        { type: 'router', id: 'router-1', topic: 'later', valueType: 'n/t', targets: [typename('n/target')] } as const,
      ],
    };
    expect(graphOf({ studio, functions: [fn('n/code', [send('n/receiver')])] })).toEqual({
      nodes: [
        'router:#router-1 “later”',
        'function:n/code “code”',
        'function:n/target “target”',
        'function:n/receiver “receiver”',
        'function:n/stand-in “stand-in”',
        'function:n/next “next”',
        'function:n/draft “draft”',
      ],
      edges: [
        'routed router:#router-1>function:n/target',
        'may-send function:n/code>function:n/receiver',
        'forward function:n/stand-in>function:n/next',
      ],
    });
  });

  test('draws delayed sends apart from direct ones, with their delay', () => {
    const day = 24 * 60 * 60 * 1000;
    const sends = [
      send('a/b', { delayed: true, delayMillis: 30 * day }),
      send('a/b'),
      send('a/c', { delayed: true }),
      send('a/d', { delayed: true, delayMillis: 1500 }),
      send('a/d', { delayed: true, delayMillis: 90 * 60 * 1000 }),
    ];
    expect(graphOf({ functions: [fn('a/b', sends), fn('a/c'), fn('a/d')] }).edges).toEqual([
      'delayed function:a/b>function:a/b~delayed (after 30 d)',
      'may-send function:a/b>function:a/b',
      'delayed function:a/b>function:a/c~delayed (delayed)',
      'delayed function:a/b>function:a/d~delayed (after 1500 ms or 90 min)',
    ]);
  });

  test('leaves out an edge to an egress that the module does not have', () => {
    expect(graphOf({ functions: [fn('a/b', [send('a/none', { target: 'egress' })])] })).toEqual({ nodes: ['function:a/b “b”'], edges: [] });
  });

  test('draws a fetch to the stub that names the host, and to the only stub when the address is not known', () => {
    const two = projectOf({
      'stubs/bank.yaml': '- url: https://bank.example/*',
      'stubs/shop.ts': 'export const url = "https://shop.example/";',
    });
    const one = projectOf({ 'stubs/bank.yaml': '- url: https://bank.example/*' });
    const known = [fn('a/b', [], [{ url: 'https://shop.example/x', range }])];
    const unknown = [fn('a/b', [], [{ url: null, range }])];
    expect(graphOf({ functions: known, project: two }).edges).toEqual(['external function:a/b>external:shop']);
    expect(graphOf({ functions: unknown, project: two }).edges).toEqual([]);
    expect(graphOf({ functions: unknown, project: one }).edges).toEqual(['external function:a/b>external:bank']);
  });

  test('shows one router where one topic stands twice: the later entry, as StateFun does (S86)', () => {
    const entry = (target: string) => ({ topic: 't', valueType: 'v/v', targets: [target] });
    expect(graphOf({ module: moduleOf(kafkaIngress('a/in', [entry('a/one'), entry('a/two')])) }).edges).toEqual([
      'routed ingress:a/in>router:a/in#t',
      'routed router:a/in#t>function:a/two',
    ]);
  });

  test('shows custom components and notes', () => {
    const note = { id: 'n1', title: 'Threshold', text: '', x: 0, y: 0, width: 200 };
    expect(graphOf({ module: moduleOf(custom('com.acme/in', 0)), studio: { ...EMPTY_STUDIO, notes: [note] } }).nodes).toEqual([
      'custom:com.acme/in#0 “com.acme/in”',
      'note:n1 “Threshold”',
    ]);
  });
});
