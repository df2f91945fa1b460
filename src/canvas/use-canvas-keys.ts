/** The keys of the canvas itself; everything else is in the app's table of actions. */
import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import type { KeyboardEvent } from 'react';
import type { EdgeId, NodeId } from '../base/ids.ts';
import { nodeId } from '../base/ids.ts';
import type { Graph } from '../model/graph.ts';
import { useView } from '../state/document-store.ts';
import { deleteSelected, duplicate } from './acts.ts';
import type { Layout } from './geometry/canvas-layout.ts';
import { focusNode, focusOnceThere } from './focus-node.ts';
import { alongEdge } from './walk.ts';
import type { Direction } from './walk.ts';
import { FIT } from './ZoomTools.tsx';

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

export interface CanvasKeysOptions {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly selectedEdge: EdgeId | null;
  readonly nudge: (nodes: readonly NodeId[], direction: Direction, isFar: boolean) => void;
  readonly tidy: () => void;
  readonly openMenu: (node: NodeId) => void;
  readonly clearEdge: () => void;
}

export function useCanvasKeys(options: CanvasKeysOptions): (event: KeyboardEvent) => void {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return useCallback(
    (event) => {
      const { target } = event;
      if (event.defaultPrevented || !(target instanceof Element) || target.closest('button, input, textarea, [role="menu"]') !== null) {
        return;
      }
      const view = useView.getState();
      const focused = focusedNode(target);
      // What has the focus is meant, unless it is one of several that are selected.
      const meant = focused === null || view.selection.includes(focused) ? view.selection : [focused];
      const isDone = pressed(event, { options, focused, meant, zoom: { zoomIn, zoomOut, fitView } });
      if (isDone) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    [options, zoomIn, zoomOut, fitView],
  );
}

interface Press {
  readonly options: CanvasKeysOptions;
  readonly focused: NodeId | null;
  readonly meant: readonly NodeId[];
  readonly zoom: Pick<ReturnType<typeof useReactFlow>, 'zoomIn' | 'zoomOut' | 'fitView'>;
}

function pressed(event: KeyboardEvent, { options, focused, meant, zoom }: Press): boolean {
  const view = useView.getState();
  const arrow = ARROWS[event.key];
  const isControl = event.ctrlKey || event.metaKey;
  if (arrow !== undefined && event.altKey) {
    return walk(options, focused ?? meant[0] ?? null, arrow);
  }
  if (arrow !== undefined && !isControl && meant.length > 0) {
    view.select(meant);
    options.nudge(meant, arrow, event.shiftKey);
    return true;
  }
  switch (event.key) {
    // Space is left to the run: it plays and pauses wherever the canvas has the focus.
    case 'Enter':
      if (focused === null) {
        return false;
      }
      view.select([focused]);
      focusInspector();
      return true;
    case 'Delete':
    case 'Backspace':
      deleteSelected(meant, options.selectedEdge === null ? [] : [options.selectedEdge]);
      options.clearEdge();
      return true;
    case 'd':
      return isControl && (duplicate(meant) || true);
    case 'a':
      if (isControl) {
        view.select(options.graph.nodes.map((node) => node.id));
      }
      return isControl;
    case 'L':
      if (event.shiftKey && !isControl) {
        options.tidy();
      }
      return event.shiftKey && !isControl;
    case 'ContextMenu':
    case 'F10':
      if (focused === null || (event.key === 'F10' && !event.shiftKey)) {
        return false;
      }
      options.openMenu(focused);
      return true;
    case '+':
    case '=':
      void zoom.zoomIn();
      return true;
    case '-':
      void zoom.zoomOut();
      return true;
    case '0':
      void zoom.fitView(FIT);
      return true;
    default:
      return false;
  }
}

function walk({ graph, layout }: CanvasKeysOptions, from: NodeId | null, direction: Direction): boolean {
  const next = from === null ? null : alongEdge(graph, layout, from, direction);
  if (next !== null) {
    useView.getState().select([next]);
    focusNode(next);
  }
  return from !== null;
}

function focusedNode(target: Element): NodeId | null {
  const id = target.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
  return id === null ? null : nodeId(id);
}

/** The inspector is another part of the screen; regions are found by their names. Its forms may come later than the key that asks for them. */
export function focusInspector(): void {
  requestAnimationFrame(() => {
    const region = document.querySelector<HTMLElement>('[data-region="Inspector"]');
    region?.focus();
    focusOnceThere(() => region?.querySelector<HTMLElement>('input, [role="tab"], button') ?? null);
  });
}
