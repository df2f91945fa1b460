/** Where the function stands on the canvas; a click goes there. */
import { useMemo } from 'react';
import { functionNode } from '../model/graph-ids.ts';
import { useDocument } from '../state/document-controller.ts';
import { useView } from '../state/document-store.ts';
import { useShownFunction } from '../state/shown-function.ts';
import { canvasPicture } from './canvas-picture.ts';
import styles from './CodeSide.module.css';

export function CanvasPicture() {
  const { fact } = useShownFunction();
  const graph = useDocument((state) => state.graph);
  const id = fact === null ? null : functionNode(fact.typename);
  const picture = useMemo(() => (id === null ? null : canvasPicture(graph, id)), [graph, id]);
  if (picture === null || id === null || fact === null) {
    return null;
  }
  const show = () => {
    const view = useView.getState();
    view.select([id]);
    view.setView('canvas');
  };
  return (
    <section className={styles.canvas} aria-label="On the canvas">
      <h2 className={styles.canvasHead}>On the canvas</h2>
      <button type="button" className={styles.picture} aria-label={`Show ${fact.typename} on the canvas`} onClick={show}>
        <svg viewBox={`0 0 ${picture.width} ${picture.height}`} height={picture.height} aria-hidden="true">
          {picture.lines.map((line) => (
            <path key={line.d} d={line.d} className={`${styles.line} ${styles[line.origin]}`} />
          ))}
          {picture.boxes.map((box) => (
            <g key={box.id} className={`${styles[box.kind]} ${box.id === id ? styles.self : ''}`}>
              <rect
                x={box.x}
                y={box.y}
                width={box.width}
                height={box.height}
                rx={box.kind === 'ingress' || box.kind === 'router' ? 9 : 6}
              />
              <text x={box.x + box.width / 2} y={box.y + box.height / 2 + 4} textAnchor="middle">
                {box.label}
              </text>
            </g>
          ))}
        </svg>
        {picture.more === 0 ? null : <span className={styles.quiet}>and {picture.more} more</span>}
      </button>
    </section>
  );
}
