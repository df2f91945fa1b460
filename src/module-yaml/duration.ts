/** Durations as Flink reads them: digits, optional blanks, one optional unit; no unit means milliseconds (module-yaml.md §6). */
import { err, ok, type Result } from '../base/result.ts';

const UNITS: readonly { readonly nanos: bigint; readonly labels: readonly string[] }[] = [
  { nanos: 86_400_000_000_000n, labels: ['d', 'day', 'days'] },
  { nanos: 3_600_000_000_000n, labels: ['h', 'hour', 'hours'] },
  { nanos: 60_000_000_000n, labels: ['min', 'm', 'minute', 'minutes'] },
  { nanos: 1_000_000_000n, labels: ['s', 'sec', 'secs', 'second', 'seconds'] },
  { nanos: 1_000_000n, labels: ['ms', 'milli', 'millis', 'millisecond', 'milliseconds'] },
  { nanos: 1000n, labels: ['µs', 'micro', 'micros', 'microsecond', 'microseconds'] },
  { nanos: 1n, labels: ['ns', 'nano', 'nanos', 'nanosecond', 'nanoseconds'] },
];
const NANOS_OF = new Map(UNITS.flatMap(({ nanos, labels }) => labels.map((label) => [label, nanos] as const)));
const LONG_MAX = 9_223_372_036_854_775_807n;
const SECOND = 1_000_000_000n;

/** Nanoseconds, or why the text is no duration, as the end of a sentence. */
export function parseNanos(text: string): Result<bigint, string> {
  const trimmed = javaTrim(text);
  const digits = /^[0-9]+/.exec(trimmed)?.[0];
  if (digits === undefined) {
    return err(trimmed === '' ? 'is empty' : 'does not start with a number');
  }
  const unit = javaTrim(trimmed.slice(digits.length)).toLowerCase();
  const size = unit === '' ? 1_000_000n : NANOS_OF.get(unit);
  if (size === undefined) {
    return err(`has '${unit}' where a unit belongs`);
  }
  const count = BigInt(digits);
  const nanos = count * size;
  // The number and its seconds are kept in 64 bits each.
  return count > LONG_MAX || nanos / SECOND > LONG_MAX ? err('is too large') : ok(nanos);
}

/** Milliseconds (fractions for µs and ns), or why the text is no duration, as the end of a sentence. */
export function parseDuration(text: string): Result<number, string> {
  const nanos = parseNanos(text);
  return nanos.ok ? ok(Number(nanos.value) / 1e6) : nanos;
}

/** Java trims what is not above the blank, and no other space. */
function javaTrim(text: string): string {
  return text.replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '');
}

/** The shortest text that {@link parseDuration} reads as this many milliseconds: `30 d`, `2 min`, `500 ms`. */
export function formatDuration(millis: number): string {
  if (millis === 0) {
    return '0 s';
  }
  for (const { nanos, labels } of UNITS) {
    const size = Number(nanos) / 1e6;
    // Below a millisecond the factors are not exact in binary: compare after rounding.
    const count = size < 1 ? Math.round(millis / size) : millis / size;
    if (count >= 1 && Number.isSafeInteger(count) && (size >= 1 || Math.abs(count * size - millis) < 1e-9)) {
      return `${count} ${labels[0] ?? 'ms'}`;
    }
  }
  return `${Math.max(0, Math.round(millis))} ms`;
}
