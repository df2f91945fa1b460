/** The line about the last act, until the next one or until it is closed. */
import { X } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { showNotice, useNotice } from './notice.ts';
import styles from './NoticeLine.module.css';

export function NoticeLine() {
  const notice = useNotice((state) => state.notice);
  return (
    <div className={notice === null ? undefined : `${styles.line} ${styles.bottom}`} role="status">
      {notice === null ? null : (
        <>
          <ErrorNote tone={notice.tone ?? 'info'}>{notice.text}</ErrorNote>
          {notice.action === undefined ? null : (
            <Button
              variant="link"
              onPress={() => {
                notice.action?.run();
                showNotice(null);
              }}
            >
              {notice.action.label}
            </Button>
          )}
          <IconButton size="small" label="Close" icon={<X />} onPress={() => showNotice(null)} />
        </>
      )}
    </div>
  );
}
