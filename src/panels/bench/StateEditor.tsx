/** The states that the function finds: one field for each that the code declares. Absent is not the same as empty (S11). */
import { X } from 'lucide-react';
import { useState } from 'react';
import { typename } from '../../base/ids.ts';
import { ABSENT } from '../../protocol/absent-state.ts';
import { emptyValue } from '../../protocol/entered-value.ts';
import type { EnteredValue } from '../../protocol/entered-value.ts';
import { useRun } from '../../state/run-store.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { formatDay, formatTimeOfDay } from '../run/virtual-clock.ts';
import { takeRunState } from './bench-acts.ts';
import { shortType, typeChoices } from './bench-choices.ts';
import type { BenchDraft, DraftFaults, DraftState } from './bench-draft.ts';
import { startValue } from './bench-samples.ts';
import { setDraft } from './bench-session.ts';
import { Section } from './BenchSection.tsx';
import { ValueField } from './MessageEditor.tsx';
import { TypeChoice } from './TypeChoice.tsx';
import { useBenchStart } from './use-bench-start.ts';
import styles from './Bench.module.css';

export function StateEditor({ draft, faults }: { readonly draft: BenchDraft; readonly faults: DraftFaults }) {
  const running = useRun((state) => state.status !== null && !state.status.recordOnly);
  const startAt = useBenchStart();
  const [note, setNote] = useState<string | null>(null);
  const change = (name: string, part: Partial<DraftState>) =>
    setDraft({
      ...draft,
      statesOf: null,
      states: draft.states.map((state) => (state.name === name ? { ...state, ...part } : state)),
    });
  return (
    <Section
      title="State before"
      aside={
        <span className={styles.aside}>
          {draft.statesOf === null ? null : (
            <span className={styles.note}>
              taken from {formatDay(draft.statesOf, startAt)} {formatTimeOfDay(draft.statesOf, startAt).slice(0, 5)}
            </span>
          )}
          {running && draft.states.length > 0 ? (
            <Button variant="link" onPress={() => void takeRunState(draft).then(setNote)}>
              Take from run
            </Button>
          ) : null}
        </span>
      }
    >
      {draft.states.length === 0 ? <p className={styles.quiet}>The function keeps no state.</p> : null}
      {draft.states.map((state) => (
        <StateField
          key={state.name}
          state={state}
          fault={faults.get(`state ${state.name}`) ?? null}
          onChange={(part) => change(state.name, part)}
        />
      ))}
      {note === null ? null : (
        <ErrorNote tone="info" live>
          {note}
        </ErrorNote>
      )}
    </Section>
  );
}

const NO_TYPES = typeChoices(typename(''), { nodes: [], edges: [] }, { functions: [], problems: [] }, []);

/** What was never written begins as its type says. */
function begun(value: EnteredValue): EnteredValue {
  return value.text === emptyValue(value.typename).text ? startValue(value.typename) : value;
}

interface StateFieldProps {
  readonly state: DraftState;
  readonly fault: Parameters<typeof ValueField>[0]['fault'];
  readonly onChange: (part: Partial<DraftState>) => void;
}

function StateField({ state, fault, onChange }: StateFieldProps) {
  const { name, value, present } = state;
  const key = <code className={styles.stateKey}>&quot;{name}&quot;:</code>;
  if (!present) {
    return (
      <div className={styles.absent}>
        {key}
        <span className={styles.absentWord}>{ABSENT}</span>
        <Button variant="link" aria-label={`Give ${name} a value`} onPress={() => onChange({ present: true, value: begun(value) })}>
          Give a value
        </Button>
      </div>
    );
  }
  return (
    <ValueField
      label={`State ${name}`}
      value={value}
      fault={fault}
      maxRows={10}
      onChange={(next) => onChange({ value: next })}
      before={key}
      after={
        <span className={styles.stateTools}>
          {value.typename === '' ? (
            <TypeChoice label={`Type of ${name}`} choices={NO_TYPES} value="" onChange={(type) => onChange({ value: emptyValue(type) })} />
          ) : (
            <span className={styles.stateType} title={value.typename}>
              {shortType(value.typename)}
            </span>
          )}
          <IconButton size="small" label={`Make ${name} absent`} icon={<X />} onPress={() => onChange({ present: false })} />
        </span>
      }
    />
  );
}
