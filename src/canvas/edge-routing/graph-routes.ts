/** The routes of a graph's edges, and of edges that only a run has shown. */
import type { NodeId } from '../../base/ids.ts';
import type { Graph, GraphEdge } from '../../model/graph.ts';
import { isObstacle } from '../geometry/canvas-layout.ts';
import type { Layout } from '../geometry/canvas-layout.ts';
import { textWidth } from '../geometry/text-width.ts';
import type { Rect } from '../geometry/rect.ts';
import { routeEdges } from './edge-routing.ts';
import type { Routes } from './edge-routing.ts';
import type { RoutableEdge } from './types.ts';

/** Room for `12 345 10.5/s`, which labels show while a run exists. */
const RUN_LABEL = 76;
const ICON = 15;
const PADDING = 8;
/** From this many edges on, a drag moves only the edges of what is dragged. */
const MANY_EDGES = 60;

export interface DrawnEdge extends Pick<GraphEdge, 'id' | 'from' | 'to' | 'label'> {
  readonly origin: GraphEdge['origin'] | 'observed';
}

export function graphRoutes(
  graph: Graph,
  edges: readonly DrawnEdge[],
  layout: Layout,
  moving: { readonly nodes: ReadonlySet<NodeId>; readonly before: Routes } | null,
): Routes {
  const keeps = moving !== null && edges.length > MANY_EDGES ? moving : null;
  const fixed = new Map(
    keeps === null
      ? []
      : edges.flatMap(({ id, from, to }) => {
          const route = keeps.before.get(id);
          return route === undefined || keeps.nodes.has(from) || keeps.nodes.has(to) ? [] : [[id, route] as const];
        }),
  );
  return routeEdges({
    edges: edges.map(routable),
    layout,
    obstacles: new Set(graph.nodes.filter(isObstacle).map((node) => node.id)),
    outer: new Set(graph.nodes.filter((node) => node.type !== 'function').map((node) => node.id)),
    shy: graph.nodes.flatMap((node) => (node.type === 'endpoint' ? titleOf(layout.get(node.id)) : [])),
    fixed,
  });
}

function routable({ id, from, to, label }: DrawnEdge): RoutableEdge {
  const words = label === null ? 0 : textWidth(label, 11) + PADDING + (from === to ? ICON : 0);
  return { id, from, to, labelWidth: Math.ceil(Math.max(RUN_LABEL, words)) };
}

function titleOf(frame: Rect | undefined): readonly Rect[] {
  return frame === undefined ? [] : [{ x: frame.x + 8, y: frame.y + 6, width: Math.min(frame.width - 16, 230), height: 28 }];
}
