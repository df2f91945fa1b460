/** Geometry of lines: where they begin and end, how far they are indented. Lines end as YAML 1.1 has it. */

export function lineStart(text: string, at: number): number {
  let index = at;
  while (index > 0 && !isBreak(text, index - 1)) {
    index -= 1;
  }
  // A byte order mark stands before the first line's first column.
  return index === 0 && text.charCodeAt(0) === 0xfeff ? Math.min(1, at) : index;
}

/** End of the line without its line break. */
export function lineEnd(text: string, at: number): number {
  let index = at;
  while (index < text.length && !isBreak(text, index)) {
    index += 1;
  }
  return index;
}

/** Start of the next line, or the end of the text. */
export function nextLine(text: string, at: number): number {
  const end = lineEnd(text, at);
  return end + breakLength(text, end);
}

export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

export function breakLength(text: string, at: number): number {
  return text.startsWith('\r\n', at) ? 2 : isBreak(text, at) ? 1 : 0;
}

/** Length of the line break that ends just before `at`. */
export function breakBefore(text: string, at: number): number {
  return at >= 2 && text.startsWith('\r\n', at - 2) ? 2 : at >= 1 && isBreak(text, at - 1) ? 1 : 0;
}

/** Whether only blanks stand between the line's start and `at`. */
export function isFirstOnLine(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === '';
}

/** The line break that this file uses. */
export function lineBreakOf(text: string): string {
  const at = text.search(/[\r\n\u0085\u2028\u2029]/);
  return at < 0 ? '\n' : text.slice(at, at + breakLength(text, at));
}

/** Start of the comment lines directly above the line of `at`, in the same column; the line's own start without any. */
export function leadingCommentStart(text: string, at: number): number {
  const column = columnOf(text, at);
  let start = lineStart(text, at);
  for (;;) {
    const width = breakBefore(text, start);
    if (width === 0) {
      return start;
    }
    const above = lineStart(text, start - width);
    const line = text.slice(above, start - width);
    if (!line.startsWith(`${' '.repeat(column)}#`)) {
      return start;
    }
    start = above;
  }
}

/** Numbers of lines as editors count them: from 1, by `\n`, `\r\n` and `\r`. */
export function lineNumbers(text: string): (at: number) => number {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|[\n\r]/g)) {
    starts.push(match.index + match[0].length);
  }
  return (at) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      [low, high] = (starts[middle] ?? 0) <= at ? [middle, high] : [low, middle];
    }
    return low + 1;
  };
}

/** To YAML 1.1 these end a line too. */
function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029;
}
