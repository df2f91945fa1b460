import type { NodeId } from '../base/ids.ts';

/** How many frames what is to have the focus may take to be drawn, its code included. */
const PATIENCE = 300;

/** Gives an item on the canvas the focus: at once where it is drawn, so that the next key goes there already, else as soon as it is. */
export function focusNode(id: NodeId): void {
  focusOnceThere(() => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`));
}

let lastAsked = 0;

/** Gives up when the focus goes elsewhere meanwhile, or is asked for elsewhere. */
export function focusOnceThere(find: () => HTMLElement | null): void {
  lastAsked += 1;
  const asked = lastAsked;
  const before = document.activeElement;
  const attempt = (left: number) => {
    const element = find();
    element?.focus();
    if (left > 0 && (element === null || document.activeElement !== element)) {
      requestAnimationFrame(() => {
        const now = document.activeElement;
        if (asked === lastAsked && (now === before || now === document.body)) {
          attempt(left - 1);
        }
      });
    }
  };
  attempt(PATIENCE);
}
