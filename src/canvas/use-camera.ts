/**
 * Where the canvas looks. A project opens with the whole graph in view, and the graph stays fitted when the canvas changes its size,
 * until somebody moves the view. An item that is asked for comes into view by the shortest way; one that is in view moves nothing.
 */
import { getViewportForBounds, useReactFlow, useStore } from '@xyflow/react';
import type { ReactFlowState, Viewport } from '@xyflow/react';
import { useEffect, useRef, useState } from 'react';
import type { NodeId } from '../base/ids.ts';
import type { Layout } from './geometry/canvas-layout.ts';
import { shortestWay } from './geometry/shortest-way.ts';
import { onReveal } from './reveal-nodes.ts';
import { FIT } from './ZoomTools.tsx';

/** What the tools in the corners take at each edge, in pixels. */
const CLEAR = { top: 52, bottom: 48, left: 20, right: 20 };

export function cameraTime(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 240;
}

/** False until the project is in view for the first time: what is shown earlier would jump. */
export function useFit(project: string | null, isPending: boolean, isEmpty: boolean): boolean {
  const { fitView, setViewport, getNodes, getNodesBounds, getViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const minZoom = useStore((state) => state.minZoom);
  const isReady = useStore(canFit);
  const [fitted, setFitted] = useState<string | null>(null);
  const size = useRef({ width, height });
  // The first item of an empty canvas is no reason to move the view.
  if (isEmpty && fitted !== project) {
    setFitted(project);
  }
  useEffect(() => {
    if (isReady && !isPending && fitted !== project) {
      const whole = getViewportForBounds(getNodesBounds(getNodes()), width, height, minZoom, FIT.maxZoom, FIT.padding);
      void setViewport(whole).then(() => setFitted(project));
    }
  }, [fitted, setViewport, getNodes, getNodesBounds, width, height, minZoom, isReady, isPending, project]);
  useEffect(() => {
    const before = size.current;
    size.current = { width, height };
    if (before.width === 0 || before.height === 0 || width === 0 || height === 0) {
      return;
    }
    const bounds = getNodesBounds(getNodes());
    const whole = getViewportForBounds(bounds, before.width, before.height, minZoom, FIT.maxZoom, FIT.padding);
    if (bounds.width > 0 && isSame(whole, getViewport())) {
      void fitView(FIT);
    }
  }, [width, height, minZoom, fitView, getNodes, getNodesBounds, getViewport]);
  return fitted === project;
}

export function useReveal(layout: Layout): void {
  const { getViewport, setViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  useEffect(() => {
    onReveal((ids: readonly NodeId[]) => {
      const rects = ids.flatMap((id) => layout.get(id) ?? []);
      if (rects.length === 0) {
        return;
      }
      const { x, y, zoom } = getViewport();
      const span = (from: number, to: number, offset: number) => ({ from: from * zoom + offset, to: to * zoom + offset });
      const across = span(Math.min(...rects.map((rect) => rect.x)), Math.max(...rects.map((rect) => rect.x + rect.width)), x);
      const down = span(Math.min(...rects.map((rect) => rect.y)), Math.max(...rects.map((rect) => rect.y + rect.height)), y);
      const byX = shortestWay(across, { from: CLEAR.left, to: width - CLEAR.right });
      const byY = shortestWay(down, { from: CLEAR.top, to: height - CLEAR.bottom });
      if (byX !== 0 || byY !== 0) {
        void setViewport({ x: x + byX, y: y + byY, zoom }, { duration: cameraTime() });
      }
    });
    return () => onReveal(null);
  }, [layout, width, height, getViewport, setViewport]);
}

function canFit(state: ReactFlowState): boolean {
  return state.width > 0 && state.height > 0 && state.nodeLookup.size > 0 && state.panZoom !== null;
}

function isSame(one: Viewport, other: Viewport): boolean {
  return Math.abs(one.x - other.x) < 1 && Math.abs(one.y - other.y) < 1 && Math.abs(one.zoom - other.zoom) < 0.001;
}
