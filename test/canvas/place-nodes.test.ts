import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { NodeId } from '../../src/base/ids.ts';
import { nodeId, typename } from '../../src/base/ids.ts';
import { layoutOf } from '../../src/canvas/geometry/canvas-layout.ts';
import type { Rect } from '../../src/canvas/geometry/rect.ts';
import { placeNodes } from '../../src/canvas/place-nodes.ts';
import { deriveContext } from '../../src/commands/derive.ts';
import type { Graph, GraphNode } from '../../src/model/graph.ts';
import { endpointNode, functionNode, messageEdge } from '../../src/model/graph-ids.ts';
import type { ModuleComponent } from '../../src/model/module.ts';
import { loadExample } from '../support/load-example.ts';

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function expectApart(graph: Graph, stored: Record<NodeId, { x: number; y: number }> = {}): void {
  const layout = layoutOf(graph, placeNodes(graph, stored));
  const items = graph.nodes.filter((node) => node.type !== 'endpoint');
  items.forEach((a, index) =>
    items.slice(index + 1).forEach((b) => {
      const [first, second] = [layout.get(a.id), layout.get(b.id)];
      expect(first !== undefined && second !== undefined && overlap(first, second), `${a.id} on ${b.id}`).toBe(false);
    }),
  );
}

function functions(names: readonly string[], edges: readonly (readonly [string, string])[]): Graph {
  const component: ModuleComponent = {
    node: endpointNode('app/*'),
    role: 'endpoint',
    kind: 'io.statefun.endpoints.v2/http',
    title: 'app/*',
    spec: {},
    range: { from: 0, to: 0 },
    lines: { from: 1, to: 1 },
    definition: null,
  };
  const endpoint: GraphNode = {
    type: 'endpoint',
    id: endpointNode('app/*'),
    title: 'app/*',
    parent: null,
    remote: null,
    component,
    definition: null,
  };
  const nodes = names.map((name): GraphNode => ({
    type: 'function',
    id: functionNode(`app/${name}`),
    title: name,
    parent: endpoint.id,
    typename: typename(`app/${name}`),
    code: null,
    standIn: null,
    remote: null,
    endpoint: endpoint.id,
  }));
  return {
    nodes: [...nodes, endpoint],
    edges: edges.map(([from, to]) => {
      const [a, b] = [functionNode(`app/${from}`), functionNode(`app/${to}`)];
      return { id: messageEdge(a, b), origin: 'may-send', from: a, to: b, label: null };
    }),
  };
}

describe('placeNodes', () => {
  it.each(['fraud-detection', 'shopping-cart', 'greeter'])('gives every item of %s a place of its own', (example) => {
    const files = new Map([...loadExample(example)].filter(([path]) => path !== 'studio.json'));
    const { graph } = deriveContext({ files }, null);
    expect(graph.nodes.length).toBeGreaterThan(3);
    expectApart(graph);
  });

  it('leaves what has a place where it is', () => {
    const { graph, studio } = deriveContext({ files: loadExample('fraud-detection') }, null);
    const places = placeNodes(graph, studio.positions);
    for (const node of graph.nodes) {
      if (node.type !== 'note') {
        expect(places.get(node.id)).toEqual(studio.positions[node.id]);
      }
    }
  });

  it('puts a function that nothing led to before beside its sender, apart from all others', () => {
    const { graph, studio } = deriveContext({ files: loadExample('fraud-detection') }, null);
    const stored = Object.fromEntries(Object.entries(studio.positions).filter(([id]) => id !== 'function:fraud/model'));
    expectApart(graph, stored);
  });

  it('places any functions without overlap, and the same each time', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(names, fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 12 }), fc.nat(13), (list, links, kept) => {
        const at = (index: number) => list[index % list.length] ?? 'a';
        const graph = functions(
          list,
          links.map(([a, b]) => [at(a), at(b)]),
        );
        const stored = { [nodeId(`function:app/${at(kept)}`)]: { x: 100, y: 60 } };
        expectApart(graph, stored);
        expect([...placeNodes(graph, stored)]).toEqual([...placeNodes(graph, stored)]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('layoutOf', () => {
  it('draws an endpoint around its functions, with room for its title above and a loop below', () => {
    const graph = functions(['a', 'b'], [['b', 'b']]);
    const layout = layoutOf(
      graph,
      new Map([
        [nodeId('function:app/a'), { x: 100, y: 100 }],
        [nodeId('function:app/b'), { x: 300, y: 200 }],
      ]),
    );
    const b = layout.get(nodeId('function:app/b'));
    expect(layout.get(endpointNode('app/*'))).toEqual({
      x: 80,
      y: 56,
      width: 300 + (b?.width ?? 0) + 20 - 80,
      height: 200 + 64 + 28 + 28 - 56,
    });
  });
});
