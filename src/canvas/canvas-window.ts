/** What the canvas shows now, for parts that add to it from beside it. Set by the canvas while it is on the screen. */
import type { NodeId } from '../base/ids.ts';
import type { Point, Rect } from './geometry/rect.ts';

export interface CanvasWindow {
  /** The middle of what is in view, in the canvas's units. */
  centre(): Point;
  /** What lies there. */
  rects(): readonly Rect[];
  rectOf(node: NodeId): Rect | null;
}

let shown: CanvasWindow | null = null;

export function setCanvasWindow(next: CanvasWindow | null): void {
  shown = next;
}
export function canvasWindow(): CanvasWindow | null {
  return shown;
}
