/** A warning of the Studio in a few words. */
import { CHIP_LENGTH } from './chip-length.ts';

/** What is wrong, without what to do: that is in Problems and in the hover. */
export function shortWarning(message: string): string {
  const whole = /^.*?(?=[:,;]\s|\.(?:\s|$)|$)/.exec(message)?.[0] ?? message;
  // The line itself says of which object.
  const clause = whole.replace(/^context\./, '');
  if (clause.length <= CHIP_LENGTH) {
    return clause;
  }
  const cut = clause.slice(0, CHIP_LENGTH - 1);
  return `${cut.slice(0, cut.includes(' ') ? cut.lastIndexOf(' ') : undefined)}…`;
}
