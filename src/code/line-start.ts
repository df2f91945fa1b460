/** Offset of the first character of a one-based line; the end of the text where there is no such line. */
export function lineStart(text: string, line: number): number {
  let at = 0;
  for (let skipped = 1; skipped < line; skipped += 1) {
    const next = text.indexOf('\n', at);
    if (next === -1) {
      return text.length;
    }
    at = next + 1;
  }
  return at;
}
