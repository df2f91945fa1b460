/** The scene as React Flow takes it. A node object stays the same while nothing about it changes, so only what moved is drawn again. */
import { useMemo, useState } from 'react';
import type { NodeId } from '../base/ids.ts';
import type { Graph, GraphNode } from '../model/graph.ts';
import type { Problem } from '../model/problem.ts';
import type { Layout } from './geometry/canvas-layout.ts';
import type { Rect } from './geometry/rect.ts';
import { FRAME_HANDLE } from './nodes/FrameNode.tsx';
import type { CanvasNode } from './nodes/node-data.ts';
import { accessibleName, countProblems, kindWords, NO_PROBLEMS } from './nodes/node-words.ts';
import type { ProblemCount } from './nodes/node-words.ts';
import { flowOrder } from './walk.ts';

export interface FlowNodesInput {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly problems: readonly Problem[];
  readonly selection: readonly NodeId[];
  readonly running: boolean;
}

export function useFlowNodes({ graph, layout, problems, selection, running }: FlowNodesInput): CanvasNode[] {
  const [cache] = useState(() => new NodeCache());
  const counts = useMemo(() => countProblems(problems), [problems]);
  return useMemo(() => {
    const selected = new Set(selection);
    const items = flowOrder(graph, layout).flatMap((item) => {
      const rect = layout.get(item.id);
      return rect === undefined ? [] : [flowNode(item, rect, counts.get(item.id) ?? NO_PROBLEMS, selected.has(item.id), running)];
    });
    return cache.settle(items);
  }, [cache, graph, layout, counts, selection, running]);
}

/** The nodes of last time, handed out again where they are the same. */
class NodeCache {
  private kept = new Map<string, CanvasNode>();

  settle(fresh: readonly CanvasNode[]): CanvasNode[] {
    const nodes = fresh.map((node) => {
      const old = this.kept.get(node.id);
      return old !== undefined && isSame(old, node) ? old : node;
    });
    this.kept = new Map(nodes.map((node) => [node.id, node]));
    return nodes;
  }
}

function flowNode(item: GraphNode, rect: Rect, problems: ProblemCount, selected: boolean, running: boolean): CanvasNode {
  const type = item.type === 'endpoint' ? 'frame' : item.type === 'note' ? 'note' : 'item';
  return {
    id: item.id,
    type,
    position: { x: rect.x, y: rect.y },
    width: rect.width,
    height: rect.height,
    data: { item, problems, running },
    selected,
    zIndex: type === 'frame' ? -2 : 1,
    ariaLabel: accessibleName(item, problems),
    ariaRole: 'group',
    domAttributes: { 'aria-roledescription': kindWords(item).toLowerCase() },
    // The inside of a frame belongs to the canvas: only its title can be taken hold of.
    ...(type === 'frame' ? { dragHandle: `.${FRAME_HANDLE}`, style: { pointerEvents: 'none' as const } } : {}),
  };
}

function isSame(a: CanvasNode, b: CanvasNode): boolean {
  return (
    a.data.item === b.data.item &&
    a.data.running === b.data.running &&
    a.data.problems.errors === b.data.problems.errors &&
    a.data.problems.warnings === b.data.problems.warnings &&
    a.selected === b.selected &&
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height
  );
}
