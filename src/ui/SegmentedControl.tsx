/** One of a few choices, all in view. */
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import styles from './SegmentedControl.module.css';

export interface SegmentedControlProps<Id extends string> {
  readonly label: string;
  readonly items: readonly { readonly id: Id; readonly label: ReactNode; readonly accessibleLabel?: string | undefined }[];
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  readonly size?: 'small' | 'normal';
  readonly isDisabled?: boolean;
}

export function SegmentedControl<Id extends string>(props: SegmentedControlProps<Id>) {
  const { label, items, value, onChange, size = 'normal', isDisabled = false } = props;
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={`${styles.group} ${styles[size]}`}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={isDisabled}
      selectedKeys={value === null ? [] : [value]}
      onSelectionChange={(keys) => {
        const item = items.find((candidate) => keys.has(candidate.id));
        if (item !== undefined) {
          onChange(item.id);
        }
      }}
    >
      {items.map((item) => (
        <ToggleButton
          key={item.id}
          id={item.id}
          className={styles.item ?? ''}
          {...(item.accessibleLabel === undefined ? {} : { 'aria-label': item.accessibleLabel })}
        >
          {item.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
