import { describe, expect, it } from 'vitest';
import { edgeId, nodeId } from '../../src/base/ids.ts';
import { edgesOfWay } from '../../src/canvas/message-way.ts';
import { functionNode } from '../../src/model/graph-ids.ts';

describe('the edges of a message', () => {
  const from = functionNode('shop/cart');
  const to = functionNode('shop/stock');
  const graph = { nodes: [], edges: [] };
  const there = { id: edgeId('there'), from, to, origin: 'may-send' as const, label: null };
  const back = { id: edgeId('back'), from: to, to: from, origin: 'may-send' as const, label: null };

  it('are those from its sender to its receiver, not the way back', () => {
    expect([...edgesOfWay(graph, [there, back], { from, to })]).toEqual([there.id]);
  });
  it('are none without a message, and none where nothing is drawn', () => {
    expect(edgesOfWay(graph, [there], null).size).toBe(0);
    expect(edgesOfWay(graph, [there], { from, to: nodeId('function:shop/other') }).size).toBe(0);
  });
});
