/**
 * What the canvas offers while it is on the screen, for buttons and shortcuts elsewhere. The canvas registers its acts
 * when it mounts, and takes them back when it goes.
 */
import { create } from 'zustand';

export interface CanvasActs {
  /** Places all items anew, as one edit. */
  autoLayout(): void;
}

export const useCanvasActs = create<{ readonly acts: CanvasActs | null }>()(() => ({ acts: null }));

/** Returns the function that takes the acts back: the cleanup of an effect. */
export function registerCanvasActs(acts: CanvasActs): () => void {
  useCanvasActs.setState({ acts });
  return () => {
    if (useCanvasActs.getState().acts === acts) {
      useCanvasActs.setState({ acts: null });
    }
  };
}
