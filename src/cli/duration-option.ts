/** An option whose value is virtual time, with its unit. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { parseDuration } from '../module-yaml/duration.ts';

/** Ms; null where the option is not given. */
export function readDuration(name: string, text: string | null): Result<number | null, string> {
  if (text === null) {
    return ok(null);
  }
  const read = parseDuration(text);
  if (!read.ok || !Number.isSafeInteger(read.value)) {
    return err(`--${name} takes a duration such as 90s, 15m or 31d, not ${JSON.stringify(text)}.`);
  }
  const number = text.trim();
  return /^\d+$/.test(number)
    ? err(`--${name} takes a number with its unit, such as ${number}s or ${number}ms, not ${JSON.stringify(text)}.`)
    : ok(read.value);
}
