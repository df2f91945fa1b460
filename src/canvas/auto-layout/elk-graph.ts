/** The graph as the layout engine takes it, and its answer as places. Pure. */
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { NodeId } from '../../base/ids.ts';
import { nodeId } from '../../base/ids.ts';
import type { Graph, GraphNode } from '../../model/graph.ts';
import type { Position } from '../../model/studio-file.ts';
import { FRAME_PADDING, LOOP_DEPTH } from '../geometry/canvas-layout.ts';
import { EMPTY_FRAME, nodeSize } from '../geometry/node-size.ts';
import { snap } from '../geometry/rect.ts';

const { top, left, bottom, right } = FRAME_PADDING;

/** Not handed down by the engine, so each frame names them too. */
const SPACING = {
  'elk.layered.spacing.nodeNodeBetweenLayers': '84',
  'elk.spacing.nodeNode': '48',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
};

const OPTIONS = {
  ...SPACING,
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.randomSeed': '1',
};
const FRAME_OPTIONS = {
  ...SPACING,
  'elk.padding': `[top=${top},left=${left},bottom=${bottom},right=${right}]`,
};

/** Notes stay where they are, so they are left out. */
export function elkGraph(graph: Graph): ElkNode {
  const frames = new Map<NodeId, ElkNode & { children: ElkNode[] }>();
  const roots: ElkNode[] = [];
  const items = graph.nodes.filter((node) => node.type !== 'note');
  const looping = new Set(graph.edges.filter((edge) => edge.from === edge.to).map((edge) => edge.from));
  for (const node of items) {
    if (node.type === 'endpoint') {
      const frame = { id: node.id, children: [], layoutOptions: FRAME_OPTIONS };
      frames.set(node.id, frame);
      roots.push(frame);
    }
  }
  for (const node of items) {
    if (node.type !== 'endpoint') {
      const frame = node.parent === null ? undefined : frames.get(node.parent);
      (frame?.children ?? roots).push(elkItem(node, looping.has(node.id)));
    }
  }
  for (const frame of frames.values()) {
    if (frame.children.length === 0) {
      Object.assign(frame, EMPTY_FRAME);
    }
  }
  const known = new Set(items.map((node) => node.id));
  return { id: 'canvas', layoutOptions: OPTIONS, children: roots, edges: elkEdges(graph, known) };
}

/** Places from the engine's answer: on the grid, and counted from the canvas's own corner. */
export function placesOf(answer: ElkNode): ReadonlyMap<NodeId, Position> {
  const places = new Map<NodeId, Position>();
  const visit = (nodes: readonly ElkNode[], x: number, y: number) => {
    for (const node of nodes) {
      const at = { x: x + (node.x ?? 0), y: y + (node.y ?? 0) };
      places.set(nodeId(node.id), { x: snap(at.x), y: snap(at.y) });
      visit(node.children ?? [], at.x, at.y);
    }
  };
  visit(answer.children ?? [], 0, 0);
  return places;
}

function elkItem(node: GraphNode, loops: boolean): ElkNode {
  const { width, height } = nodeSize(node);
  return { id: node.id, width, height: height + (loops ? LOOP_DEPTH : 0) };
}

/** Replies are left out: a request and its reply would push the two items around in a circle. */
function elkEdges(graph: Graph, known: ReadonlySet<NodeId>): ElkExtendedEdge[] {
  const drawn = new Set<string>();
  return graph.edges.flatMap(({ id, from, to }) => {
    const isReply = drawn.has(`${to}>${from}`);
    drawn.add(`${from}>${to}`);
    return from === to || isReply || !known.has(from) || !known.has(to) ? [] : [{ id, sources: [from], targets: [to] }];
  });
}
