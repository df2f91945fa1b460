/** Reads `Day 3 04:12:09.250`, and shorter forms of it: `3 04:12`, `04:12:09`. */
const FORM = /^\s*(?:(?:day\s*)?(\d{1,7})\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*$/i;

/** Virtual milliseconds, or null where it is no time. */
export function parseClock(text: string, startAt: number): number | null {
  const parts = FORM.exec(text);
  if (parts === null) {
    return null;
  }
  const [, day = '1', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = parts;
  if (Number(day) < 1 || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    return null;
  }
  const inDay = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
  return startAt + (Number(day) - 1) * 24 * 60 * 60 * 1000 + inDay;
}
