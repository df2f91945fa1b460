/** Geometry of lines: where they begin and end, how far they are indented. Line ends are `\n`, `\r\n` or a lone `\r`. */

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
  const at = text.search(/[\r\n]/);
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

export function lineNumbers(text: string): (at: number) => number {
  const starts = [0];
  for (let index = 0; index < text.length; index += 1) {
    const width = breakLength(text, index);
    if (width > 0) {
      index += width - 1;
      starts.push(index + 1);
    }
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

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13;
}
