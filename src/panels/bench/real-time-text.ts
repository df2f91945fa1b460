/** Real time that a call took: `0.4 ms`, `120 ms`, `2.1 s`. */
export function formatReal(millis: number): string {
  if (millis < 10) {
    return `${millis.toFixed(1)} ms`;
  }
  return millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`;
}
