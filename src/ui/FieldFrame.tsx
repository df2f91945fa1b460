/** What all fields share: label above with its hint on the right, then a word of help or what is wrong below. */
import type { ReactNode } from 'react';
import { Label, Text } from 'react-aria-components';
import { ErrorNote } from './ErrorNote.tsx';
import styles from './field.module.css';

export interface FieldProps {
  readonly label: ReactNode;
  /** Stands right of the label, e.g. the form of the value. */
  readonly hint?: ReactNode;
  /** One line of help below the field. */
  readonly description?: ReactNode;
  /** What is wrong and what to do; outlines the field. */
  readonly error?: ReactNode;
  /** A warning says what is wrong without making the field invalid. */
  readonly errorTone?: 'error' | 'warning' | undefined;
  /** The fix that the error offers. */
  readonly errorAction?: ReactNode;
  readonly isDisabled?: boolean | undefined;
  readonly isReadOnly?: boolean | undefined;
  readonly isRequired?: boolean | undefined;
  readonly name?: string | undefined;
  readonly autoFocus?: boolean | undefined;
}

export function FieldLabel({ label, hint }: Pick<FieldProps, 'label' | 'hint'>) {
  return (
    <div className={styles.label}>
      <Label>{label}</Label>
      {hint === undefined ? null : <span className={styles.hint}>{hint}</span>}
    </div>
  );
}

/** Only inside a react-aria field, which ties both texts to its input. */
export function FieldNotes({
  description,
  error,
  errorTone = 'error',
  errorAction,
}: Pick<FieldProps, 'description' | 'error' | 'errorTone' | 'errorAction'>) {
  const warns = isWarned({ error, errorTone });
  return (
    <>
      {hasText(error) && !warns ? (
        <Text slot="errorMessage">
          <ErrorNote action={errorAction}>{error}</ErrorNote>
        </Text>
      ) : null}
      {hasText(description) || warns ? (
        <Text slot="description" className={styles.description ?? ''}>
          {warns ? (
            <ErrorNote tone="warning" action={errorAction}>
              {error}
            </ErrorNote>
          ) : null}
          {description}
        </Text>
      ) : null}
    </>
  );
}

/** Not invalid, but something to look at. */
export function isWarned({ error, errorTone }: Pick<FieldProps, 'error' | 'errorTone'>): boolean {
  return hasText(error) && errorTone === 'warning';
}

export function hasText(node: ReactNode): boolean {
  return node !== undefined && node !== null && node !== false && node !== '';
}
