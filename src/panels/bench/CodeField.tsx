/** A value in the colours of JSON that one types into: a text area over its own coloured picture, and a wavy line where it is wrong. */
import { useId } from 'react';
import type { ReactNode } from 'react';
import type { EntryFault } from '../../protocol/entered-value.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Coloured } from '../run/ValueCode.tsx';
import styles from './CodeField.module.css';

export interface CodeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly fault?: EntryFault | null;
  readonly placeholder?: string;
  /** Off for plain text, where quotes and numbers mean nothing. */
  readonly coloured?: boolean;
  /** So many lines are shown before the field scrolls. */
  readonly maxRows?: number;
  /** Stand in the box, left and right of the text; over it where it has more than one line. */
  readonly before?: ReactNode;
  readonly after?: ReactNode;
}

/** Beyond this a value is not coloured: each key would colour all of it anew. */
const COLOURED_LENGTH = 20_000;

export function CodeField(props: CodeFieldProps) {
  const { label, value, onChange, fault = null, placeholder = '', coloured = true, maxRows = 14, before, after } = props;
  const note = useId();
  const lines = value.split('\n').length;
  const rows = Math.min(maxRows, lines);
  const tall = lines > 1 && (before !== undefined || after !== undefined);
  return (
    <div className={styles.field}>
      <div className={`${styles.box} ${tall ? styles.tall : ''} ${fault === null ? '' : styles.wrong}`}>
        {before}
        <div className={styles.scroll} style={{ maxHeight: `${maxRows * 17 + 14}px` }}>
          <div className={styles.stack}>
            <pre className={styles.picture} aria-hidden="true">
              {coloured && value.length <= COLOURED_LENGTH ? <Coloured text={value} /> : value}
              {'\n'}
            </pre>
            {fault === null || fault.at === null ? null : (
              <pre className={styles.faults} aria-hidden="true">
                {value.slice(0, fault.at)}
                <span className={styles.fault}>{faultText(value, fault.at)}</span>
              </pre>
            )}
            <textarea
              className={styles.input}
              aria-label={label}
              aria-invalid={fault !== null}
              aria-describedby={fault === null ? undefined : note}
              value={value}
              rows={rows}
              placeholder={placeholder}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              onChange={(event) => onChange(event.target.value)}
            />
          </div>
        </div>
        {after}
      </div>
      {fault === null ? null : (
        <span id={note}>
          <ErrorNote>{fault.message}</ErrorNote>
        </span>
      )}
    </div>
  );
}

/** What is underlined: the word that is wrong, at least one character. */
function faultText(value: string, at: number): string {
  return /^(?:[\w.-]+|[^\n])/.exec(value.slice(at))?.[0] ?? ' ';
}
