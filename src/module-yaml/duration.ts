/** Durations as Flink reads them: digits, optional blanks, one optional unit; no unit means milliseconds (module-yaml.md §6). */
import { err, ok, type Result } from '../base/result.ts';

const UNITS: readonly { readonly millis: number; readonly labels: readonly string[] }[] = [
  { millis: 86_400_000, labels: ['d', 'day', 'days'] },
  { millis: 3_600_000, labels: ['h', 'hour', 'hours'] },
  { millis: 60_000, labels: ['min', 'm', 'minute', 'minutes'] },
  { millis: 1000, labels: ['s', 'sec', 'secs', 'second', 'seconds'] },
  { millis: 1, labels: ['ms', 'milli', 'millis', 'millisecond', 'milliseconds'] },
  { millis: 1e-3, labels: ['µs', 'micro', 'micros', 'microsecond', 'microseconds'] },
  { millis: 1e-6, labels: ['ns', 'nano', 'nanos', 'nanosecond', 'nanoseconds'] },
];
const MILLIS_OF = new Map(UNITS.flatMap(({ millis, labels }) => labels.map((label) => [label, millis] as const)));
const LONG_MAX = 9_223_372_036_854_775_807n;

/** Milliseconds (fractions for µs and ns), or why the text is no duration, as the end of a sentence. */
export function parseDuration(text: string): Result<number, string> {
  const trimmed = text.trim();
  const digits = /^[0-9]+/.exec(trimmed)?.[0];
  if (digits === undefined) {
    return err(trimmed === '' ? 'is empty' : 'does not start with a number');
  }
  const unit = trimmed.slice(digits.length).trim().toLowerCase();
  const millis = unit === '' ? 1 : MILLIS_OF.get(unit);
  if (millis === undefined) {
    return err(`has '${unit}' where a unit belongs`);
  }
  return BigInt(digits) > LONG_MAX ? err('is too large') : ok(Number(digits) * millis);
}

/** The shortest text that {@link parseDuration} reads as this many milliseconds: `30 d`, `2 min`, `500 ms`. */
export function formatDuration(millis: number): string {
  if (millis === 0) {
    return '0 s';
  }
  for (const { millis: size, labels } of UNITS) {
    // Below a millisecond the factors are not exact in binary: compare after rounding.
    const count = size < 1 ? Math.round(millis / size) : millis / size;
    if (count >= 1 && Number.isSafeInteger(count) && (size >= 1 || Math.abs(count * size - millis) < 1e-9)) {
      return `${count} ${labels[0] ?? 'ms'}`;
    }
  }
  return `${Math.max(0, Math.round(millis))} ms`;
}
