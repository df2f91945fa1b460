/** The line that follows the pointer while an edge is drawn, and the reason when it cannot end there. */
import { ViewportPortal } from '@xyflow/react';
import { createPortal } from 'react-dom';
import styles from './ConnectLine.module.css';
import { useConnect } from './connect-store.ts';

export function ConnectLine() {
  const { from, start, end, pointer, over, reason, valid } = useConnect();
  if (from === null) {
    return null;
  }
  const isValid = over !== null && valid.has(over);
  return (
    <>
      <ViewportPortal>
        <svg className={styles.line} aria-hidden="true">
          <path d={`M${start.x} ${start.y} L${end.x} ${end.y}`} data-valid={isValid} />
          <circle cx={end.x} cy={end.y} r={3} data-valid={isValid} />
        </svg>
      </ViewportPortal>
      {reason === null
        ? null
        : createPortal(
            <div className={styles.reason} role="status" style={{ left: pointer.x + 14, top: pointer.y + 14 }}>
              {reason}
            </div>,
            document.body,
          )}
    </>
  );
}
