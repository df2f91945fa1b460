/** All edges, under the items: drawn apart by where they come from, with their labels breaking the line. */
import { ViewportPortal } from '@xyflow/react';
import { Timer } from 'lucide-react';
import { memo } from 'react';
import type { EdgeId, NodeId } from '../base/ids.ts';
import type { DrawnEdge } from './edge-routing/graph-routes.ts';
import { roundedPath } from './edge-routing/rounded-path.ts';
import type { Routes } from './edge-routing/edge-routing.ts';
import { contains } from './geometry/rect.ts';
import type { Point, Rect } from './geometry/rect.ts';
import type { EdgeRoute } from './edge-routing/types.ts';
import { runElements } from './run-layer/run-elements.ts';
import styles from './EdgeLayer.module.css';

export interface EdgeLayerProps {
  readonly edges: readonly DrawnEdge[];
  readonly routes: Routes;
  /** Frames have a ground of their own, which labels on them share. */
  readonly frames: readonly Rect[];
  readonly selected: EdgeId | null;
  /** Items whose edges are drawn in the selection's colour. */
  readonly lit: ReadonlySet<NodeId>;
  /** Edges drawn in it for what went along them. */
  readonly litEdges: ReadonlySet<EdgeId>;
  readonly running: boolean;
  readonly onSelect: (edge: EdgeId) => void;
  readonly onOpen: (edge: EdgeId) => void;
}

export const EdgeLayer = memo(function EdgeLayer({
  edges,
  routes,
  frames,
  selected,
  lit,
  litEdges,
  running,
  onSelect,
  onOpen,
}: EdgeLayerProps) {
  const drawn = edges.flatMap((edge) => {
    const route = routes.get(edge.id);
    return route === undefined || route.points.length < 2
      ? []
      : [{ edge, route, isLit: edge.id === selected || litEdges.has(edge.id) || lit.has(edge.from) || lit.has(edge.to) }];
  });
  return (
    <ViewportPortal>
      <svg ref={runElements.edgeRootRef} className={styles.edges} aria-hidden="true">
        <defs>
          {(['plain', 'routed', 'lit'] as const).map((name) => (
            <marker
              key={name}
              id={`arrow-${name}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0.5 0.8 7.5 4 0.5 7.2z" className={styles[`arrow-${name}`]} />
            </marker>
          ))}
        </defs>
        {drawn.map(({ edge, route, isLit }) => (
          <EdgePath
            key={edge.id}
            edge={edge}
            route={route}
            isLit={isLit}
            isChosen={edge.id === selected}
            onSelect={onSelect}
            onOpen={onOpen}
          />
        ))}
      </svg>
      <div className={styles.labels} data-running={running}>
        {drawn.map(({ edge, route }) =>
          route.label === null ? null : (
            <EdgeLabel
              key={edge.id}
              edge={edge}
              x={route.label.x}
              y={route.label.y}
              isFramed={frames.some((frame) => isIn(frame, route.label))}
            />
          ),
        )}
      </div>
      <svg className={styles.ports} aria-hidden="true">
        {drawn.map(({ edge, route }) => {
          const [start] = route.points;
          return start === undefined ? null : <circle key={edge.id} cx={start.x} cy={start.y} r={3} />;
        })}
      </svg>
    </ViewportPortal>
  );
});

interface EdgePathProps {
  readonly edge: DrawnEdge;
  readonly route: EdgeRoute;
  readonly isLit: boolean;
  readonly isChosen: boolean;
  readonly onSelect: (edge: EdgeId) => void;
  readonly onOpen: (edge: EdgeId) => void;
}

const EdgePath = memo(function EdgePath({ edge, route, isLit, isChosen, onSelect, onOpen }: EdgePathProps) {
  const path = roundedPath(route.points);
  // Into a router there is no room for an arrowhead, nor a doubt about the direction.
  const arrow = edge.to.startsWith('router:')
    ? {}
    : { markerEnd: `url(#arrow-${isLit ? 'lit' : edge.origin === 'routed' ? 'routed' : 'plain'})` };
  return (
    <g data-edge={edge.id}>
      <path d={path} className={`${styles.edge} ${styles[edge.origin] ?? ''}`} data-lit={isLit} data-chosen={isChosen} {...arrow} />
      <path d={path} className={styles.hit} onClick={() => onSelect(edge.id)} onDoubleClick={() => onOpen(edge.id)} />
    </g>
  );
});

interface EdgeLabelProps {
  readonly edge: DrawnEdge;
  readonly x: number;
  readonly y: number;
  readonly isFramed: boolean;
}

const EdgeLabel = memo(function EdgeLabel({ edge, x, y, isFramed }: EdgeLabelProps) {
  return (
    <div
      ref={runElements.edgeRef(edge.id)}
      className={styles.label}
      data-framed={isFramed}
      data-empty={edge.label === null}
      style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
    >
      {edge.origin === 'delayed' ? <Timer aria-hidden="true" /> : null}
      <span className={styles.words}>{edge.label}</span>
      <b className={styles.count} data-run="count" />
      <span className={styles.rate} data-run="rate" />
    </div>
  );
});

function isIn(frame: Rect, point: Point | null): boolean {
  return point !== null && contains(frame, point);
}
