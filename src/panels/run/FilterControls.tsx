/** Small labelled controls for a panel's row of tools. Native select and input: a row of tools has no room for more. */
import { ChevronDown, Search, X } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import styles from './FilterControls.module.css';

export interface FilterOption {
  readonly id: string;
  readonly label: string;
}
export interface FilterOptionGroup {
  readonly label: string;
  readonly options: readonly FilterOption[];
}

export interface FilterSelectProps {
  readonly label: string;
  /** The choice that does not filter, with the empty id; null where one must be chosen. */
  readonly all: string | null;
  readonly groups: readonly FilterOptionGroup[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

export function FilterSelect({ label, all, groups, value, onChange }: FilterSelectProps) {
  return (
    <span className={styles.choice}>
      <select
        className={`${styles.control} ${styles.select} ${value === '' ? '' : styles.active}`}
        aria-label={label}
        title={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {all === null ? null : <option value="">{all}</option>}
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.options.map((option) => (
              <option key={option.id} value={option.id}>
                {option.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <ChevronDown className={styles.chevron} aria-hidden="true" />
    </span>
  );
}

export interface FilterTextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly width?: 'narrow' | 'wide';
}

const PAUSE_AFTER_TYPING = 200;

/** Hands its text over when typing pauses, and at once with Enter. */
export function FilterText({ label, value, onChange, width = 'narrow' }: FilterTextProps) {
  const [draft, setDraft] = useState(value);
  const [seen, setSeen] = useState(value);
  const [given, setGiven] = useState(value);
  if (seen !== value) {
    setSeen(value);
    // What only comes back is nothing new: more may have been typed by then.
    if (value !== given) {
      setGiven(value);
      setDraft(value);
    }
  }
  const handOver = () => {
    setGiven(draft);
    onChange(draft);
  };
  const afterPause = useEffectEvent(handOver);
  useEffect(() => {
    if (draft === given) {
      return undefined;
    }
    const timer = setTimeout(() => afterPause(), PAUSE_AFTER_TYPING);
    return () => clearTimeout(timer);
  }, [draft, given]);
  return (
    <span className={`${styles.text} ${styles[width]}`}>
      <Search className={styles.icon} aria-hidden="true" />
      <input
        className={`${styles.control} ${styles.input} ${draft === '' ? '' : styles.active}`}
        type="text"
        aria-label={label}
        placeholder={label}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && draft !== '') {
            event.stopPropagation();
            setDraft('');
          } else if (event.key === 'Enter' && draft !== given) {
            handOver();
          }
        }}
      />
      {draft === '' ? null : (
        <button type="button" className={styles.clear} aria-label={`Clear ${label.toLowerCase()}`} onClick={() => setDraft('')}>
          <X aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
