/** One of a few named choices. */
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue, Text } from 'react-aria-components';
import { FieldLabel, FieldNotes, hasText, isWarned } from './FieldFrame.tsx';
import type { FieldProps } from './FieldFrame.tsx';
import fieldStyles from './field.module.css';
import styles from './Select.module.css';

export interface SelectItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon?: ReactNode;
  readonly isDisabled?: boolean | undefined;
}

export interface SelectProps<Id extends string> extends FieldProps {
  readonly items: readonly SelectItem<Id>[];
  /** Null shows the placeholder. */
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  readonly placeholder?: string | undefined;
  readonly mono?: boolean;
}

export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, hint, description, error, errorAction, items, value, onChange, placeholder = 'Choose', mono = false } = props;
  const warned = isWarned(props);
  return (
    <AriaSelect
      className={fieldStyles.field ?? ''}
      value={value}
      onChange={(key) => {
        const item = items.find((candidate) => candidate.id === key);
        if (item !== undefined) {
          onChange(item.id);
        }
      }}
      placeholder={placeholder}
      isInvalid={hasText(error) && !warned}
      data-warned={warned || undefined}
      isDisabled={props.isDisabled ?? props.isReadOnly ?? false}
    >
      <FieldLabel label={label} hint={hint} />
      <Button className={`${fieldStyles.input} ${styles.button} ${mono ? fieldStyles.mono : ''}`}>
        <SelectValue className={styles.value ?? ''}>{({ selectedText, defaultChildren }) => selectedText ?? defaultChildren}</SelectValue>
        <ChevronDown aria-hidden="true" />
      </Button>
      <FieldNotes description={description} error={error} errorTone={props.errorTone} errorAction={errorAction} />
      <Popover className={styles.popover ?? ''} offset={4}>
        <ListBox className={styles.list ?? ''} items={items}>
          {(item) => (
            <ListBoxItem id={item.id} textValue={item.label} className={styles.item ?? ''} isDisabled={item.isDisabled ?? false}>
              {item.icon}
              <span className={styles.text}>
                <Text slot="label" className={mono ? (fieldStyles.mono ?? '') : ''}>
                  {item.label}
                </Text>
                {item.description === undefined ? null : (
                  <Text slot="description" className={styles.description ?? ''}>
                    {item.description}
                  </Text>
                )}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
