/** Everything the canvas draws, worked out from the document, a drag that is going on, and what the run has shown. */
import type { NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { EdgeId, NodeId } from '../base/ids.ts';
import { edgeParts } from '../model/graph-ids.ts';
import type { Graph } from '../model/graph.ts';
import type { Position } from '../model/studio-file.ts';
import { useDocument } from '../state/document-controller.ts';
import { move } from './acts.ts';
import { graphRoutes } from './edge-routing/graph-routes.ts';
import type { DrawnEdge } from './edge-routing/graph-routes.ts';
import type { Routes } from './edge-routing/edge-routing.ts';
import type { EdgeRoute } from './edge-routing/types.ts';
import { layoutOf } from './geometry/canvas-layout.ts';
import type { Layout } from './geometry/canvas-layout.ts';
import { snap } from './geometry/rect.ts';
import type { CanvasNode } from './nodes/node-data.ts';
import { usePlacement } from './use-placement.ts';

type Places = ReadonlyMap<NodeId, Position>;

export interface CanvasScene {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly edges: readonly DrawnEdge[];
  readonly routes: Routes;
  /** Nothing should be shown yet. */
  readonly isPending: boolean;
  /** React Flow's position changes: a drag in progress, or its end. */
  readonly onMoved: (changes: readonly NodeChange<CanvasNode>[]) => void;
  /** Moves items for good. */
  readonly place: (places: Places, label?: string, merge?: string) => void;
  readonly setObserved: (edges: readonly EdgeId[]) => void;
}

export function useCanvasScene(): CanvasScene {
  const graph = useDocument((state) => state.graph);
  const stored = useDocument((state) => state.studio.positions);
  const id = useDocument((state) => state.id);
  const [dragged, setDragged] = useState<Places | null>(null);
  const [observed, setObserved] = useState<readonly EdgeId[]>([]);
  const { positions, isPending } = usePlacement(id, graph, stored);

  const layout = useMemo(
    () => layoutOf(graph, dragged === null ? positions : new Map([...positions, ...dragged])),
    [graph, positions, dragged],
  );
  const edges = useMemo(() => [...graph.edges, ...observedOnly(graph, observed)], [graph, observed]);
  const [router] = useState(() => new EdgeRouter());
  const routes = useMemo(() => router.route(graph, edges, layout, dragged), [router, graph, edges, layout, dragged]);

  const place = useCallback(
    (places: Places, label?: string, merge?: string) => {
      // What had no place of its own keeps the one it was shown at.
      const settled = graph.nodes.flatMap(({ id: node, type }) => {
        const at = positions.get(node);
        const isUnstored = stored[node] === undefined && type !== 'note' && type !== 'endpoint';
        return at !== undefined && isUnstored && !places.has(node) ? [{ node, x: at.x, y: at.y }] : [];
      });
      move([...settled, ...[...places].map(([node, { x, y }]) => ({ node, x, y }))], label, merge);
    },
    [graph, positions, stored],
  );
  const current = useRef<Places | null>(null);
  const onMoved = useCallback(
    (changes: readonly NodeChange<CanvasNode>[]) => {
      const moved = movedBy(changes, graph, layout);
      if (moved === null) {
        return;
      }
      const next = new Map([...(current.current ?? []), ...moved.places]);
      current.current = moved.isOver ? null : next;
      setDragged(current.current);
      if (moved.isOver && hasMoved(next, positions)) {
        place(next);
      }
    },
    [graph, layout, positions, place],
  );
  return { graph, layout, edges, routes, isPending, onMoved, place, setObserved };
}

function observedOnly(graph: Graph, observed: readonly EdgeId[]): readonly DrawnEdge[] {
  const known = new Set(graph.nodes.map((node) => node.id));
  return observed.flatMap((id) => {
    const ends = edgeParts(id);
    return ends !== null && known.has(ends.from) && known.has(ends.to) ? [{ id, ...ends, origin: 'observed', label: null }] : [];
  });
}

/** Places after a change of positions; a frame takes its functions along. Null when nothing moved. */
function movedBy(
  changes: readonly NodeChange<CanvasNode>[],
  graph: Graph,
  layout: Layout,
): { readonly places: Places; readonly isOver: boolean } | null {
  const places = new Map<NodeId, Position>();
  const frames: { readonly id: NodeId; readonly by: Position }[] = [];
  const byName = new Map<string, Graph['nodes'][number]>(graph.nodes.map((node) => [node.id, node]));
  let isOver = false;
  for (const change of changes) {
    if (change.type !== 'position') {
      continue;
    }
    isOver ||= change.dragging === false;
    const node = byName.get(change.id);
    const rect = node === undefined ? undefined : layout.get(node.id);
    if (node === undefined || rect === undefined || change.position === undefined) {
      continue;
    }
    const at = { x: snap(change.position.x), y: snap(change.position.y) };
    const isFrame = node.type === 'endpoint' && graph.nodes.some((child) => child.parent === node.id);
    if (isFrame) {
      frames.push({ id: node.id, by: { x: at.x - rect.x, y: at.y - rect.y } });
    } else {
      places.set(node.id, at);
    }
  }
  for (const frame of frames) {
    for (const child of graph.nodes) {
      const rect = layout.get(child.id);
      if (child.parent === frame.id && rect !== undefined && !places.has(child.id)) {
        places.set(child.id, { x: rect.x + frame.by.x, y: rect.y + frame.by.y });
      }
    }
  }
  return places.size === 0 && !isOver ? null : { places, isOver };
}

function hasMoved(places: Places, before: Places): boolean {
  return [...places].some(([id, at]) => {
    const was = before.get(id);
    return was === undefined || was.x !== at.x || was.y !== at.y;
  });
}

/** Routes anew at each change; while a large graph is dragged, only the edges of what moves. */
class EdgeRouter {
  private before: Routes = new Map();

  route(graph: Graph, edges: readonly DrawnEdge[], layout: Layout, dragged: Places | null): Routes {
    const next = graphRoutes(graph, edges, layout, dragged === null ? null : { nodes: new Set(dragged.keys()), before: this.before });
    const kept = new Map(this.before);
    this.before = new Map([...next].map(([id, route]) => [id, sameRoute(kept.get(id), route)]));
    return this.before;
  }
}

/** The route of before where the new one is no different, so that its edge is not drawn again. */
function sameRoute(old: EdgeRoute | undefined, fresh: EdgeRoute): EdgeRoute {
  const isSame =
    old !== undefined &&
    old.points.length === fresh.points.length &&
    samePoint(old.label, fresh.label) &&
    old.points.every((point, index) => samePoint(point, fresh.points[index] ?? null));
  return isSame ? old : fresh;
}

function samePoint(a: Position | null, b: Position | null): boolean {
  return a === b || (a !== null && b !== null && a.x === b.x && a.y === b.y);
}
