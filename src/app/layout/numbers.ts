/** Thousands apart by a thin space. */
export function grouped(number: number): string {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}
