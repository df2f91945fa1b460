/** Numbers and times for people. */
const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** The two largest units: `2 d 3 h`, `1 min 5 s`, `1.25 s`, `40 ms`. */
export function formatSpan(millis: number): string {
  if (millis < 60_000) {
    return millis < 1000 ? `${millis} ms` : `${Math.floor(millis / 10) / 100} s`;
  }
  const first = UNITS.findIndex(([, size]) => millis >= size);
  let rest = millis;
  return UNITS.slice(first, first + 2)
    .flatMap(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? [] : [`${count} ${unit}`];
    })
    .join(' ');
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

export function plural(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
