import type { EdgeId, NodeId } from '../base/ids.ts';
import { ingressNode } from '../model/graph-ids.ts';
import type { Graph } from '../model/graph.ts';
import type { MessageWay } from '../state/run-store.ts';
import type { DrawnEdge } from './edge-routing/graph-routes.ts';

/** The edges that the message in the inspector went along: one, or two by way of a router. */
export function edgesOfWay(graph: Graph, edges: readonly DrawnEdge[], way: MessageWay | null): ReadonlySet<EdgeId> {
  if (way === null) {
    return new Set();
  }
  const between = (from: NodeId, to: NodeId) => edges.filter((edge) => edge.from === from && edge.to === to);
  const routed = graph.nodes.flatMap((node) => {
    if (node.type !== 'router' || node.ingress === null || ingressNode(node.ingress) !== way.from) {
      return [];
    }
    const onward = between(node.id, way.to);
    return onward.length === 0 ? [] : [...between(way.from, node.id), ...onward];
  });
  return new Set([...between(way.from, way.to), ...routed].map((edge) => edge.id));
}
