/** What items on the canvas may ask of it. */
import { createContext } from 'react';
import type { PointerEvent as ReactPointerEvent } from 'react';
import type { NodeId } from '../../base/ids.ts';

export interface CanvasActsValue {
  /** Null while nothing can be edited. */
  readonly startConnecting: ((from: NodeId, event: ReactPointerEvent) => void) | null;
}

export const CanvasActs = createContext<CanvasActsValue>({ startConnecting: null });
