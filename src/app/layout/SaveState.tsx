/** Whether the edits are on disk: *Saved* only after the worker said so. */
import { Check, CircleX, Lock } from 'lucide-react';
import { useDocument } from '../../state/document-controller.ts';
import styles from './SaveState.module.css';

export function SaveState() {
  const save = useDocument((state) => state.save);
  return (
    <output className={styles.state} data-save={save}>
      {save === 'saved' ? <Check aria-hidden="true" /> : null}
      {save === 'failed' ? <CircleX aria-hidden="true" /> : null}
      {save === 'read-only' ? <Lock aria-hidden="true" /> : null}
      {WORDS[save]}
    </output>
  );
}

const WORDS = { saved: 'Saved', saving: 'Saving', failed: 'Not saved', 'read-only': 'Read-only' } as const;
