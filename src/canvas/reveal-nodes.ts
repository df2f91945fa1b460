/** Brings items into view, for parts beside the canvas. The canvas listens while it is on the screen. */
import type { NodeId } from '../base/ids.ts';

let listener: ((nodes: readonly NodeId[]) => void) | null = null;

export function onReveal(next: ((nodes: readonly NodeId[]) => void) | null): void {
  listener = next;
}
export function revealNodes(nodes: readonly NodeId[]): void {
  requestAnimationFrame(() => listener?.(nodes));
}
