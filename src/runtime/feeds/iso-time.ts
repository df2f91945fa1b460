/** A moment as text without the Date class, which the runtime does not use. */
const DAY = 86_400_000;

/** @param ms Milliseconds since 1970-01-01 UTC. Gives e.g. `2026-01-01T00:00:00.250Z`, as Date's toISOString does. */
export function isoTime(ms: number): string {
  const days = Math.floor(ms / DAY);
  const rest = Math.floor(ms - days * DAY);
  const { year, month, day } = civilDate(days);
  const time = `${two(rest / 3_600_000)}:${two((rest / 60_000) % 60)}:${two((rest / 1000) % 60)}.${String(rest % 1000).padStart(3, '0')}`;
  return `${yearText(year)}-${two(month)}-${two(day)}T${time}Z`;
}

/** Counts from 1 March of year 0, so that a leap day is the last of its year. */
function civilDate(daysSince1970: number): { readonly year: number; readonly month: number; readonly day: number } {
  const days = daysSince1970 + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}

function yearText(year: number): string {
  if (year >= 0 && year <= 9999) {
    return String(year).padStart(4, '0');
  }
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
}
