import type { NodeId } from '../base/ids.ts';

/** Gives an item on the canvas the focus, once it is drawn. */
export function focusNode(id: NodeId): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
  });
}
