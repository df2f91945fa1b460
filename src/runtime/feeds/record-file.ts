/** The records of a JSONL or CSV file, without their times. */
import type { JsonValue } from '../../base/json.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { encodeUtf8 } from '../../base/text-encoding.ts';
import type { RecordFile } from '../../model/feed.ts';
import { parseCsv } from './csv.ts';

export interface FileRecord {
  readonly key: string | null;
  readonly value: Uint8Array | null;
}

export interface FileError {
  readonly field: 'path' | 'keyField' | 'valueField';
  readonly message: string;
}

export function readRecordFile(feed: RecordFile, text: string): Result<readonly FileRecord[], readonly FileError[]> {
  return feed.format === 'csv' ? readCsv(feed, text) : readJsonLines(feed, text);
}

function readCsv(feed: RecordFile, text: string): Result<readonly FileRecord[], readonly FileError[]> {
  const table = parseCsv(text);
  if (!table.ok) {
    return err(table.error.map(({ line, message }) => ({ field: 'path', message: `Line ${line}: ${message}` })));
  }
  const { header, rows } = table.value;
  const errors: FileError[] = [];
  for (const field of ['keyField', 'valueField'] as const) {
    const name = feed[field];
    if (name !== null && !header.includes(name)) {
      errors.push({ field, message: `There is no column “${name}”. The columns are ${header.join(', ')}.` });
    }
  }
  if (errors.length > 0) {
    return err(errors);
  }
  const keyColumn = feed.keyField === null ? -1 : header.indexOf(feed.keyField);
  const valueColumn = feed.valueField === null ? -1 : header.indexOf(feed.valueField);
  return ok(
    rows.map(({ fields }) => {
      const whole = (): string => JSON.stringify(Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])));
      return { key: fields[keyColumn] ?? null, value: encodeUtf8(fields[valueColumn] ?? whole()) };
    }),
  );
}

function readJsonLines(feed: RecordFile, text: string): Result<readonly FileRecord[], readonly FileError[]> {
  const records: FileRecord[] = [];
  const errors: FileError[] = [];
  const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split(/\r?\n/);
  lines.forEach((line, index) => {
    if (line.trim() === '') {
      return;
    }
    const record = readJsonLine(feed, line);
    if (record.ok) {
      records.push(record.value);
    } else {
      errors.push({ field: record.error.field, message: `Line ${index + 1}: ${record.error.message}` });
    }
  });
  return errors.length > 0 ? err(errors) : ok(records);
}

function readJsonLine(feed: RecordFile, line: string): Result<FileRecord, FileError> {
  let parsed: JsonValue;
  try {
    parsed = JSON.parse(line) as JsonValue;
  } catch (error) {
    return err({ field: 'path', message: `this is not JSON: ${(error as Error).message}.` });
  }
  const key = feed.keyField === null ? ok(null) : fieldOf(parsed, feed.keyField, 'keyField');
  if (!key.ok) {
    return key;
  }
  // The line's own bytes where it is the value: parsing and writing again could change its numbers.
  const value = feed.valueField === null ? ok(line.trim()) : fieldOf(parsed, feed.valueField, 'valueField');
  return value.ok ? ok({ key: key.value, value: value.value === null ? null : encodeUtf8(value.value) }) : value;
}

/** Text of a field: strings as they are, null for null, anything else as JSON. */
function fieldOf(line: JsonValue, name: string, field: 'keyField' | 'valueField'): Result<string | null, FileError> {
  if (!isObject(line) || !Object.hasOwn(line, name)) {
    return err({ field, message: `there is no field “${name}”.` });
  }
  const value = line[name] ?? null;
  return ok(value === null || typeof value === 'string' ? value : JSON.stringify(value));
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
