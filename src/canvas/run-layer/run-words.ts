/** How counts, rates and fills of a run are written. */

/** Thousands apart by a thin space. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** Messages per virtual second, two figures where they say something. */
export function rateText(perSecond: number): string {
  return perSecond >= 10 ? `${countText(perSecond)}/s` : `${perSecond.toFixed(1)}/s`;
}

export type Heat = 0 | 1 | 2 | 3;

/** Over half, over four fifths, full. */
export function heatOf(fill: number): Heat {
  return fill >= 1 ? 3 : fill > 0.8 ? 2 : fill > 0.5 ? 1 : 0;
}
