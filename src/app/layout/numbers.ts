/** Thousands apart by a thin space. */
export function grouped(number: number): string {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** `1 message`, `2 messages`. */
export function groupedUnits(number: number, one: string): string {
  return `${grouped(number)} ${one}${number === 1 ? '' : 's'}`;
}
