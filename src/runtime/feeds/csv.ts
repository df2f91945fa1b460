/** CSV as RFC 4180 has it: fields apart by commas, quotes around fields with commas, quotes or line breaks, a header row. */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';

export interface CsvRow {
  /** One-based line on which the row begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
}

export interface CsvError {
  readonly line: number;
  readonly message: string;
}

/** Every row of the table has as many fields as the header. Blank lines are skipped. */
export function parseCsv(text: string): Result<CsvTable, readonly CsvError[]> {
  const read = readRows(text.startsWith('\uFEFF') ? text.slice(1) : text);
  if (!read.ok) {
    return err([read.error]);
  }
  const [head, ...rows] = read.value;
  if (head === undefined) {
    return err([{ line: 1, message: 'The file is empty: the first line has to name the columns.' }]);
  }
  const header = head.fields;
  const errors: CsvError[] = [];
  header.forEach((name, index) => {
    if (name.trim() === '') {
      errors.push({ line: head.line, message: `Column ${index + 1} has no name.` });
    } else if (header.indexOf(name) < index) {
      errors.push({ line: head.line, message: `Two columns are named “${name}”.` });
    }
  });
  for (const row of rows) {
    if (row.fields.length !== header.length) {
      errors.push({ line: row.line, message: `${count(row.fields.length)} where the header has ${header.length}.` });
    }
  }
  return errors.length > 0 ? err(errors) : ok({ header, rows });
}

function count(fields: number): string {
  return fields === 1 ? '1 field' : `${fields} fields`;
}

function readRows(text: string): Result<CsvRow[], CsvError> {
  const rows: CsvRow[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = line;
    const fields: string[] = [];
    for (;;) {
      const quoted = text[at] === '"';
      const field = quoted ? readQuoted(text, at) : readPlain(text, at);
      if (field === null) {
        return err({ line, message: 'A quoted field begins here and is never closed.' });
      }
      fields.push(field.value);
      line += lineBreaks(text.slice(at, field.end));
      at = field.end;
      if (text[at] === ',') {
        at += 1;
        continue;
      }
      const ending = lineEnd(text, at);
      if (ending === null) {
        return err({ line, message: 'Text follows the closing quote of a field: write quotes inside a quoted field twice.' });
      }
      at = ending;
      line += 1;
      break;
    }
    if (fields.length > 1 || fields[0] !== '') {
      rows.push({ line: start, fields });
    }
  }
  return ok(rows);
}

interface ReadField {
  readonly value: string;
  readonly end: number;
}

function readPlain(text: string, from: number): ReadField {
  let end = from;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') {
    end += 1;
  }
  return { value: text.slice(from, end), end };
}

function readQuoted(text: string, from: number): ReadField | null {
  let end = from + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) {
      return null;
    }
    if (text[end + 1] !== '"') {
      return { value: text.slice(from + 1, end).replaceAll('""', '"'), end: end + 1 };
    }
    end += 2;
  }
}

/** Where the next line begins, or null when the line does not end here. */
function lineEnd(text: string, at: number): number | null {
  if (at >= text.length) {
    return at;
  }
  if (text[at] === '\r') {
    return text[at + 1] === '\n' ? at + 2 : at + 1;
  }
  return text[at] === '\n' ? at + 1 : null;
}

function lineBreaks(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}
