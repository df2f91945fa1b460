import type { EdgeId, NodeId } from '../../base/ids.ts';
import type { Layout } from '../geometry/canvas-layout.ts';
import type { Point, Rect } from '../geometry/rect.ts';

export type Side = 'left' | 'right' | 'top' | 'bottom';

export interface RoutableEdge {
  readonly id: EdgeId;
  readonly from: NodeId;
  readonly to: NodeId;
  /** Pixels that a label on this edge needs. */
  readonly labelWidth: number;
}

export interface EdgeRoute {
  /** Axis-parallel polyline from the port where the edge starts to the arrowhead. */
  readonly points: readonly Point[];
  /** Where the middle of the label goes; null when no run of the edge has room for one. */
  readonly label: Point | null;
}

export interface RoutingInput {
  readonly edges: readonly RoutableEdge[];
  readonly layout: Layout;
  /** Items that edges go around. */
  readonly obstacles: ReadonlySet<NodeId>;
  /** Places that edges avoid where that costs little, such as the titles of frames. */
  readonly shy: readonly Rect[];
  /** Items in the flow's order from the outside in: edges of theirs leave to the right where they can. */
  readonly outer: ReadonlySet<NodeId>;
  /** Edges that stay as they are. */
  readonly fixed: ReadonlyMap<EdgeId, EdgeRoute>;
}

/** A segment that is drawn already. */
export interface Segment {
  readonly a: Point;
  readonly b: Point;
}

export interface PortEnd {
  readonly point: Point;
  readonly side: Side;
}

export const DIRECTION: Readonly<Record<Side, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};

export function isHorizontal(side: Side): boolean {
  return side === 'left' || side === 'right';
}

export function middleOf(rect: Rect, side: Side): Point {
  const { x, y, width, height } = rect;
  switch (side) {
    case 'left':
      return { x, y: y + height / 2 };
    case 'right':
      return { x: x + width, y: y + height / 2 };
    case 'top':
      return { x: x + width / 2, y };
    case 'bottom':
      return { x: x + width / 2, y: y + height };
  }
}
