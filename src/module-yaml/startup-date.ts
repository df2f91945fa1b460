/** Startup dates as the loader reads them: `yyyy-MM-dd HH:mm:ss.SSS Z`, nothing else (module-yaml.md §6). */

// More than four digits of the year take a sign.
const PATTERN = /^(\d{4}|\+\d{5,9})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})\.(\d{3}) ([+-])(\d{2})(\d{2})$/;
const DAY = 86_400_000;

/** Milliseconds since 1970-01-01 UTC, or null when the text does not fit the pattern. */
export function parseStartupDate(text: string): number | null {
  const match = PATTERN.exec(text);
  if (match === null) {
    return null;
  }
  const at = (index: number): number => Number(match[index]);
  const [year, month, day, hour, minute, second, milli] = [at(1), at(2), at(3), at(4), at(5), at(6), at(7)];
  const zone = at(9) * 60 + at(10);
  if (year === 0 || month < 1 || month > 12 || day < 1 || day > 31 || minute > 59 || second > 59 || at(10) > 59 || zone > 18 * 60) {
    return null;
  }
  if (hour > 23 && !(hour === 24 && minute === 0 && second === 0 && milli === 0)) {
    return null;
  }
  // Days 29 to 31 of a shorter month become its last day, silently.
  const days = daysSinceEpoch(year, month, Math.min(day, daysIn(year, month)));
  const local = days * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + milli;
  return local - (match[8] === '-' ? -zone : zone) * 60_000;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar; years are counted from March. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}
