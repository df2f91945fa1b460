/** Where the records of a run come from. Kept in studio.json; evaluated by `runtime/feeds/`. */
import type { FilePath } from '../base/ids.ts';

export interface FeedTarget {
  /** A feed writes to a topic (or stream); every ingress that reads the topic gets the record (S86). */
  readonly topic: string;
}

/**
 * When records arrive, in virtual time from the start of the run.
 * `backlog`: all are in the topic before the run begins (read with startup position earliest).
 */
export type Arrival =
  | { readonly type: 'rate'; readonly perSecond: number; readonly jitter: 'none' | 'poisson' }
  | { readonly type: 'backlog' };

/**
 * `key` and `value` are templates: text with `{{…}}` placeholders, see runtime/feeds/template.ts. The value of a
 * `json` feed must be JSON after the placeholders are filled in.
 */
export interface RecordGenerator extends FeedTarget {
  readonly type: 'generator';
  readonly id: string;
  readonly enabled: boolean;
  readonly arrival: Arrival;
  /** Virtual ms after the start of the run before the first record. */
  readonly startAfterMillis: number;
  /** How many records in all; null for no end. A backlog must have a count. */
  readonly count: number | null;
  readonly key: string;
  readonly value: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** A JSONL or CSV file of the project, one record a line. */
export interface RecordFile extends FeedTarget {
  readonly type: 'file';
  readonly id: string;
  readonly enabled: boolean;
  readonly path: FilePath;
  readonly format: 'jsonl' | 'csv';
  readonly arrival: Arrival;
  readonly startAfterMillis: number;
  /** Field (JSON) or column (CSV) that becomes the record's key; null for a record without key. */
  readonly keyField: string | null;
  /** Field that becomes the value; null: the whole line (a CSV row becomes a JSON object by its header). */
  readonly valueField: string | null;
}

export type Feed = RecordGenerator | RecordFile;
