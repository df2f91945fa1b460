/** Text that a machine reads back, in a box: JSON and protobuf text in four colours, or the lines of a diff. */
// What scrolls must be reachable by keyboard, and a box of text is no landmark.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex */
import type { CSSProperties } from 'react';
import { jsonTokens } from './json-tokens.ts';
import type { DiffLine } from './state-diff.ts';
import styles from './ValueCode.module.css';

/** Beyond this a value is cut: colouring a megabyte would hold the page. */
const SHOWN_LENGTH = 20_000;

export function ValueCode({ text, label }: { readonly text: string; readonly label: string }) {
  const shown = text.length > SHOWN_LENGTH ? text.slice(0, SHOWN_LENGTH) : text;
  return (
    <pre className={styles.code} aria-label={label} role="group" tabIndex={0}>
      {shown.split(/(?<=\n)/).map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className={styles.hanging} style={hanging(line)}>
          <Coloured text={line} />
        </span>
      ))}
      {shown.length < text.length ? (
        <span className={styles.cut}>{`\n… ${text.length - shown.length} more characters; Copy takes all of them`}</span>
      ) : null}
    </pre>
  );
}

/** What goes on in the next row stands two places right of where its line begins. */
function hanging(line: string): CSSProperties {
  const places = line.length - line.trimStart().length + 2;
  return { paddingLeft: `${places}ch`, textIndent: `-${places}ch` };
}

export function DiffCode({ lines, label }: { readonly lines: readonly DiffLine[]; readonly label: string }) {
  return (
    <pre className={styles.code} aria-label={label} role="group" tabIndex={0}>
      {lines.map((line, index) => (
        // Lines have no identity of their own; the whole diff is replaced at once.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className={`${styles.line} ${line.sign === '+' ? styles.added : line.sign === '-' ? styles.removed : ''}`}>
          {line.sign}
          {line.text === '…' ? (
            <span className={styles.cut}> …</span>
          ) : (
            <>
              {' '}
              <Coloured text={line.text} />
            </>
          )}
        </span>
      ))}
    </pre>
  );
}

/** One line of a value inside a table or a list. */
export function ValueInline({ text }: { readonly text: string }) {
  return <span className={styles.inline}>{text}</span>;
}

/** The text in the colours of JSON. */
export function Coloured({ text }: { readonly text: string }) {
  return jsonTokens(text).map((token, index) => (
    // oxlint-disable-next-line react/no-array-index-key
    <span key={index} className={styles[token.kind]}>
      {token.text}
    </span>
  ));
}
