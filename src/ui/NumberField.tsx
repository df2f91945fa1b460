/** A number, handed over when typing ends (Enter, blur, arrow keys). Null where the field is empty. */
import { Group, Input, NumberField as AriaNumberField } from 'react-aria-components';
import { FieldLabel, FieldNotes, hasText, isWarned } from './FieldFrame.tsx';
import type { FieldProps } from './FieldFrame.tsx';
import styles from './field.module.css';

export interface NumberFieldProps extends FieldProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly minValue?: number | undefined;
  readonly maxValue?: number | undefined;
  readonly step?: number | undefined;
  /** Shown after the number, e.g. `ms`. */
  readonly unit?: string | undefined;
  readonly placeholder?: string | undefined;
}

export function NumberField(props: NumberFieldProps) {
  const { label, hint, description, error, errorAction, value, onChange, minValue, maxValue, step, unit, placeholder = '' } = props;
  const warned = isWarned(props);
  return (
    <AriaNumberField
      className={styles.field ?? ''}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      formatOptions={{ useGrouping: false, maximumFractionDigits: 6 }}
      isInvalid={hasText(error) && !warned}
      data-warned={warned || undefined}
      isDisabled={props.isDisabled ?? false}
      isReadOnly={props.isReadOnly ?? false}
      {...(minValue === undefined ? {} : { minValue })}
      {...(maxValue === undefined ? {} : { maxValue })}
      {...(step === undefined ? {} : { step })}
    >
      <FieldLabel label={label} hint={hint} />
      <Group className={`${styles.input} ${styles.group}`}>
        <Input placeholder={placeholder} autoComplete="off" />
        {unit === undefined ? null : (
          <span className={styles.unit} aria-hidden="true">
            {unit}
          </span>
        )}
      </Group>
      <FieldNotes description={description} error={error} errorTone={props.errorTone} errorAction={errorAction} />
    </AriaNumberField>
  );
}
