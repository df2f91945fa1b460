/** The one replaced stretch between two texts: what is the same at both ends stays. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Null when the texts are equal. Never splits a CRLF or a surrogate pair. */
export function replacementBetween(before: string, after: string): Replacement | null {
  if (before === after) {
    return null;
  }
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) {
    start += 1;
  }
  while (start > 0 && (splits(before, start) || splits(after, start))) {
    start -= 1;
  }
  let end = 0;
  while (end < shorter - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) {
    end += 1;
  }
  while (end > 0 && (splits(before, before.length - end) || splits(after, after.length - end))) {
    end -= 1;
  }
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

function splits(text: string, at: number): boolean {
  const left = text.charCodeAt(at - 1);
  const right = text.charCodeAt(at);
  return (left === 0x0d && right === 0x0a) || (left >= 0xd800 && left < 0xdc00 && right >= 0xdc00 && right < 0xe000);
}
