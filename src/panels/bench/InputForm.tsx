/** What goes into the call: address, caller, messages, state before; clock and seed are folded away. */
import { ChevronRight, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { formatClock } from '../run/virtual-clock.ts';
import { addMessage } from './bench-acts.ts';
import type { BenchDraft, DraftFaults } from './bench-draft.ts';
import { setDraft } from './bench-session.ts';
import type { FunctionBench } from './bench-session.ts';
import { CallerFields } from './CallerFields.tsx';
import { parseClock } from './clock-text.ts';
import { MessageEditor } from './MessageEditor.tsx';
import { StateEditor } from './StateEditor.tsx';
import { useBenchStart } from './use-bench-start.ts';
import styles from './Bench.module.css';

export function InputForm({ bench }: { readonly bench: FunctionBench }) {
  const { draft, faults } = bench;
  const [message] = draft.messages;
  const single = draft.messages.length === 1;
  return (
    <div className={styles.form}>
      <div className={`${styles.pair} ${styles.addressPair}`}>
        <TextField label="Address id" mono value={draft.id} onChange={(id) => setDraft({ ...draft, id })} />
        {single && message !== undefined ? <CallerFields draft={draft} index={0} message={message} faults={faults} /> : null}
      </div>
      {draft.messages.map((each, index) => (
        <MessageEditor key={each.key} draft={draft} index={index} message={each} faults={faults} single={single} />
      ))}
      <Button size="small" className={styles.add} icon={<Plus aria-hidden="true" />} onPress={() => addMessage(draft)}>
        {single ? 'Add a message: a batch' : 'Add a message'}
      </Button>
      <StateEditor draft={draft} faults={faults} />
      <ClockAndSeed draft={draft} faults={faults} />
    </div>
  );
}

function ClockAndSeed({ draft, faults }: { readonly draft: BenchDraft; readonly faults: DraftFaults }) {
  const [open, setOpen] = useState(false);
  const startAt = useBenchStart();
  const shown = formatClock(draft.at, startAt);
  const [text, setText] = useState<string | null>(null);
  const at = text === null ? draft.at : parseClock(text, startAt);
  const unfolded = open || faults.has('seed');
  return (
    <div className={styles.fold}>
      <button type="button" className={styles.foldHead} aria-expanded={unfolded} onClick={() => setOpen(!open)}>
        <ChevronRight aria-hidden="true" />
        <span>Clock and seed</span>
        <span className={styles.foldNote}>
          {shown}, seed {draft.seed}
        </span>
      </button>
      {unfolded ? (
        <div className={styles.pair}>
          <TextField
            label="Virtual time"
            mono
            value={text ?? shown}
            error={at === null ? 'Write it as Day 3 04:12:09.250.' : null}
            onChange={(next) => {
              const time = parseClock(next, startAt);
              setText(time === null || formatClock(time, startAt) !== next ? next : null);
              if (time !== null) {
                setDraft({ ...draft, at: time });
              }
            }}
          />
          <NumberField
            label="Seed"
            value={draft.seed}
            step={1}
            error={faults.get('seed')?.message ?? null}
            onChange={(seed) => setDraft({ ...draft, seed: seed ?? 0 })}
          />
        </div>
      ) : null}
    </div>
  );
}
