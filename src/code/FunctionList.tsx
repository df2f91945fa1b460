/** States, messages and timers of the function around the cursor; a click goes to the place. */
import { useMemo } from 'react';
import { Database, Globe, LogOut, Mail, Send, Timer } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useView } from '../state/document-store.ts';
import { useShownFunction } from '../state/shown-function.ts';
import { textNow } from '../state/text-now.ts';
import { functionOutline } from './function-outline.ts';
import type { OutlineEntry } from './function-outline.ts';
import styles from './CodeSide.module.css';

const ICONS: Readonly<Record<OutlineEntry['kind'], LucideIcon>> = {
  state: Database,
  in: Mail,
  out: Send,
  egress: LogOut,
  timer: Timer,
  fetch: Globe,
};

export function FunctionList() {
  const { fact } = useShownFunction();
  // The function is read anew when typing pauses: until then the list stays.
  const entries = useMemo(() => {
    const text = fact === null ? null : textNow(fact.path);
    return fact === null || text === null ? null : functionOutline(fact, text);
  }, [fact]);
  if (fact === null || entries === null) {
    return null;
  }
  return (
    <section className={styles.part} aria-label="In this function">
      <h2 className={styles.head} title={fact.typename}>
        In this function
      </h2>
      {entries.length === 0 ? <p className={styles.quiet}>No states, and no messages that the code names.</p> : null}
      <ul className={styles.entries}>
        {entries.map((entry) => (
          <li key={`${entry.kind}:${entry.name}:${entry.range.from}`}>
            <Entry entry={entry} onOpen={() => useView.getState().openFile(fact.path, entry.range)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const WORDS: Readonly<Record<OutlineEntry['kind'], string>> = {
  state: 'state',
  in: 'message',
  out: 'message',
  egress: 'egress',
  timer: 'timer',
  fetch: 'outside call',
};

function Entry({ entry, onOpen }: { readonly entry: OutlineEntry; readonly onOpen: () => void }) {
  const Icon = ICONS[entry.kind];
  return (
    <button type="button" className={styles.entry} title={`${WORDS[entry.kind]} ${entry.name}: go to it`} onClick={onOpen}>
      <Icon aria-hidden="true" />
      <span className={styles.entryName}>{entry.name}</span>
      <span className={styles.entryNote}>{entry.note}</span>
    </button>
  );
}
