/** Reads the `mappings` of a source map (v3) of one source, to find the source column of a generated one. Lines are equal by construction. */

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

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
  for (const character of segment) {
    const digit = digits.indexOf(character);
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
