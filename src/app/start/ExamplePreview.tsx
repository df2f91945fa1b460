/** A static picture of an example, drawn from data. */
import type { ExamplePicture } from './example-pictures.ts';
import styles from './ExamplePreview.module.css';

const HEIGHT = 28;

/** The large picture: names in boxes, edges as on the canvas. */
export function ExamplePreview({ picture, label }: { readonly picture: ExamplePicture; readonly label: string }) {
  return (
    <svg
      width={picture.width}
      height={picture.height}
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      role="img"
      aria-label={label}
      className={styles.large}
    >
      <defs>
        <marker
          id="preview-arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0.5 0.8 7.5 4 0.5 7.2z" fill="var(--text-3)" />
        </marker>
      </defs>
      {picture.frame === null ? null : <rect {...picture.frame} rx="8" className={styles.frame} />}
      {picture.edges.map((edge) => (
        <path key={edge.path} d={edge.path} className={edge.routed ? styles.routed : styles.send} markerEnd="url(#preview-arrow)" />
      ))}
      {picture.nodes.map((node) => (
        <g key={node.name} className={styles[node.kind]}>
          <rect x={node.x} y={node.y} width={node.width} height={HEIGHT} rx={node.kind === 'function' ? 6 : 12} className={styles.box} />
          <rect x={node.x + 8} y={node.y + 9} width="10" height="10" rx="2.5" className={styles.chip} />
          <text x={node.x + 24} y={node.y + 18} className={styles.name}>
            {node.name}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** The small picture: shapes only, so it is decoration beside the name. */
export function ExampleGlyph({ picture }: { readonly picture: ExamplePicture }) {
  return (
    <svg width="88" height="50" viewBox="-1 0 90 50" aria-hidden="true">
      {picture.edges.map((edge) => (
        <path key={edge.path} d={edge.path} className={styles.line} />
      ))}
      {picture.nodes.map((node) => (
        <rect
          key={node.name}
          x={node.x}
          y={node.y}
          width={node.width}
          height="10"
          rx="3"
          className={`${styles.shape} ${styles[node.kind]}`}
        />
      ))}
    </svg>
  );
}
