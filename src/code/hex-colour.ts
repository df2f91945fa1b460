/** The long form of a CSS hex colour, without `#`: Monaco takes no short one, and a minified style sheet has them. */
export function hexColour(css: string): string {
  const digits = css.trim().replace('#', '');
  return digits.length > 4 ? digits : [...digits].map((digit) => digit + digit).join('');
}
