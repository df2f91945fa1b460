/**
 * Where everything lies: a rectangle for each node. An endpoint's frame has no size of its own; it surrounds its functions.
 */
import type { NodeId } from '../../base/ids.ts';
import type { Graph, GraphNode } from '../../model/graph.ts';
import type { Position } from '../../model/studio-file.ts';
import { nodeSize } from './node-size.ts';
import { boundsOf } from './rect.ts';
import type { Rect } from './rect.ts';

export type Layout = ReadonlyMap<NodeId, Rect>;

/** Free space inside a frame, beyond its functions; above them stands the frame's title. */
export const FRAME_PADDING = { left: 20, top: 44, right: 20, bottom: 28 } as const;
/** How far a self-loop hangs below its node. */
export const LOOP_DEPTH = 28;

export function layoutOf(graph: Graph, positions: ReadonlyMap<NodeId, Position>): Layout {
  const layout = new Map<NodeId, Rect>();
  const framed = new Map<NodeId, Rect[]>();
  const looping = new Set(graph.edges.filter((edge) => edge.from === edge.to).map((edge) => edge.from));
  for (const node of graph.nodes) {
    const rect = { ...(positions.get(node.id) ?? { x: 0, y: 0 }), ...nodeSize(node) };
    layout.set(node.id, rect);
    if (node.parent !== null) {
      const outer = looping.has(node.id) ? { ...rect, height: rect.height + LOOP_DEPTH } : rect;
      framed.set(node.parent, [...(framed.get(node.parent) ?? []), outer]);
    }
  }
  for (const [frame, children] of framed) {
    const inner = boundsOf(children);
    if (inner !== null && layout.has(frame)) {
      layout.set(frame, frameAround(inner));
    }
  }
  return layout;
}

export function frameAround(inner: Rect): Rect {
  const { left, top, right, bottom } = FRAME_PADDING;
  return { x: inner.x - left, y: inner.y - top, width: inner.width + left + right, height: inner.height + top + bottom };
}

/** What edges go around: everything but frames, whose inside is open. */
export function isObstacle(node: GraphNode): boolean {
  return node.type !== 'endpoint';
}
