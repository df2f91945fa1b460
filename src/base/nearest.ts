/** Which known name was probably meant by one that is not known. */

/** The name that was probably meant: the same but for case, a plural s, or up to two letters. */
export function nearest(word: string, names: readonly string[]): string | null {
  const same = names.find((name) => name.toLowerCase() === word.toLowerCase());
  if (same !== undefined) {
    return same;
  }
  const close = names
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= (name.length <= 4 ? 1 : name.length <= 8 ? 2 : 3))
    .sort((a, b) => a.distance - b.distance);
  const part = names.find((name) => word.length >= 5 && name.toLowerCase().startsWith(word.toLowerCase()));
  return close[0]?.name ?? part ?? null;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
