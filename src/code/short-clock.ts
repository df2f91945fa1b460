/** `Day 33 04:12:09`: a moment as short as it can stand beside a line; days count from the start of the run. */
const DAY = 24 * 60 * 60 * 1000;

export function shortClock(at: number, startAt: number): string {
  const elapsed = Math.floor(at - startAt);
  const inDay = elapsed - Math.floor(elapsed / DAY) * DAY;
  const parts = [Math.floor(inDay / 3_600_000), Math.floor(inDay / 60_000) % 60, Math.floor(inDay / 1000) % 60];
  return `Day ${Math.floor(elapsed / DAY) + 1} ${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}
