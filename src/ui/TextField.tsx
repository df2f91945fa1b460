/**
 * A line of text. With `onChange` it is controlled at each key; with `onCommit` it keeps a draft and hands it over at
 * Enter or when focus leaves, and Escape takes the draft back.
 */
import { useState } from 'react';
import { Input, TextArea, TextField as AriaTextField } from 'react-aria-components';
import { FieldLabel, FieldNotes, hasText, isWarned } from './FieldFrame.tsx';
import type { FieldProps } from './FieldFrame.tsx';
import styles from './field.module.css';

/** What react-aria hands to a key handler, as far as it is used here. */
interface FieldKeyEvent {
  readonly key: string;
  continuePropagation(): void;
}

export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange?: (value: string) => void;
  readonly onCommit?: (value: string) => void;
  /** Why a text is not committed: told at the field, which keeps it. Null where nothing is wrong. */
  readonly check?: (value: string) => string | null;
  readonly placeholder?: string | undefined;
  /** For what a machine reads back: identifiers, addresses, templates. */
  readonly mono?: boolean;
  /** Rows of a field with several lines; Enter then makes a new line. */
  readonly rows?: number | undefined;
  readonly type?: 'text' | 'search' | 'url';
  readonly inputClassName?: string | undefined;
}

export function TextField(props: TextFieldProps) {
  const {
    label,
    hint,
    description,
    errorAction,
    value,
    onChange,
    onCommit,
    check,
    placeholder = '',
    mono = false,
    rows,
    inputClassName,
  } = props;
  const [kept, setKept] = useState({ value, draft: value, tried: false });
  if (kept.value !== value) {
    setKept({ value, draft: value, tried: false });
  }
  const draft = kept.value === value ? kept.draft : value;
  const setDraft = (text: string, tried = false) => setKept({ value, draft: text, tried });
  const refusal = kept.tried && draft !== value ? (check?.(draft) ?? null) : null;
  const error = refusal ?? props.error;
  const warned = refusal === null && isWarned(props);
  const drafting = onCommit !== undefined;
  const commit = () => {
    if (!drafting || draft === value) {
      return;
    }
    if (typeof check?.(draft) === 'string') {
      setDraft(draft, true);
    } else {
      onCommit(draft);
    }
  };
  const onKeyDown = (event: FieldKeyEvent) => {
    if (drafting && event.key === 'Escape' && draft !== value) {
      setDraft(value);
      return;
    }
    if (drafting && event.key === 'Enter' && rows === undefined) {
      commit();
    }
    // react-aria keeps a key to the field unless told otherwise: Escape would not reach a dialog around it.
    event.continuePropagation();
  };
  const className = [styles.input, mono ? styles.mono : '', rows === undefined ? '' : styles.area, inputClassName]
    .filter(Boolean)
    .join(' ');
  return (
    <AriaTextField
      className={styles.field ?? ''}
      value={drafting ? draft : value}
      onChange={drafting ? setDraft : (text) => onChange?.(text)}
      onBlur={commit}
      onKeyDown={onKeyDown}
      isInvalid={hasText(error) && !warned}
      data-warned={warned || undefined}
      isDisabled={props.isDisabled ?? false}
      isReadOnly={props.isReadOnly ?? false}
      isRequired={props.isRequired ?? false}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- only dialogs ask for it, where focus has to go somewhere
      autoFocus={props.autoFocus ?? false}
      type={props.type ?? 'text'}
      {...(props.name === undefined ? {} : { name: props.name })}
    >
      <FieldLabel label={label} hint={hint} />
      {rows === undefined ? (
        <Input className={className} placeholder={placeholder} spellCheck={false} autoComplete="off" />
      ) : (
        <TextArea className={className} placeholder={placeholder} rows={rows} spellCheck={false} />
      )}
      <FieldNotes
        description={description}
        error={error}
        errorTone={refusal === null ? props.errorTone : undefined}
        errorAction={refusal === null ? errorAction : undefined}
      />
    </AriaTextField>
  );
}
