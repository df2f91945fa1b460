/** Two lists side by side: what agrees, what is missing (-), what is there unexpectedly (+). */

export interface DiffLine {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

export type Aligned = { readonly type: 'both' | 'missing' | 'extra'; readonly expected: number; readonly actual: number };

/** Longest lists that are aligned exactly; of longer ones only the ends that agree are. */
const MAX_TABLE = 400;

/** The longest common subsequence under `same`, as steps through both lists. */
export function align(expected: number, actual: number, same: (expected: number, actual: number) => boolean): readonly Aligned[] {
  const steps: Aligned[] = [];
  let start = 0;
  while (start < expected && start < actual && same(start, start)) {
    steps.push({ type: 'both', expected: start, actual: start });
    start += 1;
  }
  let end = 0;
  while (end < expected - start && end < actual - start && same(expected - 1 - end, actual - 1 - end)) {
    end += 1;
  }
  steps.push(...alignMiddle(start, expected - end, actual - end, same));
  for (let back = end; back > 0; back -= 1) {
    steps.push({ type: 'both', expected: expected - back, actual: actual - back });
  }
  return steps;
}

function alignMiddle(start: number, expectedEnd: number, actualEnd: number, same: (e: number, a: number) => boolean): readonly Aligned[] {
  const rows = expectedEnd - start;
  const columns = actualEnd - start;
  const exact = rows <= MAX_TABLE && columns <= MAX_TABLE;
  const width = columns + 1;
  const table = new Uint16Array(exact ? (rows + 1) * width : 0);
  for (let row = exact ? rows - 1 : -1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      table[row * width + column] = same(start + row, start + column)
        ? (table[(row + 1) * width + column + 1] ?? 0) + 1
        : Math.max(table[(row + 1) * width + column] ?? 0, table[row * width + column + 1] ?? 0);
    }
  }
  const steps: Aligned[] = [];
  let row = 0;
  let column = 0;
  while (row < rows || column < columns) {
    const at = { expected: start + row, actual: start + column };
    if (exact && row < rows && column < columns && same(at.expected, at.actual)) {
      steps.push({ type: 'both', ...at });
      row += 1;
      column += 1;
    } else if (
      row < rows &&
      (column >= columns || !exact || (table[(row + 1) * width + column] ?? 0) >= (table[row * width + column + 1] ?? 0))
    ) {
      steps.push({ type: 'missing', ...at });
      row += 1;
    } else {
      steps.push({ type: 'extra', ...at });
      column += 1;
    }
  }
  return steps;
}

export function diffOfLines(expected: readonly string[], actual: readonly string[]): readonly DiffLine[] {
  return align(expected.length, actual.length, (left, right) => expected[left] === actual[right]).map((step) =>
    step.type === 'extra'
      ? { mark: '+', text: actual[step.actual] ?? '' }
      : { mark: step.type === 'both' ? ' ' : '-', text: expected[step.expected] ?? '' },
  );
}

const MAX_LINES = 60;
const CONTEXT = 3;

/** Leaves out what agrees far from any difference, and what goes on without end. */
export function shorten(lines: readonly DiffLine[]): readonly DiffLine[] {
  const near = new Set<number>();
  lines.forEach(({ mark }, index) => {
    const reach = mark === ' ' ? -1 : CONTEXT;
    for (let at = index - reach; at <= index + reach; at += 1) {
      near.add(at);
    }
  });
  const kept: DiffLine[] = [];
  let left: DiffLine[] = [];
  const flush = (): void => {
    kept.push(...(left.length > 1 ? [{ mark: ' ' as const, text: `… ${left.length} more that agree` }] : left));
    left = [];
  };
  for (const [index, line] of lines.entries()) {
    if (near.has(index)) {
      flush();
      kept.push(line);
    } else {
      left.push(line);
    }
  }
  flush();
  return kept.length <= MAX_LINES ? kept : [...kept.slice(0, MAX_LINES), { mark: ' ', text: `… ${kept.length - MAX_LINES} more lines` }];
}
