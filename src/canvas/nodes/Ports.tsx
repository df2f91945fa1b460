/** Where an edge is drawn from: a port on each side, shown while the item is pointed at or selected. */
import { use } from 'react';
import type { GraphNode } from '../../model/graph.ts';
import { CanvasActs } from './canvas-acts.ts';
import styles from './Ports.module.css';

const SIDES = ['right', 'bottom', 'left', 'top'] as const;

export function Ports({ item }: { readonly item: GraphNode }) {
  const { startConnecting } = use(CanvasActs);
  const canStart = item.type === 'ingress' || item.type === 'router' || item.type === 'function';
  if (!canStart || startConnecting === null) {
    return null;
  }
  return SIDES.map((side) => (
    <span
      key={side}
      className={`nodrag nopan ${styles.port} ${styles[side] ?? ''}`}
      data-port={side}
      aria-hidden="true"
      onPointerDown={(event) => startConnecting(item.id, event)}
    />
  ));
}
