/** Expectations about the records of an egress. Pure: the records come from a simulated topic, or from a real one. */
import type { Mismatch } from '../outcome.ts';
import type { EgressExpectation, RecordMatch, RecordOrder } from '../scenario.ts';
import { countMismatch } from './count.ts';
import { align, shorten } from './line-diff.ts';
import type { DiffLine } from './line-diff.ts';
import { valueDiff } from './value-diff.ts';
import { matchesValue, shownMatch, shownValue } from './values.ts';

/** A record that the egress wrote, already one of those that the expectation is about. */
export interface WrittenRecord {
  readonly topic: string;
  readonly key: string | null;
  readonly value: Uint8Array;
}

const SHOWN = 20;
const WIDE = 100;

/** All that is wrong, or null. `records` are in the order in which they were written. */
export function checkEgress(expectation: EgressExpectation, records: readonly WrittenRecord[]): Mismatch | null {
  const what = subject(expectation);
  const { count, include } = expectation;
  const there = records.slice(0, SHOWN).map((record) => shownRecord(record));
  const counted = count === null ? null : countMismatch(count, records.length, what, there);
  if (counted !== null) {
    return counted;
  }
  const missing = include.filter((match) => !records.some((record) => matchesRecord(match, record)));
  if (missing.length > 0) {
    const closest = missing.map((match) => missingDiff(match, records));
    return {
      message: `${what}: ${missing.length === 1 ? 'one expected record is' : `${missing.length} expected records are`} not among the ${records.length} there.`,
      expected: missing.map(shownExpected).join('\n'),
      actual: records.map(shownRecord).join('\n'),
      diff: [...closest.flat(), ...there.map((text) => ({ mark: ' ' as const, text }))],
    };
  }
  return expectation.records === null ? null : checkList(what, expectation.records.list, expectation.records.order, records);
}

function subject({ egress, topic, key, read }: EgressExpectation): string {
  const where = topic === null ? '' : `, topic ${topic}`;
  return `Records of egress ${egress}${where}${key === null ? '' : `, key ${JSON.stringify(key)}`}${read === 'uncommitted' ? ', uncommitted ones too' : ''}`;
}

export function matchesRecord({ key, value }: RecordMatch, record: WrittenRecord): boolean {
  return (key === undefined || key === record.key) && (value === null || matchesValue(value, { typename: '', bytes: record.value }));
}

function checkList(what: string, list: readonly RecordMatch[], order: RecordOrder, records: readonly WrittenRecord[]): Mismatch | null {
  const diff = order === 'any' ? anyOrder(list, records) : order === 'in-order' ? inOrder(list, records) : perKey(list, records);
  if (diff.every(({ mark }) => mark === ' ')) {
    return null;
  }
  const how = { 'in-order': ', in this order', 'per-key': ', each key in this order', any: ', in any order' }[order];
  const missing = diff.filter(({ mark }) => mark === '-').length;
  return {
    message: `${what}: expected ${list.length}${how}, found ${records.length}${missing === 0 ? ' with others between' : ''}.`,
    expected: list.map(shownExpected).join('\n'),
    actual: records.map(shownRecord).join('\n'),
    diff: shorten(diff),
  };
}

function inOrder(list: readonly RecordMatch[], records: readonly WrittenRecord[]): readonly DiffLine[] {
  const fits = (expected: number, actual: number): boolean => {
    const match = list[expected];
    const record = records[actual];
    return match !== undefined && record !== undefined && matchesRecord(match, record);
  };
  const missing: RecordMatch[] = [];
  const extra: WrittenRecord[] = [];
  const lines: DiffLine[] = [];
  const flush = (): void => {
    lines.push(...gapLines(missing, extra));
    missing.length = 0;
    extra.length = 0;
  };
  for (const step of align(list.length, records.length, fits)) {
    const match = list[step.expected];
    const record = records[step.actual];
    if (step.type === 'missing' && match !== undefined) {
      missing.push(match);
    } else if (step.type === 'extra' && record !== undefined) {
      extra.push(record);
    } else if (record !== undefined) {
      flush();
      lines.push({ mark: ' ', text: shownRecord(record) });
    }
  }
  flush();
  return lines;
}

/** Missing and unexpected records of one place; a wide pair is compared inside. */
function gapLines(missing: readonly RecordMatch[], extra: readonly WrittenRecord[]): readonly DiffLine[] {
  const [match] = missing;
  const [record] = extra;
  if (missing.length === 1 && extra.length === 1 && match !== undefined && record !== undefined) {
    const value = match.value;
    const wide = shownExpected(match).length > WIDE || shownRecord(record).length > WIDE;
    if (wide && value !== null && (match.key === undefined || match.key === record.key)) {
      return [{ mark: ' ', text: `${keyText(record.key)} :` }, ...valueDiff(value, { typename: '', bytes: record.value })];
    }
  }
  return [
    ...missing.map((each): DiffLine => ({ mark: '-', text: shownExpected(each) })),
    ...extra.map((each): DiffLine => ({ mark: '+', text: shownRecord(each) })),
  ];
}

/** The records of each key in order, the keys as they first come. Every expected record has a key, or says that it has none. */
function perKey(list: readonly RecordMatch[], records: readonly WrittenRecord[]): readonly DiffLine[] {
  const keys = new Set<string | null>([...list.map(({ key }) => key ?? null), ...records.map(({ key }) => key)]);
  return [...keys].flatMap((key) =>
    inOrder(
      list.filter((match) => (match.key ?? null) === key),
      records.filter((record) => record.key === key),
    ),
  );
}

/** A largest pairing of expected and actual records (Kuhn's augmenting paths), since one record may fit several. */
function anyOrder(list: readonly RecordMatch[], records: readonly WrittenRecord[]): readonly DiffLine[] {
  const taken = new Map<number, number>();
  const place = (expected: number, tried: Set<number>): boolean => {
    const match = list[expected];
    return records.some((record, actual) => {
      if (match === undefined || tried.has(actual) || !matchesRecord(match, record)) {
        return false;
      }
      tried.add(actual);
      const holder = taken.get(actual);
      if (holder !== undefined && !place(holder, tried)) {
        return false;
      }
      taken.set(actual, expected);
      return true;
    });
  };
  const missing = list.filter((_, expected) => !place(expected, new Set()));
  const extra = records.filter((_, actual) => !taken.has(actual));
  const agreed = records.filter((_, actual) => taken.has(actual));
  return [...agreed.map((record): DiffLine => ({ mark: ' ', text: shownRecord(record) })), ...gapLines(missing, extra)];
}

/** The expected record, and beneath it the one there with its key, if there is only that. */
function missingDiff(match: RecordMatch, records: readonly WrittenRecord[]): readonly DiffLine[] {
  const sameKey = match.key === undefined ? [] : records.filter((record) => record.key === match.key);
  const [only] = sameKey;
  return gapLines([match], sameKey.length === 1 && only !== undefined ? [only] : []);
}

function shownRecord({ key, value }: WrittenRecord): string {
  return `${keyText(key)} : ${shownValue({ typename: '', bytes: value })}`;
}

function shownExpected({ key, value }: RecordMatch): string {
  return `${key === undefined ? '(any key)' : keyText(key)} : ${value === null ? '(any value)' : shownMatch(value)}`;
}

function keyText(key: string | null): string {
  return key === null ? '(no key)' : key === '' ? '""' : key;
}
