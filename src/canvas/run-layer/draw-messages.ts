/** Draws messages on their edges: dots where they can be told apart, a moving dash where they cannot. */
import type { EdgeId } from '../../base/ids.ts';
import { pathLength, pointAlong } from '../edge-routing/rounded-path.ts';
import type { Routes } from '../edge-routing/edge-routing.ts';
import type { Point } from '../geometry/rect.ts';

export interface MessageScene {
  readonly routes: Routes;
  readonly dots: readonly { readonly edge: EdgeId; readonly share: number }[];
  readonly dashed: readonly EdgeId[];
  /** Real milliseconds. */
  readonly now: number;
  /** React Flow's viewport: x, y, zoom. */
  readonly transform: readonly [number, number, number];
  readonly ink: string;
  readonly ground: string;
  /** Without movement: dots stand at the middle of their edge, dashes do not run. */
  readonly still: boolean;
}

const RADIUS = 4;
const DASH = [6, 10];
const LABEL = { halfWidth: 38, halfHeight: 8 } as const;
/** Pixels a second. */
const DASH_SPEED = 90;

export function drawMessages(context: CanvasRenderingContext2D, scene: MessageScene): void {
  const { canvas } = context;
  const ratio = canvas.width / Math.max(1, canvas.clientWidth);
  const [x, y, zoom] = scene.transform;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
  drawDashes(context, scene);
  drawDots(context, scene);
  clearLabels(context, scene.routes);
}

function drawDashes(context: CanvasRenderingContext2D, { routes, dashed, now, ink, still }: MessageScene): void {
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.setLineDash(DASH);
  context.lineDashOffset = still ? 0 : -((now / 1000) * DASH_SPEED) % 16;
  for (const edge of dashed) {
    const points = routes.get(edge)?.points ?? [];
    if (points.length > 1) {
      context.beginPath();
      trace(context, points);
      context.stroke();
    }
  }
  context.setLineDash([]);
}

function trace(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  const [first, ...rest] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) {
    return;
  }
  context.moveTo(first.x, first.y);
  rest.forEach((corner, index) => {
    const next = rest[index + 1];
    if (next !== undefined) {
      context.arcTo(corner.x, corner.y, next.x, next.y, 8);
    }
  });
  context.lineTo(last.x, last.y);
}

function drawDots(context: CanvasRenderingContext2D, { routes, dots, ink, ground, still }: MessageScene): void {
  const standing = new Set<EdgeId>();
  context.fillStyle = ink;
  context.strokeStyle = ground;
  context.lineWidth = 1.5;
  for (const { edge, share } of dots) {
    const route = routes.get(edge);
    if (route === undefined || (still && standing.has(edge))) {
      continue;
    }
    standing.add(edge);
    const at = pointAlong(route.points, still ? restAt(route.points, route.label) : share);
    context.beginPath();
    context.arc(at.x, at.y, RADIUS, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/** Messages go behind the labels that break the edges. */
function clearLabels(context: CanvasRenderingContext2D, routes: Routes): void {
  for (const { label } of routes.values()) {
    if (label !== null) {
      context.clearRect(label.x - LABEL.halfWidth, label.y - LABEL.halfHeight, 2 * LABEL.halfWidth, 2 * LABEL.halfHeight);
    }
  }
}

/** The middle, or a quarter of the way where the label stands in the middle. */
function restAt(points: readonly Point[], label: Point | null): number {
  const middle = pointAlong(points, 0.5);
  const isTaken = label !== null && Math.abs(middle.x - label.x) + Math.abs(middle.y - label.y) < 48;
  return isTaken && pathLength(points) > 60 ? 0.25 : 0.5;
}
