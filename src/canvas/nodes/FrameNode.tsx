/** An endpoint: a dashed frame around the functions that it serves. Only its title takes the pointer. */
import type { NodeProps } from '@xyflow/react';
import { Radio } from 'lucide-react';
import { memo } from 'react';
import { KindChip } from '../../ui/KindChip.tsx';
import { runElements } from '../run-layer/run-elements.ts';
import styles from './FrameNode.module.css';
import { factsOf } from './node-words.ts';
import type { CanvasNode } from './node-data.ts';

export const FRAME_HANDLE = 'frame-title';

export const FrameNode = memo(function FrameNode({ data, selected }: NodeProps<CanvasNode>) {
  const { item, problems, running } = data;
  return (
    <div ref={runElements.nodeRef(item.id, running)} className={styles.frame} data-selected={selected} data-bad={problems.errors > 0}>
      <div className={`${styles.title} ${FRAME_HANDLE}`}>
        <KindChip kind="endpoint" />
        <b>{item.title}</b>
        {item.type === 'endpoint' && item.remote !== null ? (
          <span className={styles.remote} title={factsOf(item)}>
            <Radio aria-hidden="true" />
            remote
          </span>
        ) : (
          <span className={styles.url}>{factsOf(item)}</span>
        )}
      </div>
      {problems.errors > 0 ? (
        <span className={styles.badge}>{problems.errors === 1 ? '1 problem' : `${problems.errors} problems`}</span>
      ) : null}
      {running ? <span className={styles.inFlight} data-run="inFlight" /> : null}
    </div>
  );
});
