/** Ways through the graph by keyboard: the order of Tab, and the next item in a direction. Pure. */
import type { NodeId } from '../base/ids.ts';
import type { Graph, GraphNode } from '../model/graph.ts';
import type { Layout } from './geometry/canvas-layout.ts';
import { centre } from './geometry/rect.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

const RANK: Readonly<Record<GraphNode['type'], number>> = {
  ingress: 0,
  router: 0,
  custom: 0,
  endpoint: 1,
  function: 1,
  external: 2,
  egress: 2,
  note: 3,
};

/** From ingress to egress: each ingress with its routers, each endpoint with its functions, then what lies outside. */
export function flowOrder(graph: Graph, layout: Layout): readonly GraphNode[] {
  const place = (node: GraphNode) => layout.get(node.id) ?? { x: 0, y: 0, width: 0, height: 0 };
  const groupOf = (node: GraphNode): GraphNode => {
    const owner = node.type === 'router' && node.ingress !== null ? `ingress:${node.ingress}` : node.parent;
    return graph.nodes.find((candidate) => candidate.id === owner) ?? node;
  };
  return graph.nodes
    .map((node) => ({ node, group: groupOf(node), at: place(node), groupAt: place(groupOf(node)) }))
    .sort(
      (a, b) =>
        RANK[a.node.type] - RANK[b.node.type] ||
        a.groupAt.y - b.groupAt.y ||
        a.groupAt.x - b.groupAt.x ||
        (a.group.id < b.group.id ? -1 : a.group.id > b.group.id ? 1 : 0) ||
        Number(b.node === b.group) - Number(a.node === a.group) ||
        a.at.x - b.at.x ||
        a.at.y - b.at.y,
    )
    .map(({ node }) => node);
}

/** The item at the other end of an edge that leads in a direction; null when no edge does. */
export function alongEdge(graph: Graph, layout: Layout, from: NodeId, direction: Direction): NodeId | null {
  const start = layout.get(from);
  if (start === undefined) {
    return null;
  }
  const here = centre(start);
  const found = graph.edges
    .flatMap((edge) => (edge.from === from ? [edge.to] : edge.to === from ? [edge.from] : []))
    .filter((other) => other !== from)
    .flatMap((other) => {
      const rect = layout.get(other);
      if (rect === undefined) {
        return [];
      }
      const there = centre(rect);
      const [ahead, aside] = split(there.x - here.x, there.y - here.y, direction);
      return ahead > 0 ? [{ other, cost: Math.abs(aside) * 1.5 + ahead, isStraight: Math.abs(aside) <= ahead }] : [];
    })
    .sort((a, b) => Number(b.isStraight) - Number(a.isStraight) || a.cost - b.cost || (a.other < b.other ? -1 : 1));
  return found[0]?.other ?? null;
}

function split(x: number, y: number, direction: Direction): readonly [ahead: number, aside: number] {
  switch (direction) {
    case 'left':
      return [-x, y];
    case 'right':
      return [x, y];
    case 'up':
      return [-y, x];
    case 'down':
      return [y, x];
  }
}
