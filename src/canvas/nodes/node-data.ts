/** What React Flow's nodes carry for their views. */
import type { Node } from '@xyflow/react';
import type { GraphNode } from '../../model/graph.ts';
import type { ProblemCount } from './node-words.ts';

export interface ItemData extends Record<string, unknown> {
  readonly item: GraphNode;
  readonly problems: ProblemCount;
  /** A run exists: line 2 shows its numbers. */
  readonly running: boolean;
}
export type CanvasNode = Node<ItemData, 'item' | 'frame' | 'note'>;
