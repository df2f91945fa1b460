/** Durations as labels, in the units that people count time in. */
export const DURATION_UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A duration in the largest unit that divides it: `30 d`, `90 min`, `250 ms`. */
export function durationLabel(millis: number): string {
  for (const [unit, size] of DURATION_UNITS) {
    if (millis >= size && millis % size === 0) {
      return `${millis / size} ${unit}`;
    }
  }
  return `${millis} ms`;
}
