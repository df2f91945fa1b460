/** Puts pieces of code into a compiled text without moving a line, and keeps the way back to the source's columns. */
import { decodeColumns, encodeColumns } from '../compile/column-map.ts';
import type { MappedColumn } from '../compile/column-map.ts';

export interface Insertion {
  /** Offset in the compiled text. */
  readonly at: number;
  /** Holds no line break. */
  readonly text: string;
  /** Ends something that was opened before: stands in front of what opens at the same place. */
  readonly closes: boolean;
}

export interface CodeText {
  readonly code: string;
  readonly mappings: string;
}

/** Of insertions at one place, those that close come first, else the order of the list holds. */
export function insertAll({ code, mappings }: CodeText, insertions: readonly Insertion[]): CodeText {
  const sorted = insertions.toSorted((a, b) => a.at - b.at || Number(b.closes) - Number(a.closes));
  const pieces: string[] = [];
  let from = 0;
  for (const { at, text } of sorted) {
    pieces.push(code.slice(from, at), text);
    from = at;
  }
  pieces.push(code.slice(from));
  return { code: pieces.join(''), mappings: shifted(code, mappings, sorted) };
}

function shifted(code: string, mappings: string, sorted: readonly Insertion[]): string {
  const columns = decodeColumns(mappings);
  const starts = lineStarts(code);
  const lines: (readonly MappedColumn[])[] = [];
  let next = 0;
  starts.forEach((start, line) => {
    const end = starts[line + 1] ?? Infinity;
    const first = next;
    while (next < sorted.length && (sorted[next]?.at ?? Infinity) < end) {
      next += 1;
    }
    const own = sorted.slice(first, next).map(({ at, text }) => ({ column: at - start, length: text.length }));
    lines.push(own.length === 0 ? (columns[line] ?? []) : shiftedLine(columns[line] ?? [], own));
  });
  return encodeColumns(lines);
}

function shiftedLine(
  columns: readonly MappedColumn[],
  insertions: readonly { readonly column: number; readonly length: number }[],
): readonly MappedColumn[] {
  const moved: MappedColumn[] = [];
  let index = 0;
  let shift = 0;
  let last: MappedColumn | null = null;
  for (const { column, length } of insertions) {
    for (let token = columns[index]; token !== undefined && token.generated < column; token = columns[index]) {
      moved.push({ generated: token.generated + shift, source: token.source });
      last = token;
      index += 1;
    }
    const token = columns[index];
    const source: number = token?.generated === column ? token.source : last === null ? column : last.source + (column - last.generated);
    moved.push({ generated: column + shift, source });
    shift += length;
    moved.push({ generated: column + shift, source });
  }
  for (const token of columns.slice(index)) {
    moved.push({ generated: token.generated + shift, source: token.source });
  }
  return moved;
}

/** Offsets at which lines begin, with the line terminators that the language has. */
export function lineStarts(code: string): readonly number[] {
  const starts = [0];
  for (const match of code.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) {
    starts.push(match.index + match[0].length);
  }
  return starts;
}

/** One-based line of an offset. */
export function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
