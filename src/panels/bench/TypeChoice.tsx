/** The type of a value, at the right of its label: one that is known here, or any other by its typename. */
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button, Input, ListBox, ListBoxItem, Popover, Select, SelectValue, Text, TextField } from 'react-aria-components';
import { builtInForm } from '../../protocol/entered-value.ts';
import type { ValueForm } from '../../protocol/entered-value.ts';
import type { TypeChoice as Choice } from './bench-choices.ts';
import selectStyles from '../../ui/Select.module.css';
import { useTypeNames } from './type-names.ts';
import styles from './Bench.module.css';

const OTHER = 'other type';
const FORMS: readonly { readonly id: ValueForm; readonly label: string }[] = [
  { id: 'json', label: 'Write the value as JSON' },
  { id: 'text', label: 'Write the value as text' },
  { id: 'base64', label: 'Write the value as bytes, in base64' },
];
const SOURCES: Readonly<Record<Choice['source'], string>> = {
  accepted: 'handled by the function',
  routed: 'routed to it',
  sent: 'sent to it by other functions',
  draft: 'in this draft',
  'built-in': 'built in',
};

export interface TypeChoiceProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChange: (typename: string) => void;
  /** How the value is written, where its type leaves that open. */
  readonly form?: ValueForm;
  readonly onForm?: (form: ValueForm) => void;
}

export function TypeChoice({ label, choices, value, onChange, form, onForm }: TypeChoiceProps) {
  const nameOf = useTypeNames();
  const [writing, setWriting] = useState(false);
  if (writing) {
    return (
      <TypeText
        label={label}
        value={value}
        onCommit={(next) => {
          setWriting(false);
          if (next !== '' && next !== value) {
            onChange(next);
          }
        }}
      />
    );
  }
  const known = choices.find((choice) => choice.typename === value);
  const shown = known?.name ?? (value === '' ? 'type' : nameOf(value));
  return (
    <Select
      aria-label={label}
      value={known === undefined ? null : value}
      placeholder={shown}
      onChange={(key) => {
        const written = FORMS.find((candidate) => candidate.id === key);
        if (written !== undefined) {
          onForm?.(written.id);
        } else if (key === OTHER) {
          setWriting(true);
        } else {
          onChange(String(key));
        }
      }}
    >
      <Button className={styles.type ?? ''}>
        <SelectValue className={styles.typeName ?? ''}>{() => shown}</SelectValue>
        <ChevronDown aria-hidden="true" />
      </Button>
      <Popover className={selectStyles.popover ?? ''} placement="bottom end" offset={4}>
        <ListBox className={selectStyles.list ?? ''}>
          {choices.map(({ typename, name, source }) => (
            <ListBoxItem key={typename} id={typename} textValue={name} className={selectStyles.item ?? ''}>
              <span className={selectStyles.text}>
                <Text slot="label">{name}</Text>
                <Text slot="description" className={selectStyles.description ?? ''}>
                  {typename}, {SOURCES[source]}
                </Text>
              </span>
            </ListBoxItem>
          ))}
          <ListBoxItem key={OTHER} id={OTHER} textValue="Another type" className={selectStyles.item ?? ''}>
            <Text slot="label">Another type…</Text>
          </ListBoxItem>
          {onForm === undefined || builtInForm(value) !== null
            ? null
            : FORMS.filter(({ id }) => id !== form).map(({ id, label: words }) => (
                <ListBoxItem key={id} id={id} textValue={words} className={selectStyles.item ?? ''}>
                  <Text slot="label">{words}</Text>
                </ListBoxItem>
              ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

function TypeText({
  label,
  value,
  onCommit,
}: {
  readonly label: string;
  readonly value: string;
  readonly onCommit: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  return (
    <TextField
      aria-label={`${label}: namespace/name`}
      value={text}
      onChange={setText}
      autoFocus
      onBlur={() => onCommit(text.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          onCommit(text.trim());
        } else if (event.key === 'Escape') {
          onCommit(value);
        } else {
          event.continuePropagation();
        }
      }}
      className={styles.typeText ?? ''}
    >
      <Input placeholder="namespace/name" spellCheck={false} autoComplete="off" />
    </TextField>
  );
}
