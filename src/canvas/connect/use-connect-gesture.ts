/** Drawing an edge with the pointer: from a port, over the canvas, to an item. Escape gives it up. */
import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import type { PointerEvent as ReactPointerEvent } from 'react';
import { nodeId } from '../../base/ids.ts';
import type { NodeId } from '../../base/ids.ts';
import { useDocument } from '../../state/document-controller.ts';
import { connectNodes } from '../acts.ts';
import { showNotice } from '../notice.ts';
import { endConnect, moveConnect, startConnect, useConnect } from './connect-store.ts';

export function useConnectGesture(): (from: NodeId, event: ReactPointerEvent) => void {
  const { screenToFlowPosition } = useReactFlow();
  return useCallback(
    (from, event) => {
      if (event.button !== 0) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      const at = (point: { readonly clientX: number; readonly clientY: number }) => ({ x: point.clientX, y: point.clientY });
      const graph = () => useDocument.getState().graph;
      const stop = new AbortController();
      startConnect(graph(), from, screenToFlowPosition(at(event)), at(event));
      const options = { signal: stop.signal, capture: true };
      window.addEventListener(
        'pointermove',
        (moved) => moveConnect(graph(), screenToFlowPosition(at(moved)), at(moved), nodeUnder(moved)),
        options,
      );
      window.addEventListener(
        'pointerup',
        () => {
          stop.abort();
          finish();
        },
        options,
      );
      window.addEventListener(
        'pointercancel',
        () => {
          stop.abort();
          endConnect();
        },
        options,
      );
      window.addEventListener(
        'keydown',
        (pressed) => {
          if (pressed.key === 'Escape' && useConnect.getState().from !== null) {
            pressed.preventDefault();
            pressed.stopPropagation();
            stop.abort();
            endConnect();
          }
        },
        options,
      );
    },
    [screenToFlowPosition],
  );
}

function finish(): void {
  const ended = endConnect();
  if (ended === null) {
    return;
  }
  if (ended.reason !== null) {
    showNotice({ text: ended.reason, tone: 'error' });
  } else {
    connectNodes(ended.from, ended.to);
  }
}

function nodeUnder({ clientX, clientY }: PointerEvent): NodeId | null {
  const element = document.elementFromPoint(clientX, clientY)?.closest('.react-flow__node');
  const id = element?.getAttribute('data-id') ?? null;
  return id === null ? null : nodeId(id);
}
