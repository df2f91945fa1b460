/** Who sent a message: an ingress, which a function sees as no caller, or an address of a function. */
import { useMemo } from 'react';
import { useDocument } from '../../state/document-controller.ts';
import { KindIcon } from '../../ui/KindChip.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { changeMessage, chooseCaller } from './bench-acts.ts';
import { callerChoiceOf, callerChoices } from './bench-choices.ts';
import type { BenchDraft, DraftFaults, DraftMessage } from './bench-draft.ts';
import styles from './Bench.module.css';

const OTHER = 'other';

export interface CallerFieldsProps {
  readonly draft: BenchDraft;
  readonly index: number;
  readonly message: DraftMessage;
  readonly faults: DraftFaults;
}

export function CallerFields({ draft, index, message, faults }: CallerFieldsProps) {
  const graph = useDocument((state) => state.graph);
  const facts = useDocument((state) => state.facts);
  const choices = useMemo(() => callerChoices(draft.typename, graph, facts), [draft.typename, graph, facts]);
  const { caller } = message;
  const chosen = callerChoiceOf(caller);
  const listed = choices.some((choice) => choice.id === chosen);
  const ingress =
    caller.type === 'ingress' && !listed ? [{ id: chosen, label: caller.ingress ?? 'an ingress', kind: 'ingress' as const }] : [];
  const items = [...ingress, ...choices].map(({ id, label, kind }) => ({
    id,
    label,
    icon: <KindIcon kind={kind} />,
    description: kind === 'ingress' ? 'an ingress: context.caller is null' : undefined,
  }));
  return (
    <>
      <Select
        label="From"
        mono
        items={[...items, { id: OTHER, label: 'another function…', icon: <KindIcon kind="function" />, description: undefined }]}
        value={caller.type === 'function' && !listed ? OTHER : chosen}
        onChange={(id) => chooseCaller(draft, index, id === OTHER ? 'function:' : id)}
      />
      {caller.type === 'ingress' ? null : (
        <div className={listed ? styles.callerId : styles.callerPair}>
          {listed ? null : (
            <TextField
              label="Caller’s typename"
              mono
              value={caller.typename}
              error={faults.get(`caller ${index}`)?.message ?? null}
              onChange={(typename) => changeMessage(draft, index, { caller: { ...caller, typename } })}
            />
          )}
          <TextField
            label="Caller’s id"
            mono
            value={caller.id}
            onChange={(id) => changeMessage(draft, index, { caller: { ...caller, id } })}
          />
        </div>
      )}
    </>
  );
}
