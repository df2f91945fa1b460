/** Numbers and times for people. */
import { DURATION_UNITS } from './duration-label.ts';

/** The two largest units, rounded to the smaller one: `2 d 3 h`, `1 min 5 s`, `1.25 s`, `40 ms`. */
export function formatSpan(millis: number): string {
  if (millis < 1000) {
    return `${millis} ms`;
  }
  const hundredths = Math.round(millis / 10);
  if (hundredths < 6000) {
    return `${hundredths / 100} s`;
  }
  const finest = DURATION_UNITS[unitOf(millis) + 1]?.[1] ?? 1000;
  let rest = Math.round(millis / finest) * finest;
  const first = unitOf(rest);
  return DURATION_UNITS.slice(first, first + 2)
    .flatMap(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? [] : [`${count} ${unit}`];
    })
    .join(' ');
}

function unitOf(millis: number): number {
  return DURATION_UNITS.findIndex(([, size]) => millis >= size);
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

export function plural(count: number, word: string, words = `${word}s`): string {
  return `${formatCount(count)} ${count === 1 ? word : words}`;
}
