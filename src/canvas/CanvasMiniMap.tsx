/** The whole graph small, and which part of it is in view. Drag or click to go there. */
import { MiniMap, useNodes } from '@xyflow/react';
import type { MiniMapNodeProps } from '@xyflow/react';
import { nodeId } from '../base/ids.ts';
import { nodeKind } from '../model/graph-ids.ts';
import styles from './CanvasMiniMap.module.css';
import { KIND_COLOUR } from './kind-colours.ts';

const SIZE = { width: 140, height: 88 };

export function CanvasMiniMap() {
  const isEmpty = useNodes().length === 0;
  return isEmpty ? null : (
    <MiniMap
      className={styles.map ?? ''}
      style={SIZE}
      nodeComponent={MapItem}
      pannable
      zoomable
      zoomStep={2}
      ariaLabel="Map of the canvas"
      bgColor="var(--bg-raised)"
      maskColor="transparent"
      maskStrokeColor="var(--text-3)"
      maskStrokeWidth={1}
      offsetScale={2}
    />
  );
}

function MapItem({ id, x, y, width, height }: MiniMapNodeProps) {
  const kind = nodeKind(nodeId(id));
  const isFrame = kind === 'endpoint';
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={height}
      rx={12}
      className={isFrame ? styles.frame : kind === 'note' ? styles.note : styles.item}
      style={isFrame ? { stroke: KIND_COLOUR[kind] } : kind === 'note' ? {} : { fill: KIND_COLOUR[kind] }}
    />
  );
}
