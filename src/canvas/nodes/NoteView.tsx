/** A note: words for people, which production never reads. */
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import styles from './NoteView.module.css';
import type { CanvasNode } from './node-data.ts';

export const NoteView = memo(function NoteView({ data, selected }: NodeProps<CanvasNode>) {
  const { item } = data;
  if (item.type !== 'note') {
    return null;
  }
  return (
    <div className={styles.note} data-selected={selected}>
      {item.note.title === '' ? null : <b>{item.note.title}</b>}
      <span>{item.note.text}</span>
    </div>
  );
});
