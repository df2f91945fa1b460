import { describe, expect, it } from 'vitest';
import { nodeId } from '../../src/base/ids.ts';
import { elkGraph, placesOf } from '../../src/canvas/auto-layout/elk-graph.ts';
import { layoutOf } from '../../src/canvas/geometry/canvas-layout.ts';
import { accessibleName, countProblems, factsOf } from '../../src/canvas/nodes/node-words.ts';
import { outlineTree } from '../../src/canvas/outline-tree.ts';
import { placeNodes } from '../../src/canvas/place-nodes.ts';
import { alongEdge, flowOrder } from '../../src/canvas/walk.ts';
import { deriveContext } from '../../src/commands/derive.ts';
import { loadExample } from '../support/load-example.ts';

const { graph, studio } = deriveContext({ files: loadExample('fraud-detection') }, null);
const layout = layoutOf(graph, placeNodes(graph, studio.positions));
const manager = nodeId('function:fraud/transaction-manager');
const none = { errors: 0, warnings: 0 };

function nodeOf(id: string) {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) {
    throw new Error(`no ${id}`);
  }
  return node;
}

describe('walking the canvas', () => {
  it('goes in the order of the flow: each ingress with its router, the endpoint with its functions, then the outside', () => {
    expect(flowOrder(graph, layout).map((node) => node.id)).toEqual([
      'ingress:fraud/transactions',
      'router:fraud/transactions#transactions',
      'ingress:fraud/confirmations',
      'router:fraud/confirmations#fraud-confirmations',
      'endpoint:fraud/*',
      'function:fraud/transaction-manager',
      'function:fraud/fraud-count',
      'function:fraud/merchant-scorer',
      'function:fraud/model',
      'external:merchant-api',
      'egress:fraud/alerts',
      'note:threshold',
    ]);
  });

  it('follows edges in the direction they lead', () => {
    expect(alongEdge(graph, layout, manager, 'down')).toBe('function:fraud/fraud-count');
    expect(alongEdge(graph, layout, manager, 'left')).toBe('router:fraud/transactions#transactions');
    expect(alongEdge(graph, layout, nodeId('ingress:fraud/transactions'), 'right')).toBe('router:fraud/transactions#transactions');
    expect(alongEdge(graph, layout, nodeId('ingress:fraud/transactions'), 'left')).toBeNull();
  });
});

describe('the outline', () => {
  it('holds every item of the canvas once', () => {
    const ids = outlineTree(graph, new Map(), '').flatMap((group) =>
      group.items.flatMap((item) => [item.id, ...item.children.map((child) => child.id)]),
    );
    expect(ids.toSorted()).toEqual(graph.nodes.map((node) => node.id).toSorted());
  });

  it('keeps what a filtered item lies in', () => {
    expect(
      outlineTree(graph, new Map(), 'SCORER').map((group) => [
        group.title,
        group.items.map((item) => [item.text, item.children.map((child) => child.text)]),
      ]),
    ).toEqual([['Endpoints', [['fraud/*', ['merchant-scorer']]]]]);
  });
});

describe('the words of an item', () => {
  it('names it with its kind and its problems', () => {
    const ingress = nodeOf('ingress:fraud/transactions');
    expect(accessibleName(ingress, none)).toBe('Kafka ingress fraud/transactions');
    expect(accessibleName(ingress, { errors: 1, warnings: 0 })).toBe('Kafka ingress fraud/transactions, 1 problem');
    expect(accessibleName(ingress, { errors: 1, warnings: 2 })).toBe('Kafka ingress fraud/transactions, 3 problems');
  });

  it('states the facts of its second line', () => {
    expect(factsOf(nodeOf('ingress:fraud/transactions'))).toBe('fraud · Kafka');
    expect(factsOf(nodeOf('router:fraud/transactions#transactions'))).toBe('Transaction');
    expect(factsOf(nodeOf('function:fraud/fraud-count'))).toBe('1 state · sends 2');
    expect(factsOf(nodeOf('function:fraud/model'))).toBe('no state · sends 1');
  });

  it('says that a function without code has a stand-in', () => {
    const files = new Map([...loadExample('fraud-detection')].filter(([path]) => !path.endsWith('/fraud-count.ts')));
    const node = deriveContext({ files }, null).graph.nodes.find((candidate) => candidate.id === 'function:fraud/fraud-count');
    expect(node === undefined ? null : factsOf(node)).toBe('no code — stand-in');
  });

  it('counts problems by item, without mere information', () => {
    const problem = { code: 'x', message: 'x', node: manager } as const;
    expect(
      countProblems([
        { ...problem, severity: 'error' },
        { ...problem, severity: 'warning' },
        { ...problem, severity: 'info' },
      ]).get(manager),
    ).toEqual({ errors: 1, warnings: 1 });
  });
});

describe('the layout engine’s graph', () => {
  const elk = elkGraph(graph);

  it('has functions inside their endpoint, and no notes', () => {
    expect(
      elk.children
        ?.find((node) => node.id === 'endpoint:fraud/*')
        ?.children?.map((node) => node.id)
        .toSorted(),
    ).toEqual([
      'function:fraud/fraud-count',
      'function:fraud/merchant-scorer',
      'function:fraud/model',
      'function:fraud/transaction-manager',
    ]);
    expect(JSON.stringify(elk)).not.toContain('note:');
  });

  it('counts places inside a frame from the canvas, on the grid', () => {
    const places = placesOf({
      id: 'canvas',
      children: [{ id: 'endpoint:a/*', x: 100, y: 50, children: [{ id: 'function:a/b', x: 20, y: 45 }] }],
    });
    expect(Object.fromEntries(places)).toEqual({ 'endpoint:a/*': { x: 100, y: 52 }, 'function:a/b': { x: 120, y: 96 } });
  });
});
