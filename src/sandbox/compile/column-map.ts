/** Reads the `mappings` of a source map (v3) of one source, to find the source column of a generated one. Lines are equal by construction. */

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** By character code: a library has some hundred thousand segments. */
const valueOfDigit = Uint8Array.from({ length: 128 }, (_value, code) => Math.max(0, digits.indexOf(String.fromCharCode(code))));

/**
 * The column in the source that a column of the compiled text stands for; both one-based.
 * Between two mapped tokens the distance to the token before is kept; with nothing before, the column itself is given.
 */
export function sourceColumn(mappings: string, line: number, column: number): number {
  const segments = mappings.split(';')[line - 1];
  if (segments === undefined || segments === '') {
    return column;
  }
  let carried = 0;
  // The source column is relative to the last one of any earlier line.
  for (const earlier of mappings.split(';').slice(0, line - 1)) {
    for (const segment of earlier.split(',')) {
      carried += decodeSegment(segment)[3] ?? 0;
    }
  }
  let generated = 0;
  let found: { generated: number; source: number } | null = null;
  for (const segment of segments.split(',')) {
    const fields = decodeSegment(segment);
    generated += fields[0] ?? 0;
    carried += fields[3] ?? 0;
    if (generated > column - 1) {
      break;
    }
    found = { generated, source: carried };
  }
  return found === null ? column : found.source + (column - 1 - found.generated) + 1;
}

function decodeSegment(segment: string): number[] {
  const fields: number[] = [];
  let value = 0;
  let shift = 0;
  for (let at = 0; at < segment.length; at += 1) {
    const digit = valueOfDigit[segment.charCodeAt(at)] ?? 0;
    value |= (digit & 31) << shift;
    if ((digit & 32) !== 0) {
      shift += 5;
      continue;
    }
    fields.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return fields;
}

/** Where a token stands in the compiled text and in the source; both zero-based columns of one line. */
export interface MappedColumn {
  readonly generated: number;
  readonly source: number;
}

/** All tokens, by line. */
export function decodeColumns(mappings: string): readonly (readonly MappedColumn[])[] {
  let source = 0;
  return mappings.split(';').map((line) => {
    let generated = 0;
    if (line === '') {
      return [];
    }
    return line.split(',').map((segment) => {
      const fields = decodeSegment(segment);
      generated += fields[0] ?? 0;
      source += fields[3] ?? 0;
      return { generated, source };
    });
  });
}

/** The inverse of {@link decodeColumns}; lines map to the same lines. */
export function encodeColumns(lines: readonly (readonly MappedColumn[])[]): string {
  let source = 0;
  let sourceLine = 0;
  return lines
    .map((columns, line) => {
      let generated = 0;
      let text = '';
      for (const column of columns) {
        const moved = encodeNumber(column.generated - generated);
        text += `${text === '' ? '' : ','}${moved}A${encodeNumber(line - sourceLine)}${encodeNumber(column.source - source)}`;
        generated = column.generated;
        sourceLine = line;
        source = column.source;
      }
      return text;
    })
    .join(';');
}

function encodeNumber(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  if (rest < 32) {
    return digits[rest] ?? '';
  }
  let text = '';
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += digits[rest > 0 ? digit | 32 : digit] ?? '';
  } while (rest > 0);
  return text;
}
