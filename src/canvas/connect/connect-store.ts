/** The edge being drawn: from where, which items it may end at, and what is under the pointer. */
import { create } from 'zustand';
import type { NodeId } from '../../base/ids.ts';
import { canConnect } from '../../model/connect.ts';
import type { Graph } from '../../model/graph.ts';
import type { Point } from '../geometry/rect.ts';

interface ConnectState {
  readonly from: NodeId | null;
  /** Where the line starts and ends, in the canvas's units; `pointer` on the screen. */
  readonly start: Point;
  readonly end: Point;
  readonly pointer: Point;
  readonly valid: ReadonlySet<NodeId>;
  readonly over: NodeId | null;
  /** Why the item under the pointer cannot be the end. */
  readonly reason: string | null;
}

const NOTHING: ConnectState = {
  from: null,
  start: { x: 0, y: 0 },
  end: { x: 0, y: 0 },
  pointer: { x: 0, y: 0 },
  valid: new Set(),
  over: null,
  reason: null,
};

export const useConnect = create<ConnectState>()(() => NOTHING);

export function validTargets(graph: Graph, from: NodeId): ReadonlySet<NodeId> {
  return new Set(graph.nodes.filter((node) => canConnect(graph, from, node.id).ok).map((node) => node.id));
}

export function startConnect(graph: Graph, from: NodeId, start: Point, pointer: Point): void {
  useConnect.setState({ ...NOTHING, from, start, end: start, pointer, valid: validTargets(graph, from) });
}

export function moveConnect(graph: Graph, end: Point, pointer: Point, over: NodeId | null): void {
  const { from } = useConnect.getState();
  if (from !== null) {
    const answer = over === null ? null : canConnect(graph, from, over);
    useConnect.setState({ end, pointer, over, reason: answer === null || answer.ok ? null : answer.reason });
  }
}

/** Ends the gesture; the item it ended at, if any. */
export function endConnect(): { readonly from: NodeId; readonly to: NodeId; readonly reason: string | null } | null {
  const { from, over, reason } = useConnect.getState();
  useConnect.setState(NOTHING);
  return from === null || over === null ? null : { from, to: over, reason };
}
